"""Black seals lifted off the print under them, so that a date or a name they stand on can be read.

On a grey copy a seal that was red is lighter than print. On a black-and-white one nothing tells them apart but the
course of the rim.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import Picture
from extractors.seals.ink import inks_of, paper_of
from extractors.seals.outline import Ellipse, fit_ellipse, near_rim, outermost
from extractors.seals.tone import INK, own_strokes

Map = NDArray[np.uint8]
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in pixels."""

MARGIN = 0.06
"""Of a seal's longer side, cut out around it."""
RIM = (0.92, 1.03)
"""Relative radii between which the rim of a seal runs."""
SPREAD = 3
"""Pixels by which what is lifted is widened: its blurred edge."""


def lift_seals(picture: Picture, seals: Sequence[Box], pixels_per_mm: float) -> tuple[Picture, Map]:
    """The picture with the ink of black ring seals painted as paper, and where that was (255).

    Args:
        picture: BGR page.
        seals: Boxes of the seals in its pixels.
        pixels_per_mm: Its scale.
    """
    lifted, where = picture.copy(), np.zeros(picture.shape[:2], np.uint8)
    paper = paper_of(picture)
    for box in seals:
        x0, y0, x1, y1 = _around(box, picture.shape)
        crop = picture[y0:y1, x0:x1]
        if min(crop.shape[:2]) < 12:
            continue
        dark = inks_of(crop, paper, (x0, y0, x1, y1), picture.shape[:2]).dark
        own = _own_ink(dark, pixels_per_mm)
        where[y0:y1, x0:x1] |= own
        light = np.percentile(crop.reshape(-1, 3), 80, axis=0)
        lifted[y0:y1, x0:x1][own > 0] = light.astype(np.uint8)
    return lifted, where


def _around(box: Box, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    margin = MARGIN * max(box[2] - box[0], box[3] - box[1])
    x0, y0 = max(0, round(box[0] - margin)), max(0, round(box[1] - margin))
    return x0, y0, min(shape[1], round(box[2] + margin)), min(shape[0], round(box[3] + margin))


def _own_ink(dark: Map, pixels_per_mm: float) -> Map:
    """The seal's ink in its crop: by tone, or, where its rim is as black as print, the rim alone."""
    height, width = dark.shape
    mask = np.where(dark > INK, np.uint8(255), np.uint8(0))
    ring = fit_ellipse(outermost(mask, (width / 2, height / 2), 0.5 * math.hypot(width, height)))
    if ring is None:
        ring = Ellipse(width / 2, height / 2, width / 2 / (1 + 2 * MARGIN), height / 2 / (1 + 2 * MARGIN), 0.0)
    rim = near_rim(dark.shape, ring, *RIM)
    own = own_strokes(dark, rim > 0, pixels_per_mm)
    own = mask & rim if own is None else own
    return np.asarray(cv2.dilate(own, np.ones((SPREAD, SPREAD), np.uint8)), dtype=np.uint8)
