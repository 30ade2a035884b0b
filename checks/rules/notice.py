"""The notice itself: where it contradicts the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from checks.case import RunCase
from checks.rule import RUN, Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.errors import UsageProblem
from pipeline.notices.layers import path_of
from pipeline.notices.yaml_file import read_words

NOTICE = "notice.txt"
WEEKDAY = "weekday"
NAMED_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*[（(]\s*星期([一二三四五六日天])\s*[）)]")
DAYS = "一二三四五六日"


@rule("N101", scope=RUN)
def weekdays_of_the_notice(case: RunCase) -> Iterator[Ruling]:
    """A date that the notice gives with its weekday falls on that weekday; where not, the date governs."""
    notice = path_of(case.profile.folder, NOTICE)
    try:
        text = read_words(notice) if notice.is_file() else ""
    except UsageProblem as problem:
        yield undecided("N101", WEEKDAY, str(problem))
        return
    named = list(dict.fromkeys(NAMED_DAY.findall(text)))
    if not named:
        yield not_applicable("N101", WEEKDAY, "通知里没有带星期的日期")
    for month, day, said in named:
        yield _weekday(case.profile.year, int(month), int(day), said)


def _weekday(year: int, month: int, day: int, said: str) -> Ruling:
    subject = f"{month}月{day}日"
    try:
        true = DAYS[date(year, month, day).weekday()]
    except ValueError:
        return undecided("N101", subject, f"通知所写的{subject}在{year}年不存在，请核对")
    if true == said.replace("天", "日"):
        return passed("N101", subject)
    return failed("N101", subject, found=f"星期{said}", expected=f"星期{true}")
