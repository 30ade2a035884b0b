"""Paper against the online filing and the editable copy, field by field."""

from __future__ import annotations

from collections.abc import Iterator

from checks.alignment import answer_of, number_of
from checks.boxes import compare_boxes, is_blank, is_ticked_once, not_found, prompts_of
from checks.case import Case
from checks.rule import Ruling, failed, not_applicable, passed, rule
from checks.weighing import show, weigh
from pipeline.model.application import Application
from pipeline.model.document import Section
from pipeline.model.evidence import Reading
from pipeline.model.finding import Outcome
from pipeline.notices.profile import FieldSpec

NUMBERS = frozenset({"amount", "count"})
CHOICES = frozenset({"choice", "yesno"})
"""Kinds of which one box is ticked; F114 and F115 say where not."""
NO_FILING = "没有对应的网上填报数据"
NO_COPY = "没有可编辑版"


@rule("X101")
def paper_agrees_with_filing(case: Case) -> Iterator[Ruling]:
    """Every box of the form says on paper what was filed online."""
    for spec in case.profile.fields:
        yield _field(case, "X101", spec, _of(case.online, spec), NO_FILING)


@rule("X201")
def paper_agrees_with_editable_copy(case: Case) -> Iterator[Ruling]:
    """Every box says in the editable copy what it says on paper; where the filing differs as well, X101 says so."""
    for spec in case.profile.fields:
        copy = _of(case.editable, spec)
        ruling = _field(case, "X201", spec, copy, NO_COPY)
        if ruling.outcome is not Outcome.PASSED and _differs_from_filing(case, spec):
            ruling = not_applicable(
                "X201", spec.key, f"{case.medium.name}与网上填报也不一致，合并在X101中提出", field=spec.key
            )
        yield ruling


@rule("X301")
def copies_agree_where_paper_is_unread(case: Case) -> Iterator[Ruling]:
    """Where the paper could not be read, the editable copy says what was filed online."""
    for spec in case.profile.fields:
        if case.read(spec.key) is not None:
            continue
        copy, filed = _of(case.editable, spec), _of(case.online, spec)
        if copy is None or filed is None:
            reason = (
                NO_COPY if case.editable is None else NO_FILING if case.online is None else "可编辑版或网上没有此项"
            )
            yield not_applicable("X301", spec.key, reason, field=spec.key)
            continue
        comparison = compare_boxes(case, spec, copy, filed)
        if comparison.grave:
            found, expected = show(comparison.grave, copy, filed)
            yield failed("X301", spec.key, field=spec.key, found=found, expected=expected)
        else:
            yield passed("X301", spec.key, field=spec.key)


def _differs_from_filing(case: Case, spec: FieldSpec) -> bool:
    paper, filed = case.read(spec.key), _of(case.online, spec)
    return paper is not None and filed is not None and not compare_boxes(case, spec, paper, filed).equal


def _of(witness: Application | None, spec: FieldSpec) -> Reading | None:
    return None if witness is None else witness.get(spec.key)


def _field(case: Case, code: str, spec: FieldSpec, other: Reading | None, no_witness: str) -> Ruling:
    """One box on paper against another witness's."""
    paper = case.read(spec.key)
    witness = case.online if code == "X101" else case.editable
    if witness is None:
        return not_applicable(code, spec.key, no_witness, field=spec.key)
    if other is None:
        return not_applicable(code, spec.key, f"{_NAMES[code]}中没有此项", field=spec.key)
    if paper is None:
        return not_found(case, code, spec.key, Section.FORM)
    if is_blank(paper, spec, case.profile):
        return not_applicable(
            code, spec.key, f"{case.medium.name}此栏空白，另行提出", field=spec.key, places=paper.places
        )
    if spec.kind in NUMBERS and number_of(spec.kind, answer_of(paper, prompts_of(spec, case.profile))) is None:
        return not_applicable(
            code, spec.key, f"{case.medium.name}此栏不是数字，另行提出", field=spec.key, places=paper.places
        )
    if spec.kind in CHOICES and not is_ticked_once(paper, spec):
        return not_applicable(
            code, spec.key, f"{case.medium.name}此栏未单选，另行提出", field=spec.key, places=paper.places
        )
    comparison = compare_boxes(case, spec, paper, other)
    return weigh(code, spec.key, comparison, found=paper, expected=other, field=spec.key,
                 detail=_third(case, spec, paper) if code == "X101" else "")  # fmt: skip


_NAMES = {"X101": "网上填报数据", "X201": "可编辑版"}


def _third(case: Case, spec: FieldSpec, paper: Reading) -> str:
    """What the editable copy says of a box in which paper and filing differ."""
    copy = _of(case.editable, spec)
    if copy is None:
        return ""
    comparison = compare_boxes(case, spec, paper, copy)
    if comparison.equal:
        return f"，可编辑版与{case.medium.name}相同"
    filed = _of(case.online, spec)
    if filed is not None and compare_boxes(case, spec, copy, filed).equal:
        return "，可编辑版与网上相同"
    return f"，可编辑版为“{show(comparison.differences, paper, copy)[1]}”"
