"""What is told of a run to people elsewhere: counts and names of packages, never a value that was read or filed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from flows.steps.closing import LastRun
from pipeline.errors import HeyanProblem
from pipeline.model.finding import Severity
from pipeline.model.run import RunRecord
from pipeline.reports.products import WORKBOOK
from pipeline.reports.wording import CONCLUSIONS, SEVERITIES

NAMED = 5
"""Packages named in one message: a chat shows some ten lines at a glance."""
WRITTEN = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
CODE_LIKE = re.compile(rf"[{WRITTEN}][{WRITTEN} －\-]{{4,}}[{WRITTEN}]")
MOST_DIGITS = 5
"""A run of letters and digits with more digits than these may be a mobile or a code; a year in a name may stay."""
HIDDEN = "＊＊＊"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A message: its title and its body."""

    title: str
    body: str


def announce_end(record: RunRecord, last: LastRun, out: Path | str, link: str) -> Announcement:
    """What came out of a finished run."""
    concluded = Counter(last.conclusions)
    severities = Counter(finding.severity for finding in last.findings)
    lines = [
        f"{record.packages} 个申报包，{record.pages} 页，用时 {duration(record.seconds)}。",
        "结论：" + "，".join(f"{word} {concluded[name]}" for name, word in CONCLUSIONS.items()) + "。",
        "问题：" + "，".join(f"{word} {severities[name]}" for name, word in SEVERITIES.items()) + "。",
        *_worst(last),
        *([f"程序未能完成的事项 {len(record.faults)} 条，见“运行记录”。"] if record.faults else []),
        f"结果：{link or f'{out}/{WORKBOOK}'}",
    ]
    title = "核验完成" if not record.failed else f"核验完成，{record.failed} 个包未能处理"
    return Announcement(title, "\n".join(lines))


def announce_failure(out: Path | str, reason: str, link: str) -> Announcement:
    """That a run did not finish."""
    lines = (f"原因：{without_codes(reason)}", f"输出文件夹：{link or out}", "再次运行会接着做。")
    return Announcement("核验没有完成", "\n".join(lines))


def reason_of(problem: BaseException) -> str:
    """Why a run broke: the program's own sentence; of other exceptions the name alone, their text may quote paper."""
    return str(problem) if isinstance(problem, HeyanProblem) else f"程序出错（{type(problem).__name__}）"


def without_codes(text: str) -> str:
    """The text with whatever may be a mobile, a credit code or another number of a person hidden."""

    def hide(found: re.Match[str]) -> str:
        return HIDDEN if sum(letter.isdigit() for letter in found[0]) > MOST_DIGITS else found[0]

    return CODE_LIKE.sub(hide, text)


def _worst(last: LastRun) -> list[str]:
    """The packages with most errors, most first."""
    errors = Counter(finding.package for finding in last.findings if finding.severity == Severity.ERROR)
    ranked = sorted((name for name in last.packages if errors[name]), key=lambda name: (-errors[name], name))
    if not ranked:
        return []
    more = f"（另有 {len(ranked) - NAMED} 个包有错误）" if len(ranked) > NAMED else ""
    return [f"错误最多的包{more}：", *(f"　{without_codes(name)}　错误 {errors[name]}" for name in ranked[:NAMED])]


def duration(seconds: float) -> str:
    """Seconds in words, to the second below an hour."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if hours else (f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒")
