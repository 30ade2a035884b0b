"""The course of a line of text: from the boxes of its characters, since the box around a slanted line holds others too.

A line a thousand pixels long that rises by one degree has a box 17 pixels higher than its characters, and twice as much
after the way to the stored page and back: on a photographed page three lines of running text.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.imaging.frame import Box
from extractors.readers.protocol import Quad

LEAST_SPAN = 3.0
"""Distance from first to last character, in their heights, from which they tell a slant."""


def line_quad(around: Box, chars: Sequence[Box]) -> Quad:
    """The line's corners, clockwise from its top left: as wide as the box around it, as high as its characters.

    Args:
        around: The box that holds the line, in pixels.
        chars: Its characters' boxes; of those that stand elsewhere nothing is taken, and with none left the line fills
            the box.
    """
    x0, y0, x1, y1 = around
    inside = np.array([char for char in chars if _holds(around, char)], dtype=np.float64).reshape(-1, 4)
    if not len(inside):
        return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)
    middles = (inside[:, 0] + inside[:, 2]) / 2
    heights = inside[:, 3] - inside[:, 1]
    height = min(float(np.median(heights)), y1 - y0)
    centers = (inside[:, 1] + inside[:, 3]) / 2
    slant = _slant(middles, centers) if np.ptp(middles) >= LEAST_SPAN * height else 0.0
    level = float(np.median(centers - slant * middles))
    left, right = level + slant * x0, level + slant * x1
    half = height / 2
    return np.array([[x0, left - half], [x1, right - half], [x1, right + half], [x0, left + half]], dtype=np.float32)


def _holds(around: Box, char: Box) -> bool:
    x, y = (char[0] + char[2]) / 2, (char[1] + char[3]) / 2
    return around[0] <= x <= around[2] and around[1] <= y <= around[3]


def _slant(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> float:
    """Pixels down for each to the right, by least squares."""
    return float(np.polyfit(xs, ys, 1)[0])
