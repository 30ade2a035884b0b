"""Evidence: of which year the financial documents are, and whether certificates are still good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from checks.case import Case
from checks.certainty import Ground, Span, whole
from checks.documents import bears_out, kind_of, named_documents, where_titled
from checks.periods import told_year
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.evidence import Place, Reading
from pipeline.model.package import EvidenceItem

YEAR = 4
"""Digits of a year, with which its reading begins."""
NO_DOCUMENT = "没有这一项的证明材料，另行提出"
NO_YEAR = "证明材料没有读出所属年度，或同时载有其他年度，请核对是否为{year}年度"
NO_TERM = "证书的有效期未能读出，请核对申报时是否有效"
NO_LIMIT = "没有载明有效期"
RENEWED = "另有同名证书在有效期内"


@rule("E105")
def evidence_is_of_the_last_fiscal_year(case: Case) -> Iterator[Ruling]:
    """Of each item asked of the last fiscal year at least one document is; others may lie beside it."""
    for item, spec in case.profile.evidence_items.items():
        if spec.last_year:
            documents = [each for each in case.package.evidence if bears_out(each, item, case.profile)]
            yield _of_the_year(case, item, documents)


def _of_the_year(case: Case, item: int, documents: Sequence[EvidenceItem]) -> Ruling:
    subject, wanted = f"evidence.{item}", case.profile.fiscal_year
    if not documents:
        return not_applicable("E105", subject, NO_DOCUMENT)
    years = {id(each): told_year(case, each) for each in documents}
    right = next((each for each in documents if years[id(each)] == wanted), None)
    if right is not None:
        return passed("E105", subject, found=str(wanted), places=_places([right]))
    readings = tuple(reading for each in documents if (reading := each.reading("year")) is not None)
    ground = Ground(tuple(Span(reading, 0, YEAR) for reading in readings))
    if None in years.values():
        return undecided("E105", subject, NO_YEAR.format(year=wanted), places=_places(documents), grounds=(ground,))
    found = "、".join(str(year) for year in sorted({year for year in years.values() if year is not None}))
    return failed("E105", subject, found=found, expected=str(wanted), places=_places(documents), grounds=(ground,))


def _places(documents: Sequence[EvidenceItem]) -> tuple[Place, ...]:
    """Where the years stand, else the titles."""
    places: list[Place] = []
    for each in documents:
        year = each.reading("year")
        places += year.places if year is not None and year.places else where_titled(each)
    return tuple(places)


@rule("E111")
def certificates_are_good(case: Case) -> Iterator[Ruling]:
    """No certificate was out of date when the application was filed, unless a renewed one lies beside it."""
    filed = case.read("filing_date")
    day = _date(filed.text if filed else "") or case.profile.deadlines.online.date()
    for name, document in named_documents(case.package.evidence):
        yield _good(case, name, document, day, filed)


def _good(case: Case, name: str, document: EvidenceItem, day: date, filed: Reading | None) -> Ruling:
    until, kind = document.reading("valid_until"), kind_of(case, document)
    last = _date(until.text) if until else None
    if until is None or last is None:
        lasting = kind is not None and kind.term
        return undecided("E111", name, f"“{name}”{NO_TERM}", places=where_titled(document)) if lasting \
            else not_applicable("E111", name, NO_LIMIT)  # fmt: skip
    if last >= day:
        return passed("E111", name, found=until.text, places=until.places)
    if any(_renews(each, document, day) for each in case.package.evidence):
        return passed("E111", name, detail=RENEWED, found=until.text, places=until.places)
    spans = whole(until).spans + (whole(filed).spans if filed and _date(filed.text) else ())
    return failed("E111", name, found=until.text, expected=f"不早于{day.isoformat()}", places=until.places,
                  grounds=(Ground(spans),))  # fmt: skip


def _renews(other: EvidenceItem, document: EvidenceItem, day: date) -> bool:
    """Whether another document is the same certificate, still good."""
    last = _date(other.valid_until)
    return last is not None and last >= day and (other.kind, other.title) == (document.kind, document.title)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
