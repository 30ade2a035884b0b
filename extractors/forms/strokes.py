"""Pieces of ink around a printed box: the strokes of a tick, or what else stands there."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.tables.cells import Box

Mask = NDArray[np.uint8]

BESIDE = 0.12
"""Ink in squared character heights beside an empty box that is a tick written next to it."""
BROAD = 0.35
"""Least width and height of a tick in character heights."""
STROKE = 0.06
"""Least ink outside its outline of a stroke through a box, in squared character heights,"""
OUT = 0.2
"""and how far out it runs, in character heights: a blurred outline is thick, but runs nowhere."""
SPECK = 0.012
"""Components smaller than this, in squared character heights, are dirt."""
BELOW = 0.6
"""Character heights below a line that a tick beginning in it may reach."""
WORDS_OWN = 0.2
"""Character heights at the right end of an option's place where its word's own first stroke may lie."""


def pieces(ink: Mask, height: float) -> list[NDArray[np.int32]]:
    """The pieces of ink that are more than dirt: left, top, width, height, area."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return [stats[index] for index in range(1, count) if stats[index, cv2.CC_STAT_AREA] >= SPECK * height * height]


def _from_below(piece: NDArray[np.int32], bottom: int) -> bool:
    """Whether a piece of ink comes in from under the line: the long arm of the next line's tick."""
    return bool(piece[cv2.CC_STAT_TOP] + piece[cv2.CC_STAT_HEIGHT] >= bottom)


def runs_out(found: Sequence[NDArray[np.int32]], rim: Box, below: int, height: float) -> bool:
    """Whether pieces of ink that hang on a box's outline are together a stroke that leaves it.

    `below` is where the line ends: what comes in from under it is the next line's.
    """
    own = [piece for piece in found if not _from_below(piece, below)]
    if not own:
        return False
    x0, y0 = min(piece[0] for piece in own), min(piece[1] for piece in own)
    x1, y1 = max(piece[0] + piece[2] for piece in own), max(piece[1] + piece[3] for piece in own)
    area = sum(int(piece[cv2.CC_STAT_AREA]) for piece in own)
    out = max(rim[0] - x0, rim[1] - y0, x1 - rim[2], y1 - rim[3])
    return bool(
        area >= STROKE * height**2 and out >= OUT * height and x1 - x0 >= BROAD * height and y1 - y0 >= OUT * height
    )


def beside(piece: NDArray[np.int32], top: int, bottom: int, height: float) -> bool:
    """Whether a piece of ink level with the box is as large and as broad as a tick; a ruling's fringe is not."""
    level = top <= piece[cv2.CC_STAT_TOP] + piece[cv2.CC_STAT_HEIGHT] / 2 <= bottom
    return bool(level) and _is_as_large_as_a_tick(piece, height)


def _is_as_large_as_a_tick(piece: NDArray[np.int32], height: float) -> bool:
    _, _, wide, tall, area = (int(value) for value in piece)
    return min(wide, tall) >= BROAD * height and area >= BESIDE * height**2


def lies_around(ink: Mask, box: tuple[float, float, float, float], zone: Box, height: float) -> bool:
    """Whether ink as large as a tick lies around an empty box, below its line as well, and left of its word."""
    x0, y0 = zone[0], zone[1]
    window = ink[y0 : zone[3] + round(BELOW * height), x0 : zone[2] - round(WORDS_OWN * height)].copy()
    if window.size == 0:
        return False
    left, top, right, bottom = (round(value) for value in box)
    window[max(0, top - y0) : max(0, bottom - y0), max(0, left - x0) : max(0, right - x0)] = 0
    return any(_is_as_large_as_a_tick(piece, height) for piece in pieces(window, height))
