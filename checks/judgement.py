"""What judging comes to: verdicts, findings, conclusion; and how what others say of a package is added to it.

No rule stands in here or is found from here: what is written of a judgement does not change with the rules.
"""

from __future__ import annotations

from collections.abc import Iterable

from checks.catalogue import Catalogue
from checks.disputes import Dispute
from checks.silence import silence
from pipeline.model.finding import Conclusion, Fault, Finding, Outcome, Severity, Verdict
from pipeline.model.record import Record

DOUBT = "Q102"
STOP, WITHHELD = "Z101", "withheld"
"""The code that stops a package, and the subject of all that is not judged then."""
STOPPED = "疑有密级标志，已停止处理，未作核验"
_SEVERER = [Conclusion.CLEAN, Conclusion.LOOK, Conclusion.CORRECT, Conclusion.FAILED]


class Addition(Record):
    """What a delivery's or the run's rules say about one package."""

    package: str
    verdicts: tuple[Verdict, ...] = ()
    findings: tuple[Finding, ...] = ()


class Judgement(Record):
    """All that the rules say about a case. `conclusion` is a package's; `additions` come of delivery and run rules."""

    verdicts: tuple[Verdict, ...] = ()
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()
    conclusion: Conclusion = Conclusion.CLEAN
    disputes: tuple[Dispute, ...] = ()
    additions: tuple[Addition, ...] = ()


def add(judgement: Judgement, additions: Iterable[Addition], catalogue: Catalogue) -> Judgement:
    """A package's judgement with what its delivery and the run say about it; silence and conclusion made anew."""
    extra = tuple(additions)
    verdicts = silence(
        judgement.verdicts + tuple(verdict for each in extra for verdict in each.verdicts), titles_of(catalogue)
    )
    standing = {verdict.id for verdict in verdicts if verdict.outcome is Outcome.FAILED}
    candidates = judgement.findings + tuple(finding for each in extra for finding in each.findings)
    findings = once_each(finding for finding in candidates if finding.code == DOUBT or finding.id in standing)
    conclusion = max(conclude(verdicts, findings, bool(judgement.faults)), judgement.conclusion, key=_SEVERER.index)
    return judgement.model_copy(update={"verdicts": verdicts, "findings": findings, "conclusion": conclusion})


def of_stopped(additions: Iterable[Addition]) -> tuple[Addition, ...]:
    """What others say of a package that a secrecy mark stopped: nothing of it is known, so all of it is undecided."""
    unsettled = {"outcome": Outcome.UNDECIDED, "message": STOPPED, "expected": None, "found": None, "places": ()}
    return tuple(
        Addition(
            package=each.package, verdicts=tuple(verdict.model_copy(update=unsettled) for verdict in each.verdicts)
        )
        for each in additions
    )


def conclude(verdicts: Iterable[Verdict], findings: Iterable[Finding], unread: bool) -> Conclusion:
    """A package's verdict: an error asks for correction; a warning, doubt or something unread for a look."""
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return Conclusion.CORRECT
    if unread or Severity.WARNING in severities or any(each.outcome is Outcome.UNDECIDED for each in verdicts):
        return Conclusion.LOOK
    return Conclusion.CLEAN


def once_each(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without a second one of the same id: the first of them stays."""
    return tuple({finding.id: finding for finding in reversed(list(findings))}.values())[::-1]


def titles_of(catalogue: Catalogue) -> dict[str, str]:
    """The codes' titles."""
    return {code: entry.title for code, entry in catalogue.codes.items()}
