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
from extractors.seals.strips import runs_of
from extractors.seals.tone import INK, own_strokes

Map = NDArray[np.uint8]
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in pixels."""

MARGIN = 0.06
"""Of a seal's longer side, cut out around it."""
RIM = (0.86, 1.06)
"""Relative radii between which the rim of a seal runs, as it was fitted."""
HALF = 0.5
"""Of the ink where the rim is darkest, from which a radius belongs to it."""
BESIDE = (1.0, 2.0, 3.0)
"""Pixels off the rim's edges at which a stroke that crosses it is seen: the ring's letters stand further off."""
WIDEST_MM = 1.2
"""A stroke of print is no wider than this."""
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
    reach = _rim_reach(mask, ring)
    rim = near_rim(dark.shape, ring, *reach)
    own = own_strokes(dark, rim > 0, pixels_per_mm)
    if own is not None:
        return _spread(own)
    crossing = _strokes_across(mask, ring, reach, pixels_per_mm)
    return np.asarray(cv2.bitwise_and(_spread(np.asarray(mask & rim, np.uint8)), cv2.bitwise_not(crossing)), np.uint8)


def _spread(own: Map) -> Map:
    return np.asarray(cv2.dilate(own, np.ones((SPREAD, SPREAD), np.uint8)), dtype=np.uint8)


def _rim_reach(mask: Map, ring: Ellipse) -> tuple[float, float]:
    """The relative radii between which the rim runs: about its darkest, as far as half as much ink goes round."""
    step = 1 / ring.radius
    radii = np.arange(RIM[0], RIM[1], step)
    inked = np.array([_along(mask, ring, float(radius)).mean() for radius in radii])
    darkest = int(inked.argmax())
    thin = np.flatnonzero(inked < HALF * inked[darkest])
    first = int(thin[thin < darkest].max(initial=-1)) + 1
    last = int(thin[thin > darkest].min(initial=len(radii))) - 1
    return float(radii[first] - step), float(radii[last] + step)


def _along(mask: Map, ring: Ellipse, reach: float) -> NDArray[np.bool_]:
    """Where there is ink around the ring at a relative radius, one value a pixel of its rim; none off the picture."""
    x, y = np.rint(ring.points(_turns(ring), reach)).astype(int).T
    seen = (x >= 0) & (y >= 0) & (x < mask.shape[1]) & (y < mask.shape[0])
    return np.asarray(seen & (mask[np.where(seen, y, 0), np.where(seen, x, 0)] > 0), dtype=np.bool_)


def _turns(ring: Ellipse) -> NDArray[np.float64]:
    count = round(2 * math.pi * ring.radius)
    return np.arange(count) / count * 2 * math.pi


def _strokes_across(mask: Map, ring: Ellipse, rim: tuple[float, float], pixels_per_mm: float) -> Map:
    """Where strokes of print cross the rim (255): ink goes on outside where it is inside, a little askew at most."""
    outside, inside = (
        _runs_beside(mask, ring, [edge + way * each / ring.radius for each in BESIDE], WIDEST_MM * pixels_per_mm)
        for edge, way in ((rim[1], 1), (rim[0], -1))
    )
    askew = (rim[1] - rim[0]) * ring.radius
    turns, found = _turns(ring), np.zeros(mask.shape, np.uint8)
    for one in outside:
        other = min(inside, key=lambda run: abs(sum(run) - sum(one)), default=None)
        if other is None or abs(sum(other) - sum(one)) / 2 > askew:
            continue
        beyond = BESIDE[1] / ring.radius
        edges = (one, rim[1] + beyond), (other, rim[0] - beyond)
        ends = [ring.points(turns[list(run)], edge) for run, edge in edges]
        corners = np.rint(np.vstack([ends[0], ends[1][::-1]])).astype(np.int32)
        cv2.fillConvexPoly(found, corners, (255,))
    return found


def _runs_beside(mask: Map, ring: Ellipse, radii: Sequence[float], widest: float) -> list[tuple[int, int]]:
    """Strokes of ink around the ring at some radii: their first and last pixel of its rim."""
    inked = np.mean([_along(mask, ring, radius) for radius in radii], axis=0) > HALF
    return [(start, end - 1) for start, end in runs_of(np.asarray(inked, np.bool_), 1) if end - start <= widest]
