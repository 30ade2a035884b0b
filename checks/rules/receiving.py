"""What the clerk's log says: when the paper came, and how many copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.case import Case
from checks.deadlines import is_late
from checks.rows import receipts_for
from checks.rule import Ruling, failed, not_applicable, passed, rule
from pipeline.model.recommendation import Receipt
from pipeline.notices.profile import Hop, Profile

NO_LOG = "没有收件登记，或登记中没有本单位"
NO_DEADLINE = "通知没有规定这一环节的截止时间"
NO_COPIES = "通知没有规定这一环节的份数"


@rule("R106")
def received_in_time(case: Case) -> Iterator[Ruling]:
    """Each line of the log is held against the deadline of its hop, which may itself be in time or not."""
    lines = [line for line in _receipts(case) if line.received_at is not None]
    if not lines:
        yield not_applicable("R106", "deadline.paper", NO_LOG)
    for line in lines:
        hop = case.profile.hop(line.stage)
        subject, found = _subject("deadline.paper", hop, case.profile), f"{line.received_at:%Y-%m-%d %H:%M:%S}"
        if hop.deadline is None:
            yield not_applicable("R106", subject, NO_DEADLINE)
        elif line.received_at is not None and is_late(line.received_at, hop.deadline, hop.inclusive):
            yield failed("R106", subject, found=found, expected=f"{hop.deadline:%Y-%m-%d %H:%M:%S}")
        else:
            yield passed("R106", subject, found=found)


@rule("P151")
def copies_are_enough(case: Case) -> Iterator[Ruling]:
    """The log counts as many copies as its hop asks for."""
    lines = [line for line in _receipts(case) if line.copies is not None]
    if not lines:
        yield not_applicable("P151", "copies", NO_LOG)
    for line in lines:
        hop = case.profile.hop(line.stage)
        subject = _subject("copies", hop, case.profile)
        if hop.copies is None:
            yield not_applicable("P151", subject, NO_COPIES)
        elif line.copies is not None and line.copies < hop.copies:
            yield failed("P151", subject, found=str(line.copies), expected=str(hop.copies))
        else:
            yield passed("P151", subject, found=str(line.copies))


def _receipts(case: Case) -> Sequence[Receipt]:
    witnesses = [each for each in (case.paper, case.online, case.editable) if each is not None]
    names = [each.text("applicant") for each in witnesses]
    return receipts_for(
        names, [each.text("product") for each in witnesses], case.delivery.receipts if case.delivery else ()
    )


def _subject(what: str, hop: Hop, profile: Profile) -> str:
    """What is judged; of another hop than the office's own with its name."""
    return what if hop == profile.own_hop else f"{what}@{hop.name}"
