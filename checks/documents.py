"""Evidence documents as rules speak of them: by name, and whether they bear the applicant's seal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from checks.case import Case
from checks.owners import SAME, Match, match
from checks.stamps import units_named
from pipeline.model.evidence import Place
from pipeline.model.finding import Outcome, Verdict
from pipeline.model.package import EvidenceItem
from pipeline.model.seal import Purpose, Seal
from pipeline.notices.evidence_words import EvidenceKind
from pipeline.notices.profile import Profile
from pipeline.values import fold

PLACE = "evidence"
SEALED: Mapping[Outcome, bool | None] = {Outcome.PASSED: True, Outcome.FAILED: False}


def named_documents(items: Sequence[EvidenceItem]) -> Iterator[tuple[str, EvidenceItem]]:
    """Each document with a name of its own: item, kind, and a number where two are called alike."""
    seen: dict[str, int] = defaultdict(int)
    for item in items:
        name = f"{item.item or ''} {item.kind or item.title or item.file}".strip()
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}（{seen[name]}）"), item


def bears_out(document: EvidenceItem, item: int, profile: Profile) -> bool:
    """Whether a document is of an item, or states the amount that the item is about."""
    asked = profile.evidence_items[item].amount
    return document.item == item or (bool(asked) and asked in dict(document.amounts))


def kind_of(case: Case, document: EvidenceItem) -> EvidenceKind | None:
    """The notice's words on a document's kind; None for a kind that is not told."""
    return next((kind for kind in case.profile.evidence_kinds if kind.kind == document.kind), None)


def pages_in_one(case: Case, sheets: Collection[tuple[str, int]]) -> Iterator[str]:
    """The text of each of these pages, folded, its lines joined."""
    for page in case.package.pages:
        if (page.file, page.page) in sheets:
            yield fold("".join(line.text for line in page.reading.lines))


def lines_of(case: Case, document: EvidenceItem) -> Iterator[str]:
    """The lines of a document's pages."""
    for page in case.package.pages:
        if (page.file, page.page) in document.sheets:
            yield from (line.text for line in page.reading.lines)


def where_titled(document: EvidenceItem) -> tuple[Place, ...]:
    """The document's title where it was read, else its first place."""
    title = document.reading("title")
    if title is not None and title.places:
        return title.places
    return tuple(place for _, reading in document.places for place in reading.places)[:1]


def may_be_own(seal: Seal, units: Sequence[str]) -> bool:
    """Whether a seal is the unit's, or may be for all that could be read of it."""
    return match(seal.mark, units) in (*SAME, Match.NEAR, Match.DOUBTFUL)


def unread_seal(seal: Seal) -> bool:
    """Whether nothing of a seal's name could be read; a name chop is no unit's."""
    return not fold(seal.mark.text) and seal.mark.purpose is not Purpose.PERSONAL


def sealed_documents(case: Case, verdicts: Sequence[Verdict]) -> tuple[EvidenceItem, ...]:
    """The documents with what S131 found of each: sealed, not sealed, or not to be told."""
    ruled = {verdict.subject: SEALED.get(verdict.outcome) for verdict in verdicts if verdict.code == "S131"}
    return tuple(
        item.model_copy(update={"sealed": ruled.get(subject)})
        for subject, item in named_documents(case.package.evidence)
    )


def seals_on_documents(case: Case, seals: Sequence[Seal]) -> tuple[Seal, ...]:
    """The seals; on documents those that may be the applicant's answer for them, an issuer's answers no place."""
    units = units_named(case, "applicant")
    sheets = {sheet for item in case.package.evidence for sheet in item.sheets}

    def place(seal: Seal) -> str | None:
        if (seal.file, seal.page) not in sheets:
            return seal.place
        return PLACE if may_be_own(seal, units) or unread_seal(seal) else None

    return tuple(seal.model_copy(update={"place": place(seal)}) for seal in seals)
