"""Rings of seals unrolled and held against each other as pictures: their strokes, and the turns at which two agree."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.seals.outline import Ellipse
from extractors.seals.unroll import unroll

Map = NDArray[np.uint8]
Strokes = NDArray[np.float32]

ROWS, COLUMNS = 72, 864
"""Pixels of an unrolled ring: an eighth of a millimetre of a 40 mm seal each, as scanned at 200 dpi."""
FINE, COARSE = 0.7, 4.0
"""Strokes are told from what is around them, in pixels: any two letters are alike as blots, and differ as strokes."""
FULL = 97
"""This share (percent) of a ring's pixels is no darker than a full stroke: letters fill a fifth of it."""
BEST_TURNS, APART = 3, 12
"""Turns at which the rings agree best that are looked at closely, and columns between them."""


def ring_around(ink: Map, outline: Ellipse, reach: tuple[float, float]) -> Map:
    """A ring (relative radii) unrolled out of the map of its ink, `ROWS` x `COLUMNS`, once around from its top."""
    return unroll(ink, outline, *reach, -math.pi / 2, 1.5 * math.pi, (ROWS, COLUMNS))


def full_ring(ring: Map) -> Strokes:
    """The ring with full strokes 1, however thin or pale they are."""
    fine = cv2.GaussianBlur(ring.astype(np.float32), (0, 0), FINE)
    return np.asarray(np.minimum(fine / max(float(np.percentile(fine, FULL)), 1.0), 1.0), dtype=np.float32)


def relief(ring: Strokes) -> Strokes:
    """Strokes (of `full_ring`) against what is around them."""
    return np.asarray(ring - cv2.GaussianBlur(ring, (0, 0), COARSE), dtype=np.float32)


def likely_turns(one: Strokes, other: Strokes) -> list[int]:
    """Columns by which the other ring must be moved on to lie as the one does; the likeliest few, likeliest first."""
    spectrum = np.fft.rfft(one, axis=1) * np.conj(np.fft.rfft(other, axis=1))
    agreement = np.fft.irfft(spectrum, COLUMNS, axis=1).sum(axis=0)
    found: list[int] = []
    for turn in np.argsort(-agreement):
        if all(min((turn - each) % COLUMNS, (each - turn) % COLUMNS) > APART for each in found):
            found.append(int(turn))
        if len(found) == BEST_TURNS:
            break
    return found
