"""‰ told from % by its loops: readers take most of the one for the other, and surely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import Picture

UPPER, LOWER = 0.45, 0.55
"""In heights of the print the upper loop's middle lies above the first, the lower ones' below the second."""
BELOW, FARTHEST = -0.15, 1.3
"""The lower loops lie between so many heights of print to the right of the upper one; a figure 8's right below it."""
LEAST, MOST = 0.08, 0.55
"""Sides of a loop's inside in heights of the print."""
LIKE = 0.7
"""The lesser of two of a sign's loops has at least this share of the other's height: a full stop's is smaller,"""
LEVEL = 0.1
"""and stands lower: the two lower loops' middles are so near to one height, in heights of the print."""


@dataclass(frozen=True, slots=True)
class _Loop:
    """The middle and the height of paper enclosed by ink, in heights of the print."""

    x: float
    y: float
    tall: float

    def is_like(self, other: _Loop) -> bool:
        """Whether another one may be of the same sign."""
        return min(self.tall, other.tall) >= LIKE * max(self.tall, other.tall)


def shows_per_mille(crop: Picture) -> bool:
    """Whether a BGR crop of a line shows two loops beside each other, lower right of a third like them.

    Where a loop ran full of ink they are not seen; of per cent signs there is never a second one.
    """
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    _, ink = cv2.threshold(cv2.GaussianBlur(grey, (0, 0), 0.8), 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    loops = tuple(_loops(np.asarray(ink, np.uint8)))
    for upper in sorted((each for each in loops if each.y < UPPER), key=lambda each: -each.x):
        lower = [each for each in loops if each.y > LOWER and BELOW <= each.x - upper.x <= FARTHEST]
        if lower:  # the last thing with a loop above another: the sign, or a figure or letter after it
            return len(lower) == 2 and abs(lower[0].y - lower[1].y) <= LEVEL and all(map(upper.is_like, lower))
    return False


def _loops(ink: NDArray[np.uint8]) -> Iterator[_Loop]:
    rows = np.flatnonzero((ink > 0).any(axis=1))
    contours, hierarchy = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not len(rows) or hierarchy is None:
        return
    top, height = int(rows[0]), int(rows[-1] - rows[0] + 1)
    for contour, links in zip(contours, hierarchy[0], strict=True):
        x, y, width, tall = cv2.boundingRect(contour)
        if links[3] >= 0 and LEAST * height <= min(width, tall) and max(width, tall) <= MOST * height:
            yield _Loop((x + width / 2) / height, (y + tall / 2 - top) / height, tall / height)
