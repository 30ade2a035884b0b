"""The engine: runs the rules of a case's scope, settles doubt and silence, and sums up.

Doubt is settled here and nowhere else: a failure that rests on characters read once from pixels is a dispute (look
again, judge again); one that rests on characters the second look did not confirm becomes undecided, with Q102.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checks.case import Case, DeliveryCase, RunCase
from checks.catalogue import Catalogue, load_catalogue
from checks.certainty import SECOND_LOOK, Certainty, of_grounds
from checks.disputes import Dispute, readings_of
from checks.identity import verdict_id
from checks.judgement import DOUBT, STOP, STOPPED, WITHHELD, Addition, Judgement, conclude, once_each, titles_of
from checks.medium import without_asking
from checks.rule import DELIVERY, PACKAGE, RUN, Recheck, Rule, Ruling, Scope, rules_of
from checks.silence import silence
from pipeline.model.evidence import Reading, Source
from pipeline.model.finding import Conclusion, Fault, Finding, Outcome, Verdict

STAGE = "规则"
CONFIDENTIAL = frozenset({"indicators"})
"""Fields whose values no message spells out (notice, annex 2: 指标不对外公开)."""
OF_LEVELS = frozenset({"I102", "I103", "I105", "F146"})
"""Codes of no field that hold such values against each other."""

Made = Ruling | Verdict | Recheck
AnyCase = Case | DeliveryCase | RunCase


@dataclass(frozen=True, slots=True)
class Settled:
    """A ruling after doubt was settled."""

    ruling: Ruling
    doubtful: bool
    disputed: tuple[tuple[Reading, tuple[tuple[int, int], ...]], ...] = ()


def judge(case: AnyCase, rules: Sequence[Rule] | None = None) -> Judgement:
    """Run the rules of the case's scope on it; a rule that breaks becomes a fault, the others run on."""
    catalogue = _catalogue_of(case)
    rules = rules_of(scope_of(case)) if rules is None else rules
    made, faults = _run_stopped(case, rules) if _is_stopped(case) else _run(case, rules)
    settled = tuple(_settle(_as_ruling(each)) for each in made if not isinstance(each, Recheck))
    rechecks = tuple(reading for each in made if isinstance(each, Recheck) for reading in each.readings)
    verdicts, findings = _sum_up(case.identity, [each for each in settled if each.ruling.own], catalogue)
    return Judgement(
        verdicts=verdicts,
        findings=findings,
        faults=faults,
        conclusion=_conclude(case, verdicts, findings, faults),
        disputes=_disputes(case, settled, rechecks),
        additions=_additions(settled, catalogue),
    )


def scope_of(case: AnyCase) -> Scope:
    """The scope whose rules look at a case."""
    return {Case: PACKAGE, DeliveryCase: DELIVERY, RunCase: RUN}[type(case)]


def _conclude(
    case: AnyCase, verdicts: Sequence[Verdict], findings: Sequence[Finding], faults: Sequence[Fault]
) -> Conclusion:
    unread = isinstance(case, Case) and bool(case.package.faults or case.unread_pages)
    return conclude(verdicts, findings, unread or bool(faults))


def _run(case: AnyCase, rules: Sequence[Rule]) -> tuple[tuple[Made, ...], tuple[Fault, ...]]:
    rulings: list[Made] = []
    faults: list[Fault] = []
    for each in rules:
        try:
            rulings.extend(each.check(case))
        except Exception as problem:  # one broken rule must not cost the others: it becomes a fault
            subject = "、".join(each.codes)
            message = f"规则{subject}未能执行（{type(problem).__name__}），相关内容请人工核对"
            faults.append(Fault(stage=STAGE, subject=subject, message=message))
    return tuple(rulings), tuple(faults)


def _catalogue_of(case: AnyCase) -> Catalogue:
    catalogue = load_catalogue(case.profile.folder)
    return catalogue.of_documents() if isinstance(case, Case) and case.paperless else catalogue


def _is_stopped(case: AnyCase) -> bool:
    """Whether a secrecy mark stopped the package or delivery."""
    return isinstance(case, Case | DeliveryCase) and bool(case.withheld)


def _run_stopped(case: AnyCase, rules: Sequence[Rule]) -> tuple[tuple[Made, ...], tuple[Fault, ...]]:
    """Of a package that a secrecy mark stopped, this mark alone is judged; every other code is undecided."""
    made, faults = _run(case, [each for each in rules if STOP in each.codes])
    codes = sorted({code for each in rules for code in each.codes} - {STOP})
    return (*made, *(Ruling(code, WITHHELD, Outcome.UNDECIDED, message=STOPPED) for code in codes)), faults


def _as_ruling(made: Ruling | Verdict) -> Ruling:
    if isinstance(made, Ruling):
        return made
    return Ruling(
        made.code, made.subject, made.outcome, made.field, made.message,
        expected=made.expected, found=made.found, places=made.places,
    )  # fmt: skip


def _settle(ruling: Ruling) -> Settled:
    """Let a failure stand only on characters surely read."""
    again = tuple((reading, ()) for reading in ruling.recheck if _can_look_again(reading))
    if ruling.outcome is Outcome.UNDECIDED:
        unseen = _unseen(ruling)
        return Settled(ruling, doubtful=ruling.doubt, disputed=again + unseen)
    if ruling.outcome is not Outcome.FAILED:
        return Settled(ruling, doubtful=False, disputed=_unseen(ruling))
    level = of_grounds(ruling.grounds)
    if level is Certainty.SURE:
        return Settled(ruling, doubtful=False, disputed=again)
    disputed = _unseen(ruling) if level is Certainty.UNSEEN else ()
    return Settled(replace(ruling, outcome=Outcome.UNDECIDED), doubtful=True, disputed=disputed + again)


def _can_look_again(reading: Reading) -> bool:
    return reading.source is Source.PAPER and reading.looks < SECOND_LOOK and bool(reading.places)


def _unseen(ruling: Ruling) -> tuple[tuple[Reading, tuple[tuple[int, int], ...]], ...]:
    """The readings of a ruling's grounds that were looked at only once, with the characters in question."""
    spans = [span for ground in ruling.grounds for span in ground.spans]
    readings: dict[int, Reading] = {
        id(span.reading): span.reading
        for span in spans
        if span.reading.from_pixels and span.reading.looks < SECOND_LOOK
    }
    return tuple(
        (reading, tuple((span.start, span.end) for span in spans if span.reading is reading))
        for reading in readings.values()
    )


def _sum_up(
    identity: str, settled: Sequence[Settled], catalogue: Catalogue
) -> tuple[tuple[Verdict, ...], tuple[Finding, ...]]:
    """Verdicts after silence, and the findings of those that stand."""
    made = _unique([(_verdict(identity, each, catalogue), each) for each in settled])
    verdicts = silence([verdict for verdict, _ in made], titles_of(catalogue))
    findings: list[Finding] = []
    for verdict, (_, each) in zip(verdicts, made, strict=True):
        if verdict.outcome is Outcome.FAILED:
            findings.append(_finding(verdict, each.ruling, catalogue))
        elif verdict.outcome is Outcome.UNDECIDED and each.doubtful:
            findings.append(_doubt(identity, verdict, each.ruling, catalogue))
    return verdicts, once_each(findings)


def _unique(made: Sequence[tuple[Verdict, Settled]]) -> list[tuple[Verdict, Settled]]:
    """One verdict an id, the worst: the same thing said twice is said once."""
    order = list(Outcome)
    best: dict[str, tuple[Verdict, Settled]] = {}
    for verdict, settled in made:
        known = best.get(verdict.id)
        if known is None or order.index(verdict.outcome) < order.index(known[0].outcome):
            best[verdict.id] = (verdict, settled)
    return list(best.values())


def _verdict(identity: str, settled: Settled, catalogue: Catalogue) -> Verdict:
    ruling = settled.ruling
    words = _words_of_doubt(ruling, catalogue) if settled.doubtful else _message(ruling, catalogue)
    return Verdict(
        id=verdict_id(identity, ruling.code, ruling.field, ruling.subject),
        code=ruling.code,
        subject=ruling.subject,
        field=ruling.field,
        outcome=ruling.outcome,
        message=words,
        expected=ruling.expected,
        found=ruling.found,
        places=ruling.places,
    )


def _message(ruling: Ruling, catalogue: Catalogue) -> str:
    if ruling.message:
        return ruling.message
    if ruling.outcome is Outcome.PASSED:
        return ruling.detail or "通过"
    return catalogue.message(
        ruling.code,
        field=catalogue.name(ruling.field or ruling.subject),
        subject=catalogue.name(ruling.subject),
        expected=ruling.expected,
        found=ruling.found,
        detail=ruling.detail,
    )


def _finding(verdict: Verdict, ruling: Ruling, catalogue: Catalogue) -> Finding:
    entry = catalogue.codes[verdict.code]
    return Finding(
        id=verdict.id,
        code=verdict.code,
        severity=ruling.severity or entry.severity,
        field=verdict.field,
        subject=verdict.subject,
        message=verdict.message,
        basis=entry.basis,
        expected=verdict.expected,
        found=verdict.found,
        evidence=verdict.places,
    )


def _doubt(identity: str, verdict: Verdict, ruling: Ruling, catalogue: Catalogue) -> Finding:
    """Q102 in place of a finding; several doubts about one field are one."""
    subject = verdict.field if verdict.field and "@" not in verdict.subject else verdict.subject
    entry = catalogue.codes[DOUBT]
    return Finding(
        id=verdict_id(identity, DOUBT, verdict.field, subject),
        code=DOUBT,
        severity=entry.severity,
        field=verdict.field,
        subject=subject,
        message=_words_of_doubt(ruling, catalogue),
        basis=entry.basis,
        expected=verdict.expected,
        found=verdict.found,
        evidence=verdict.places,
    )


def _words_of_doubt(ruling: Ruling, catalogue: Catalogue) -> str:
    """What a person is to look at: the rule's own words, or what was read and what it would contradict."""
    public = ruling.field not in CONFIDENTIAL and ruling.code not in OF_LEVELS
    read = f"读作“{ruling.found}”" if ruling.found and public else ""
    against = f"对照值为“{ruling.expected}”" if ruling.expected and public else ""
    detail = (
        ruling.message.rstrip("。")
        or ruling.doubted
        or "，".join(part for part in (read, against) if part)
        or "未能读清"
    )
    detail = without_asking(detail)
    name = catalogue.name(ruling.field if ruling.field and "@" not in ruling.subject else ruling.subject)
    return catalogue.message(DOUBT, field=name, subject=name, detail=detail)


def _additions(settled: Sequence[Settled], catalogue: Catalogue) -> tuple[Addition, ...]:
    said: dict[str, list[Settled]] = {}
    for each in settled:
        for package in dict.fromkeys(each.ruling.packages):
            said.setdefault(package, []).append(each)
    made = ((name, *_sum_up(name, said[name], catalogue)) for name in sorted(said))
    return tuple(Addition(package=name, verdicts=verdicts, findings=findings) for name, verdicts, findings in made)


def _disputes(case: AnyCase, settled: Sequence[Settled], rechecks: Sequence[Reading]) -> tuple[Dispute, ...]:
    """The disputed readings with their paths, each once."""
    if isinstance(case, RunCase):
        return ()
    record = case.package if isinstance(case, Case) else case.delivery
    wanted: dict[int, set[tuple[int, int]]] = {id(each): set() for each in rechecks if _can_look_again(each)}
    for each in settled:
        for reading, spans in each.disputed:
            wanted.setdefault(id(reading), set()).update(spans)
    return tuple(
        Dispute(path=path, reading=reading, spans=tuple(sorted(wanted[id(reading)])))
        for path, reading in readings_of(record)
        if id(reading) in wanted
    )
