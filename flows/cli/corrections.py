"""`heyan corrections export`: what people corrected, made into accuracy cases."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from flows.steps.away import local_place, shown_place
from flows.steps.exporting import export_corrections
from flows.steps.inputs import WORKSPACE
from flows.steps.occupancy import alone, room
from pipeline.errors import UsageProblem

NOT_WHOLE = "导出未完成；处理后请另选一个空文件夹再导出"


def export(told: str, corrections: Path, target: Path, inbox: Path | None) -> int:
    """Write the cases and say how many, and why some were left out; exit status 0.

    Raises:
        UsageProblem: The call or its inputs are unusable.
    """
    out = local_place(told)
    if not (out / WORKSPACE).is_dir():
        raise UsageProblem(f"不是 heyan run 的输出文件夹：{shown_place(told)}")
    if not corrections.is_file():
        raise UsageProblem(f"更正表不存在：{corrections}")
    with alone(out), room(target, NOT_WHOLE):
        exported = export_corrections(out, corrections, target, inbox)
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"已导出 {exported.cases} 条到 {escape(str(target))}（只有栏目截图和值，不含包名、文件名和核对人）。")
    for reason, count in exported.left_out:
        console.print(f"未导出 {count} 条：{reason}。")
    console.print("截图和值仍是申报内容，请只在本单位内使用，不要外传。")
    return 0
