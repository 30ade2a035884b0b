"""How like a joined seam is to a whole seal: both rings unrolled, turned to agree, and compared piece by piece."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.seals.ink import inked
from extractors.seals.outline import Ellipse, fit_ellipse, outermost
from extractors.seals.strips import levelled
from extractors.seals.unroll import unroll

Map = NDArray[np.uint8]
Strokes = NDArray[np.float32]

RING = (0.50, 0.93)
"""Relative radii between which letters and serial stand: the rim outside and the star inside are every seal's."""
ROWS, COLUMNS = 72, 864
"""Pixels of an unrolled ring: an eighth of a millimetre of a 40 mm seal each, as scanned at 200 dpi."""
FINE, COARSE = 0.7, 4.0
"""Strokes are told from what is around them, in pixels: any two letters are alike as blots, and differ as strokes."""
FULL = 97
"""This share (percent) of a ring's pixels is no darker than a full stroke: letters fill a fifth of it."""
STROKE = 0.4
PIECE, STEP = 48, 16
"""Columns of a piece that is compared by itself (20 degrees, a letter's breadth), and from one to the next."""
SLACK = 8, 5
"""Columns and rows that a piece may lie off (a millimetre and less): cuts lose so much, sheets slip by as much."""
LEAST_INK = 0.08
"""A piece of the whole seal with less strokes than this bears no letter."""
MOST_LOST = 0.25
"""A piece of which more lies on a missing sheet can't be compared."""
ADJACENT = 3
"""Pieces in a row over which agreement is averaged: two letters, by which sisters differ, spoil as many at least."""
FEWEST = 8
"""Pieces that must be there to compare: a third of a ring of letters."""
BEST_TURNS, APART = 3, 12
"""Turns at which the rings agree best that are looked at closely, and columns between them."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Agreement (correlation, -1 to 1) of the letters in the mean, and of the worst neighbouring ones."""

    mean: float
    worst: float


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring of text unrolled, `ROWS` x `COLUMNS`, once around; `lost` columns lie on missing sheets."""

    ink: Map
    lost: NDArray[np.bool_]


def ring_of(ink: Map, circle: Ellipse, lost: Map | None = None) -> Ring:
    """The ring of text of a seal from the map of its ink; `lost` is 255 where nothing can be (a missing sheet)."""
    size = (ROWS, COLUMNS)
    start, end = -math.pi / 2, 1.5 * math.pi
    gone = np.zeros(size, np.uint8) if lost is None else unroll(lost, circle, *RING, start, end, size)
    return Ring(unroll(levelled(ink), circle, *RING, start, end, size), (gone > 0).mean(axis=0) > MOST_LOST)


def outline_in(ink: Map) -> Ellipse | None:
    """The outline of the one whole seal that fills a crop, by its rim."""
    height, width = ink.shape
    return fit_ellipse(outermost(inked(ink), (width / 2, height / 2), 0.5 * min(height, width)))


def likeness(joined: Ring, whole: Ring) -> Likeness | None:
    """Of a joined seam's ring, in which cuts may have lost ink, to a whole seal's; None where too little is left."""
    a, b = _full(joined.ink), _full(whole.ink)
    found = [_by_pieces(a, joined.lost, np.roll(b, turn, axis=1)) for turn in _turns(_strokes(a), _strokes(b))]
    return max((each for each in found if each), key=lambda each: each.mean, default=None)


def _full(ring: Map) -> Strokes:
    """The ring with full strokes 1, however thin or pale they are."""
    fine = cv2.GaussianBlur(ring.astype(np.float32), (0, 0), FINE)
    return np.asarray(np.minimum(fine / max(float(np.percentile(fine, FULL)), 1.0), 1.0), dtype=np.float32)


def _strokes(full: Strokes) -> Strokes:
    """Strokes against what is around them."""
    return np.asarray(full - cv2.GaussianBlur(full, (0, 0), COARSE), dtype=np.float32)


def _turns(joined: Strokes, whole: Strokes) -> list[int]:
    """Columns by which the whole ring must be moved on to lie as the joined one does; the likeliest few."""
    spectrum = np.fft.rfft(joined, axis=1) * np.conj(np.fft.rfft(whole, axis=1))
    agreement = np.fft.irfft(spectrum, COLUMNS, axis=1).sum(axis=0)
    turns: list[int] = []
    for turn in np.argsort(-agreement):
        if all(min((turn - other) % COLUMNS, (other - turn) % COLUMNS) > APART for other in turns):
            turns.append(int(turn))
        if len(turns) == BEST_TURNS:
            break
    return turns


def _by_pieces(joined: Strokes, lost: NDArray[np.bool_], whole: Strokes) -> Likeness | None:
    """Every lettered piece of the whole ring looked for at its place in the joined one."""
    along, across = SLACK
    around = np.pad(_strokes(joined), ((0, 0), (along, along + PIECE)), mode="wrap")
    room, looked_for = np.pad(around, ((across, across), (0, 0))), _strokes(whole)
    agreement: list[float] = []
    for start in range(0, COLUMNS, STEP):
        columns = np.arange(start, start + PIECE) % COLUMNS
        if lost[columns].mean() > MOST_LOST or (whole[:, columns] > STROKE).mean() < LEAST_INK:
            continue
        place = np.ascontiguousarray(room[:, start : start + PIECE + 2 * along])
        piece = np.ascontiguousarray(looked_for[:, columns])
        agreement.append(float(cv2.matchTemplate(place, piece, cv2.TM_CCOEFF_NORMED).max()))
    return Likeness(round(float(np.mean(agreement)), 4), _worst(agreement)) if len(agreement) >= FEWEST else None


def _worst(agreement: Sequence[float]) -> float:
    """The lowest mean of neighbouring pieces."""
    means = np.convolve(agreement, np.ones(ADJACENT) / ADJACENT, mode="valid")
    return round(float(means.min()), 4)
