"""What the clerk's log says: when the paper came, and how many copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from checks.case import Case
from checks.rows import receipts_for
from checks.rule import Ruling, failed, not_applicable, passed, rule
from pipeline.model.recommendation import Receipt
from pipeline.notices.profile import Profile

CITY = "市州"
NO_LOG = "没有收件登记，或登记中没有本单位"


@rule("R106")
def received_in_time(case: Case) -> Iterator[Ruling]:
    """Each line of the log is held against the deadline of its stage; the bounds are inclusive."""
    lines = [line for line in _receipts(case) if line.received_at is not None]
    if not lines:
        yield not_applicable("R106", "deadline.paper", NO_LOG)
    for line in lines:
        limit, moment = _deadline(line, case.profile), line.received_at
        subject = f"deadline.paper@{line.stage}" if line.stage == CITY else "deadline.paper"
        found = f"{moment:%Y-%m-%d %H:%M:%S}"
        if moment is not None and moment.replace(tzinfo=None) > limit:
            yield failed("R106", subject, found=found, expected=f"{limit:%Y-%m-%d %H:%M:%S}")
        else:
            yield passed("R106", subject, found=found)


@rule("P151")
def copies_are_enough(case: Case) -> Iterator[Ruling]:
    """The log counts as many copies as the stage asks for."""
    lines = [line for line in _receipts(case) if line.copies is not None]
    if not lines:
        yield not_applicable("P151", "copies", NO_LOG)
    for line in lines:
        wanted = case.profile.copies["city" if line.stage == CITY else "province"]
        subject = f"copies@{line.stage}" if line.stage == CITY else "copies"
        if line.copies is not None and line.copies < wanted:
            yield failed("P151", subject, found=str(line.copies), expected=str(wanted))
        else:
            yield passed("P151", subject, found=str(line.copies))


def _receipts(case: Case) -> Sequence[Receipt]:
    witnesses = [each for each in (case.paper, case.online, case.editable) if each is not None]
    names = [each.text("applicant") for each in witnesses]
    return receipts_for(
        names, [each.text("product") for each in witnesses], case.delivery.receipts if case.delivery else ()
    )


def _deadline(line: Receipt, profile: Profile) -> datetime:
    return profile.deadlines.city if line.stage == CITY else profile.deadlines.province
