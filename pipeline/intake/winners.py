"""Units that have won before: a table of 单位名称 and 揭榜产品名称, or a text of a line each."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.errors import UnreadableInput, UsageProblem
from pipeline.intake.headed import alias_index, find_head, headed_rows
from pipeline.intake.spreadsheet import decoded, read_sheets
from pipeline.model.record import Record

COLUMNS = {
    "unit": ("单位名称", "揭榜单位", "揭榜单位名称", "申报单位", "企业名称", "单位", "申报主体"),
    "product": ("揭榜产品名称", "产品名称", "揭榜产品", "项目名称", "产品"),
}
_INDEX = alias_index(COLUMNS)


class Winner(Record):
    """A unit that has won, and with what; `product` is "" where the list does not say."""

    unit: str
    product: str = ""


def read_winners(path: Path) -> tuple[Winner, ...]:
    """The winners of a list in .xlsx, .xls, .csv or .txt.

    Raises:
        UsageProblem: It can't be read, or has no column 单位名称.
    """
    try:
        return _plain_list(path) if path.suffix.lower() == ".txt" else _table(path)
    except (UnreadableInput, OSError) as error:
        raise UsageProblem(f"往届揭榜单位名单无法读取：{path.name}（{error}）") from error


def _table(path: Path) -> tuple[Winner, ...]:
    winners: list[Winner] = []
    headed = False
    for sheet in read_sheets(path):
        head = find_head(sheet.rows, _INDEX, least=1)
        if head is None or "unit" not in head.columns:
            continue
        headed = True
        rows = headed_rows(sheet.rows, head, path.name, sheet.name)
        winners += [Winner(unit=row.get("unit"), product=row.get("product")) for row in rows if row.get("unit")]
    if not headed:
        raise UsageProblem(f"往届揭榜单位名单里没有“单位名称”列：{path.name}")
    return tuple(winners)


def _plain_list(path: Path) -> tuple[Winner, ...]:
    """A line a winner: the unit, and the product behind a tab, a comma or two blanks."""
    lines = (line.strip() for line in decoded(path.read_bytes()).splitlines())
    parts = [re.split(r"\t|[,，;；]|\s{2,}", line, maxsplit=1) for line in lines if line and not line.startswith("#")]
    records = [Winner(unit=part[0].strip(), product=part[1].strip() if len(part) > 1 else "") for part in parts]
    return tuple(record for record in records if record.unit not in COLUMNS["unit"])
