"""Which of a copy's whole seals a joined seam is like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.imaging.frame import Cut, PageFrame
from extractors.seals.ink import inks_of, paper_of
from extractors.seams.chains import size_mm
from extractors.seams.cutting import PER_MM
from extractors.seams.joining import Joined
from extractors.seams.likeness import Whole, likeness, whole_in
from pipeline.model.document import Page
from pipeline.model.evidence import Place
from pipeline.model.seal import Alike, Ink, Purpose, SealMark, Shape

MARGIN = 0.15
"""Of a seal's diameter left around it: a fitted outline is known to less."""
MOST_SEALS = 8
"""A copy's first seals are the applicant's: cover, commitment, evidence. More would only cost time."""
RINGS = (Shape.ROUND, Shape.OVAL)
"""Seals along whose rim letters run: those of rectangles are read as they stand."""
SAME_SIZE_MM = 3.0
"""Impressions of one stamp differ by less; the joined one is known to 1.5 mm."""


@dataclass(frozen=True, slots=True)
class WholeSeal:
    """A whole seal on a page, and as it is compared with. `diameter_mm` of a round one, where it is known."""

    place: Place
    colour: Ink
    diameter_mm: float | None
    seal: Whole


def whole_seals(pages: Iterable[Page], cut: Cut) -> tuple[WholeSeal, ...]:
    """The round and oval official seals on a copy's pages, the first few."""
    found: list[WholeSeal] = []
    for page in pages:
        for mark in page.reading.seals:
            if len(found) == MOST_SEALS:
                return tuple(found)
            if mark.shape in RINGS and mark.purpose is Purpose.OFFICIAL and mark.colour is not Ink.BLACK:
                found += _whole(page, mark, cut)
    return tuple(found)


def _whole(page: Page, mark: SealMark, cut: Cut) -> list[WholeSeal]:
    """The seal cut out; none where its rim can't be followed."""
    x0, y0, x1, y1 = PageFrame.of(page.reading).to_working(mark.bbox)
    (width, height), (wide, high) = page.reading.working_size, size_mm(page)
    sides = (x1 - x0) / width * wide, (y1 - y0) / height * high
    side = (1 + 2 * MARGIN) * (max(sides) if mark.shape is Shape.OVAL else min(sides))
    x, y, half_x, half_y = (x0 + x1) / 2 / width, (y0 + y1) / 2 / height, side / 2 / wide, side / 2 / high
    pixels = round(side * PER_MM)
    picture = cut(page, (x - half_x, y - half_y, x + half_x, y + half_y), (pixels, pixels))
    seal = whole_in(inks_of(picture, paper_of(picture)).of(mark.colour))
    place = Place(file=page.file, page=page.page, bbox=mark.bbox)
    diameter = None if mark.shape is Shape.OVAL else mark.diameter_mm
    return [] if seal is None else [WholeSeal(place, mark.colour, diameter, seal)]


def alike(joined: Joined, colour: Ink, seals: Sequence[WholeSeal]) -> tuple[Alike, ...]:
    """How like the joined seal is to each whole one of its colour and size."""
    if joined.parts is None or joined.diameter_mm is None:
        return ()
    size = joined.diameter_mm
    compared = [
        (seal, likeness(joined.parts, seal.seal))
        for seal in seals
        if seal.colour is colour and (seal.diameter_mm is None or abs(seal.diameter_mm - size) <= SAME_SIZE_MM)
    ]
    return tuple(
        Alike(place=seal.place, mean=found.mean, pieces=found.pieces, unseen=found.unseen)
        for seal, found in compared
        if found
    )
