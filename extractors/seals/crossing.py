"""Letters of a seal that lie in another one: what was read there may be made of both seals' strokes."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.seals.names import Name, usual_step, with_letters_doubted
from extractors.seals.outline import Box, Ellipse, near_rim

Map = NDArray[np.uint8]

REACH = 1.04
"""Relative radius within which another seal's ink lies: its rim and the blur around it."""
HALF = 0.5
"""Half of a letter's place, in steps from letter to letter."""
CROSSED = 0.12
"""Share of a letter's place in another seal from which on the letter may be made of both."""


def area_of(others: Sequence[Ellipse | Box], size: tuple[int, int]) -> Map:
    """Where other seals lie: 255 within their outlines, 0 elsewhere, of a size (height, width)."""
    area = np.zeros(size, np.uint8)
    for other in others:
        if isinstance(other, Box):
            cv2.fillConvexPoly(area, np.rint(other.corners()).astype(np.int32), (255,))
        else:
            area |= near_rim(size, other, 0.0, REACH)
    return area


def with_mixed_doubted(name: Name, strip: Map) -> Name:
    """The name, its letters that lie in another seal left in doubt.

    Args:
        name: What was read off a ring unrolled.
        strip: Where other seals lie (255), unrolled alike (height, width).
    """
    if not name.chars or len(name.chars) != len(name.middles) or not strip.any():
        return name
    width, half = strip.shape[1], HALF * usual_step(name.middles)
    places = (
        strip[:, max(0, round((middle - half) * width)) : max(1, round((middle + half) * width))]
        for middle in name.middles
    )
    return with_letters_doubted(name, {index for index, place in enumerate(places) if _is_crossed(place)})


def _is_crossed(place: Map) -> bool:
    return place.size > 0 and float((place > 0).mean()) >= CROSSED
