"""Which seals of a package are one and the same picture: repeated to the pixel, or by how their ink lies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from statistics import median

from rapidfuzz.distance import Levenshtein

from extractors.imaging.frame import Cut
from extractors.seals.fingerprint import ALIKE, similarity
from extractors.seals.repeats import Alikeness, Impression, alikeness, impression_of
from pipeline.model.document import Page
from pipeline.model.seal import Ink, Seal, SealMark, Shape

LIKELY = 0.95
"""Correlation of fingerprints from which two impressions are laid on one another: a picture pasted twice had 0.963 and
more on drawn photographs, impressions of one stamp put down askew less; at nearly one angle they reach as much."""
SAME_INK, MAYBE_INK = 0.60, 0.50
"""Correlation of the ink's density from which two impressions may be one picture, and from which that is left open.
On drawn photographs a picture pasted twice has 0.6 to 0.95, two impressions of a new stamp up to 0.45."""
OVER_OTHERS, MAYBE_OVER = 0.40, 0.25
"""By how much it must exceed what both have in common with further impressions, since those of a badly worn stamp have
its worn spots in common, up to 0.8: a new stamp's picture by 0.56 and more, a worn one's by 0.23 to 0.43, two
impressions of a worn stamp by 0.19 at most."""
BEYOND_WEAR = 0.85
"""More alike than impressions of a worn stamp are (0.81)."""
MOST_OTHERS = 4
"""Further impressions that a pair is held against: more would only cost time."""
SAME_SIZE_MM = 3.0
SAME_NAME = 0.6
"""Likeness of two names read off one stamp: a worn impression loses a third of its letters at most."""


class Told(Enum):
    """What is told of two seals."""

    ONE = "one picture"
    MAYBE = "may be one picture"
    TWO = "two impressions"


def with_pictures_told(seals: Sequence[Seal], pages: Sequence[Page], cut: Cut | None = None) -> tuple[Seal, ...]:
    """Seals that are one picture get one fingerprint, all others one of their own; what may be one says so.

    Args:
        seals: A package's seals, their fingerprints as read.
        pages: Their pages.
        cut: Cuts pages anew, to compare what is no repetition to the pixel; without it that is not looked for.
    """
    look = _looking(seals, pages, cut) if cut is not None else None
    leaders: list[Seal] = []
    named: list[Seal] = []
    for seal in seals:
        told = [(_told(leader, seal, look), leader) for leader in leaders] if seal.mark.fingerprint else []
        same = next((leader for said, leader in told if said is Told.ONE), None)
        maybe = next((leader for said, leader in told if said is Told.MAYBE), None) if same is None else None
        if same is None:
            leaders.append(seal)
        mark = seal.mark.model_copy(update={"fingerprint": _name(same or seal)})
        named.append(seal.model_copy(update={"mark": mark, "resembles": _name(maybe) if maybe else ""}))
    return tuple(named)


Look = Callable[[Seal, Seal], Told]


def _name(seal: Seal) -> str:
    print_ = seal.mark.fingerprint
    return hashlib.sha256(print_.encode()).hexdigest()[:16] if print_ else ""


def _told(one: Seal, other: Seal, look: Look | None) -> Told:
    if not _comparable(one, other) or (one.file, one.page) == (other.file, other.page):
        return Told.TWO
    likeness = similarity(one.mark.fingerprint, other.mark.fingerprint)
    if likeness >= ALIKE:
        return Told.ONE
    return look(one, other) if look is not None and likeness >= LIKELY else Told.TWO


def _comparable(one: Seal, other: Seal) -> bool:
    return one.mark.shape is other.mark.shape and one.mark.colour is other.mark.colour


def _looking(seals: Sequence[Seal], pages: Sequence[Page], cut: Cut) -> Look:
    """Compares two seals by their ink, each cut out once."""
    by_number = {(page.file, page.page): page for page in pages}
    cuts: dict[int, Impression] = {}
    laid: dict[tuple[int, int], Alikeness] = {}

    def impression(seal: Seal) -> Impression:
        if id(seal) not in cuts:
            cuts[id(seal)] = impression_of(by_number[seal.file, seal.page], seal.mark, cut)
        return cuts[id(seal)]

    def compared(one: Seal, other: Seal) -> Alikeness:
        key = (min(id(one), id(other)), max(id(one), id(other)))
        if key not in laid:
            laid[key] = alikeness(impression(one), impression(other))
        return laid[key]

    def look(one: Seal, other: Seal) -> Told:
        if one.mark.colour is Ink.BLACK or one.mark.shape is Shape.RECTANGLE:
            return Told.TWO
        found = compared(one, other)
        if found.ink < MAYBE_INK:
            return Told.TWO
        others = [third for third in seals if third not in (one, other) and _of_one_stamp(third, one)][:MOST_OTHERS]
        return told_by(found, [(compared(one, third), compared(other, third)) for third in others])

    return look


def told_by(pair: Alikeness, others: Iterable[tuple[Alikeness, Alikeness]]) -> Told:
    """What is told of two seals by their ink, and by that of either and each further impression of the stamp.

    What they share with the others is the stamp's own wear. Ink more alike than that of any worn stamp stays open at
    least: all the others may be the same picture too. So does it where no other can be laid on them.
    """
    if pair.ink < MAYBE_INK:
        return Told.TWO
    shared = [each.ink for both in others for each in both if each.told]
    over = pair.ink - median(shared) if shared else MAYBE_OVER
    if shared and pair.ink >= SAME_INK and over >= OVER_OTHERS:
        return Told.ONE
    return Told.MAYBE if over >= MAYBE_OVER or pair.ink >= BEYOND_WEAR else Told.TWO


def _of_one_stamp(one: Seal, other: Seal) -> bool:
    """Whether two seals may be impressions of one stamp: of one shape and colour, about one size, and the same name.

    Rims and stars are every unit's: another unit's seal can be laid on them too, and has nothing of the stamp's wear.
    """
    a, b = one.mark, other.mark
    named = bool(a.text and b.text) and Levenshtein.normalized_similarity(a.text, b.text) >= SAME_NAME
    return bool(a.fingerprint) and _comparable(one, other) and of_one_size(a, b) and named


def of_one_size(one: SealMark, other: SealMark) -> bool:
    """Whether two seals are about as large as each other, as far as that is known."""
    return not one.diameter_mm or not other.diameter_mm or abs(one.diameter_mm - other.diameter_mm) <= SAME_SIZE_MM
