"""`heyan selfcheck`: an applicant's document looked over before it is printed and stamped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from flows.cli.exits import DONE, FOUND
from flows.steps.selfcheck import Remark, SelfCheck, self_check
from pipeline.model.evidence import Cell
from pipeline.model.finding import Severity
from pipeline.notices.profile import load_profile
from pipeline.reports.wording import SEVERITIES

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
OPEN = "待定"


def check_document(path: Path, online: Path | None, profile: str) -> int:
    """Print what is to be mended, with where it stands; exit status 0 with nothing found, else FOUND.

    Raises:
        UsageProblem: Document or filings can't be used.
    """
    found = self_check(path, online, load_profile(profile))
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"自查：{escape(found.applicant or path.name)}《{escape(found.product)}》")
    console.print(_compared(found, online))
    for number, remark in enumerate(found.remarks, start=1):
        _tell(console, number, remark)
    console.print(_summary(found.remarks))
    console.print("印章、签字、骑缝章、证明材料和纸质份数不在自查之列，请打印后对照通知逐项检查。")
    return FOUND if found.remarks else DONE


def _compared(found: SelfCheck, online: Path | None) -> str:
    if online is None:
        return "没有给出网上申报数据，只检查申报书本身（用 --online 可与网上数据对照）。"
    if found.filing is None:
        return "网上申报数据里没有找到这一项，未能对照。"
    return f"已与网上申报 {escape(found.filing)} 对照。"


def _tell(console: Console, number: int, remark: Remark) -> None:
    word = SEVERITIES[remark.severity.value] if remark.severity else OPEN
    colour = COLOURS[remark.severity] if remark.severity else "magenta"
    console.print(f"{number}. [{colour}]{word}[/{colour}]　{escape(remark.message)}（{remark.code}）")
    for name, cells in (("申报书", remark.document), ("网上数据", remark.filing)):
        if cells:
            console.print(f"　　{name}：{escape(_where(cells))}")


def _where(cells: Sequence[Cell]) -> str:
    """The first place, and that there are more; a document's table and paragraph, a filing's sheet and cell."""
    first = cells[0]
    return f"{first.sheet} {first.cell}" + ("起" if len(cells) > 1 else "")


def _summary(remarks: Sequence[Remark]) -> str:
    if not remarks:
        return "没有发现需要修改的地方。"
    counts = [(SEVERITIES[each.value], sum(remark.severity is each for remark in remarks)) for each in Severity]
    counts.append((OPEN, sum(remark.severity is None for remark in remarks)))
    return "共 " + "，".join(f"{word} {count}" for word, count in counts if count) + "。"
