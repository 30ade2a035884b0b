"""Whose an evidence document is: the applicant's, a partner's, surely another unit's, or not to be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from checks.case import Case
from checks.certainty import Certainty, Ground, of_grounds, whole
from checks.comparison import compare
from checks.documents import kind_of, pages_in_one
from checks.stamps import units_named
from pipeline.model.evidence import Reading
from pipeline.model.package import EvidenceItem
from pipeline.values import fold

BRACKETS = str.maketrans("", "", "()")
SEVERAL = re.compile(r"[；;、,，\n]")
"""What parts the names of several owners, and a name that goes on in the next line."""
LEAST = 4
"""Letters from which on a part of a name tells the unit."""
SLIP = 1
"""Letters by which a name may differ and still be put down to the reader where they stayed in doubt."""


class Whose(StrEnum):
    """Who owns a document."""

    OWN = "own"
    PARTNER = "partner"
    NAMED = "named"
    """Another unit, of which the application speaks elsewhere: former name, parent, licence."""
    OPEN = "open"
    """Another unit's name stands there, but documents of this kind are not told by that."""
    OTHER = "other"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose a document is; `grounds` are the differences from the applicant's name, each of which would do."""

    whose: Whose
    grounds: tuple[Ground, ...] = ()


def ownership(case: Case, document: EvidenceItem) -> Ownership:
    """Whose a document is, by its owner as read and whoever else is named on it and elsewhere."""
    owner, units = document.reading("owner"), _units(case)
    if owner is None or not owner.text or not units:
        return Ownership(Whose.UNREAD)
    names = _names(owner)
    if any(_same(name, unit) for name in names for unit in units):
        return Ownership(Whose.OWN)
    partners = _partners(case)
    if any(_same(name, partner) for name in names for partner in partners):
        return Ownership(Whose.PARTNER)
    grounds = _differences(case, owner)
    if _is_slip(names, units, grounds):
        return Ownership(Whose.OWN)
    kind = kind_of(case, document)
    told = kind.owned if kind else "open"
    if told != "holder" and _on_it(case, document, (*units, *partners)):
        return Ownership(Whose.OWN)
    if told == "open":
        return Ownership(Whose.OPEN)
    return Ownership(Whose.NAMED if _named_elsewhere(case, owner, names) else Whose.OTHER, grounds)


def _units(case: Case) -> tuple[str, ...]:
    """The applicant's name as paper and filing have it."""
    filed = case.online.text("applicant") if case.online else ""
    return tuple(_letters(name) for name in (*units_named(case, "applicant"), filed) if len(_letters(name)) >= LEAST)


def _partners(case: Case) -> tuple[str, ...]:
    reading = case.read("partners")
    return tuple(_names(reading)) if reading else ()


def _names(reading: Reading) -> tuple[str, ...]:
    """The names that stand there, and all of it as one: a name may be broken by the line."""
    parts = (reading.text, *SEVERAL.split(reading.text))
    return tuple(dict.fromkeys(name for part in parts if len(name := _letters(part)) >= LEAST))


def _letters(name: str) -> str:
    return fold(name).translate(BRACKETS)


def _same(one: str, other: str) -> bool:
    """Whether two names are one: equal, or one is the other cut short or with words around it (a branch)."""
    return one in other or other in one


def _differences(case: Case, owner: Reading) -> tuple[Ground, ...]:
    """Each letter by which the owner is not the applicant as the form has it."""
    applicant = case.read("applicant") or next((mention.reading for mention in case.mentions("applicant")), None)
    if applicant is None:
        return (whole(owner),)
    return tuple(each.ground for each in compare(owner, applicant, "name").differences)


def _is_slip(names: tuple[str, ...], units: tuple[str, ...], grounds: tuple[Ground, ...]) -> bool:
    """Whether a letter is all that differs, and what it is stayed in doubt after it was looked at again."""
    near = any(Levenshtein.distance(name, unit) <= SLIP for name in names for unit in units)
    return near and of_grounds(grounds) is Certainty.UNSURE


def _on_it(case: Case, document: EvidenceItem, names: tuple[str, ...]) -> bool:
    texts = [text.translate(BRACKETS) for text in pages_in_one(case, document.sheets)]
    return any(name in text for text in texts for name in names)


def _named_elsewhere(case: Case, owner: Reading, names: tuple[str, ...]) -> bool:
    """Whether a page that is not of this owner's documents names it."""
    its = {sheet for each in case.package.evidence if _may_be_its(case, each, owner) for sheet in each.sheets}
    others = {(page.file, page.page) for page in case.package.pages} - its
    texts = [text.translate(BRACKETS) for text in pages_in_one(case, others)]
    return any(name in text for text in texts for name in names)


def _may_be_its(case: Case, document: EvidenceItem, owner: Reading) -> bool:
    """Whether a document is this owner's, or of a kind that has an owner, which was not read."""
    kind = kind_of(case, document)
    return document.owner == owner.text or (not document.owner and kind is not None and kind.owned == "holder")


def documents_of_the_applicant(case: Case) -> Iterator[EvidenceItem]:
    """The documents that are not surely another unit's."""
    for document in case.package.evidence:
        if ownership(case, document).whose is not Whose.OTHER:
            yield document
