"""Which other seals of a package one whose name can't be surely read is like, letter by letter, as a picture.

A unit stamps its copy again and again. What print hides of one impression, or wear takes from it, another shows: so a
ring whose letters a reader doubts is laid on the ring of each that was read, letter by letter of that one's name. Of
round seals alone: an oval can't be turned on another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.imaging.frame import Cut
from extractors.seals.ink import Map, inked
from extractors.seals.outline import Ellipse, fit_ellipse, outermost
from extractors.seals.repeats import MARGIN, impression_of
from extractors.seals.ring_strokes import COLUMNS, Strokes, full_ring, likely_turns, relief, ring_around
from extractors.seals.same_pictures import of_one_size
from extractors.seals.strips import levelled
from extractors.seals.unroll import find_band
from pipeline.model.document import Page
from pipeline.model.seal import Ink, Likeness, Seal, SealMark, Shape

RING = (0.55, 0.90)
"""Relative radii between which letters stand, and neither rim nor star."""
SURE = 0.97
"""A name whose every letter is surer than this needs no other impression's word."""
READ = 0.75
"""Mean confidence of its letters from which a name was read well enough to hold others against it."""
SHORTEST = 4
"""Letters of the shortest such name."""
MOST_READ = 8
"""Seals that others are held against at most, the surest: a package's are of three or four units. More cost time."""
OFF = 0.06
"""Share by which a fitted rim may differ from the seal's box: beyond it something else was followed."""
MARGIN_OF_TEXT = 2 * math.pi / 72
"""Radians that a band reaches beyond its first and last letter."""
SLACK = 8, 4
"""Columns and rows that a letter may lie off: a millimetre and a half."""


@dataclass(frozen=True, slots=True)
class _Ring:
    """A seal's ring of letters (`relief`), and the columns of the middles of its name's, `pitch` apart."""

    strokes: Strokes
    middles: NDArray[np.float64]
    pitch: float


def with_impressions_told(seals: Sequence[Seal], pages: Sequence[Page], cut: Cut) -> tuple[Seal, ...]:
    """Seals whose name is in doubt get the likeness of their letters to those of the surest other seals.

    `cut` raises what it raises where a page can't be had any more.
    """
    read = sorted((seal for seal in seals if _is_read(seal.mark)), key=lambda seal: -_mean(seal.mark))
    doubted = [seal for seal in seals if _is_doubted(seal.mark) and not _is_read_twice(seal, read)]
    if not doubted or not read:
        return tuple(seals)
    by_number = {(page.file, page.page): page for page in pages}
    rings: dict[int, _Ring] = {}

    def ring(seal: Seal) -> _Ring:
        if id(seal) not in rings:
            rings[id(seal)] = _ring_of(by_number[seal.file, seal.page], seal.mark, cut)
        return rings[id(seal)]

    def told(seal: Seal) -> Seal:
        others = [other for other in read[:MOST_READ] if other is not seal and _may_be_one_stamp(seal.mark, other.mark)]
        likes = tuple(
            Likeness(place=other.on_page, letters=_letters_alike(ring(seal), ring(other))) for other in others
        )
        return seal.model_copy(update={"like": likes})

    known = {id(seal) for seal in doubted}
    return tuple(told(seal) if id(seal) in known else seal for seal in seals)


def _letters_alike(ring: _Ring, read: _Ring) -> tuple[float, ...]:
    """How each letter of the name read off a ring agrees (correlation) with what stands there in another.

    The two are turned on one another as the letters agree best in the mean.
    """
    found = (_letters_at(ring, read, turn) for turn in likely_turns(ring.strokes, read.strokes))
    return max(found, key=lambda letters: sum(letters))


def _is_doubted(mark: SealMark) -> bool:
    unsure = not mark.text or mark.lost or mark.hidden > 0 or any(char.confidence < SURE for char in mark.chars)
    return mark.shape is Shape.ROUND and unsure


def _is_read_twice(seal: Seal, read: Sequence[Seal]) -> bool:
    """Whether another seal reads the same; two black ones may be misread alike, for print's sake."""
    others = (other for other in read if other is not seal)
    return seal.mark.colour is not Ink.BLACK and any(other.mark.text == seal.mark.text for other in others)


def _is_read(mark: SealMark) -> bool:
    return mark.shape is Shape.ROUND and len(mark.text) >= SHORTEST and not mark.lost and _mean(mark) >= READ


def _mean(mark: SealMark) -> float:
    return float(np.mean([char.confidence for char in mark.chars])) if mark.chars else mark.text_confidence


def _may_be_one_stamp(one: SealMark, other: SealMark) -> bool:
    return one.colour is other.colour and of_one_size(one, other) and one.text != other.text


def _ring_of(page: Page, mark: SealMark, cut: Cut) -> _Ring:
    ink = impression_of(page, mark, cut).ink
    outline, level = _outline(ink), levelled(ink)
    band = find_band(level, outline)
    start, end = band.start + MARGIN_OF_TEXT, band.end - MARGIN_OF_TEXT
    count = max(len(mark.text), 1)
    middles = start + (end - start) * (np.arange(count) + 0.5) / count
    per_radian = COLUMNS / (2 * math.pi)
    return _Ring(
        relief(full_ring(ring_around(level, outline, RING))),
        (middles + math.pi / 2) * per_radian,
        (end - start) / count * per_radian,
    )


def _outline(ink: Map) -> Ellipse:
    """The rim in a seal's crop; where it can't be followed the one that fills its box."""
    side = ink.shape[0]
    radius = side / 2 / (1 + 2 * MARGIN)
    found = fit_ellipse(outermost(inked(ink), (side / 2, side / 2), side / 2))
    if found is None or abs(max(found.a, found.b) / radius - 1) > OFF:
        return Ellipse(side / 2, side / 2, radius, radius, 0.0)
    return found


def _letters_at(ring: _Ring, read: _Ring, turn: int) -> tuple[float, ...]:
    """The letters' agreement where the ring read is moved on by so many columns."""
    along, across = SLACK
    half = max(round(read.pitch / 2), 1)
    letters: list[float] = []
    for middle in read.middles:
        at = round(float(middle))
        letter = read.strokes[:, np.arange(at - half, at + half) % COLUMNS]
        place = ring.strokes[:, np.arange(at + turn - half - along, at + turn + half + along) % COLUMNS]
        room = np.pad(place, ((across, across), (0, 0)))
        found = cv2.matchTemplate(room, np.ascontiguousarray(letter), cv2.TM_CCOEFF_NORMED)
        letters.append(round(float(found.max()), 3))
    return tuple(letters)
