"""The notice itself: where it contradicts the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from checks.case import RunCase
from checks.rule import RUN, Ruling, failed, not_applicable, passed, rule
from pipeline.notices.layers import path_of

NOTICE = "notice.txt"
NAMED_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*[（(]\s*星期([一二三四五六日天])\s*[）)]")
DAYS = "一二三四五六日"


@rule("N101", scope=RUN)
def weekdays_of_the_notice(case: RunCase) -> Iterator[Ruling]:
    """A date that the notice gives with its weekday falls on that weekday; where not, the date governs."""
    notice = path_of(case.profile.folder, NOTICE)
    text = notice.read_text(encoding="utf-8") if notice.is_file() else ""
    named = list(dict.fromkeys(NAMED_DAY.findall(text)))
    if not named:
        yield not_applicable("N101", "weekday", "通知里没有带星期的日期")
    for month, day, said in named:
        true = DAYS[date(case.profile.year, int(month), int(day)).weekday()]
        subject = f"{month}月{day}日"
        if true == said.replace("天", "日"):
            yield passed("N101", subject)
        else:
            yield failed("N101", subject, found=f"星期{said}", expected=f"星期{true}")
