"""The oval that a circle is a part of: a search for circles finds one end of an oval seal's rim."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.seals.outline import Ellipse, fit_ellipse, near_rim, outermost, ring_support

Mask = NDArray[np.uint8]

DIRECTIONS = 24
"""Ways the oval may reach beyond the circle: every 15 degrees."""
LENGTHS = (1.2, 1.32, 1.45)
"""Long axes tried, in radii of the circle: 34 x 26 to 45 x 30 mm."""
WIDTHS = (1.0, 1.06)
"""Short axes: the circle that fits an end is a little smaller than the oval is wide."""
RAYS = np.asarray(np.arange(72) * (math.pi / 36), dtype=np.float64)
"""Rays on which a tried outline looks for ink,"""
REACHES = (0.9, 0.94, 0.98, 1.02, 1.06)
"""and at what relative radii."""
FITS = 3
"""The first fit sees the rim only as far as the rough outline's zone does."""
ZONE = (0.86, 1.14)
"""Relative radii between which the rim is then looked for."""


def oval_around(mask: Mask, circle: Ellipse) -> Ellipse | None:
    """The oval best borne out of those that the circle may be an end of; None where there is none.

    Args:
        mask: Ink, 0 or 255.
        circle: A circle found in it.
    """
    tried = [
        _reaching(circle, turn * 2 * math.pi / DIRECTIONS, length, width)
        for turn in range(DIRECTIONS)
        for length in LENGTHS
        for width in WIDTHS
    ]
    oval: Ellipse | None = max(tried, key=lambda oval: _borne(mask, oval))
    for _ in range(FITS):
        oval = _fitted(mask, oval) if oval is not None else None
    if oval is None or ring_support(mask, oval)[0] < ring_support(mask, circle)[0]:
        return None
    return oval


def _fitted(mask: Mask, oval: Ellipse) -> Ellipse | None:
    """The oval fitted to the outermost ink near an outline."""
    near = np.asarray(cv2.bitwise_and(mask, near_rim(mask.shape, oval, *ZONE)), dtype=np.uint8)
    return fit_ellipse(outermost(near, (oval.x, oval.y), ZONE[1] * max(oval.a, oval.b)))


def _reaching(circle: Ellipse, turn: float, length: float, width: float) -> Ellipse:
    """The oval that shares the circle's end opposite to `turn`."""
    shift = (length - 1) * circle.a
    x, y = circle.x + shift * math.cos(turn), circle.y + shift * math.sin(turn)
    return Ellipse(x, y, length * circle.a, width * circle.a, turn)


def _borne(mask: Mask, oval: Ellipse) -> int:
    """On how many rays there is ink near an outline; a rough count, for there are many to try."""
    hit = np.zeros(RAYS.size, dtype=bool)
    for reach in REACHES:
        points = np.rint(oval.points(RAYS, reach)).astype(int)
        inside = (points >= 0).all(axis=1) & (points[:, 0] < mask.shape[1]) & (points[:, 1] < mask.shape[0])
        hit[inside] |= mask[points[inside, 1], points[inside, 0]] > 0
    return int(hit.sum())
