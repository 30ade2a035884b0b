"""The dates of cover and commitment: filled in, and such that they can be true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from checks.boxes import not_found
from checks.case import Case
from checks.certainty import whole
from checks.rows import receipts_for
from checks.rule import Ruling, failed, passed, rule, undecided
from pipeline.model.document import Section
from pipeline.model.evidence import Reading
from pipeline.values import parse_date

DATES = {"filing_date": Section.COVER, "commitment_date": Section.COMMITMENT}
NUMBER = r"[\d〇零○OoＯ一二三四五六七八九十廿卅]+"
THREE_NUMBERS = re.compile(rf"{NUMBER}\s*[年./-]\s*{NUMBER}\s*[月./-]\s*{NUMBER}")
"""Year, month and day all written, whether or not such a day exists; O is how readers see the 〇 of 二〇二一年."""


DIGITS_ONLY = re.compile(r"\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}")
"""A date in figures throughout: where it is no day, it is the writer's mistake, not the reader's."""


@rule("F141", "F144")
def dates_are_filled_and_true(case: Case) -> Iterator[Ruling]:
    """The dates are filled with days that exist, within the call and no later than the papers came."""
    for key, section in DATES.items():
        reading = case.read(key)
        if reading is None:
            yield not_found(case, "F141", key, section, field=None)
        elif parse_date(reading.text) is None and not THREE_NUMBERS.search(reading.raw):
            grounds = (whole(reading),) if reading.chars else ()
            yield failed("F141", key, found=reading.raw, places=reading.places, grounds=grounds, recheck=(reading,))
        else:
            yield passed("F141", key, places=reading.places)
            yield _true(case, key, reading)


def _true(case: Case, key: str, reading: Reading) -> Ruling:
    day = parse_date(reading.text)
    if day is None and not DIGITS_ONLY.search(reading.raw):
        message = f"日期“{reading.raw}”未能识别"
        return undecided("F144", key, message, places=reading.places, grounds=(whole(reading),), doubt=True)
    why = _why_untrue(case, day)
    if why is None:
        return passed("F144", key, places=reading.places)
    return failed("F144", key, found=reading.raw, places=reading.places, detail=why, grounds=(whole(reading),))


def _why_untrue(case: Case, day: date | None) -> str | None:
    if day is None:
        return "没有这一天"
    if day < case.profile.deadlines.earliest_date:
        return "早于本次申报开始"
    received = _received(case)
    if received is not None and day > received:
        return f"晚于收件日期{received:%Y-%m-%d}"
    return None


def _received(case: Case) -> date | None:
    """The last day on which the log says that the papers came."""
    witnesses = [each for each in (case.paper, case.online, case.editable) if each is not None]
    lines = receipts_for(
        [each.text("applicant") for each in witnesses],
        [each.text("product") for each in witnesses],
        case.delivery.receipts if case.delivery else (),
    )
    return max((line.received_at.date() for line in lines if line.received_at is not None), default=None)
