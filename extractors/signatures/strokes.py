"""Pen strokes in a place: dark or blue ink that is neither print, nor a rule, nor a smudge, nor a seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import Picture

Mask = NDArray[np.uint8]
Box = tuple[int, int, int, int]

DARK = 50
"""Somewhere a stroke is this much darker than the paper around it (of 255);"""
FAINT = 26
"""everywhere this much: a thin pen pales in its curves."""
REDDER = 45
"""A pixel this much redder than green is a seal's ink, or print under it seen through it."""
REDDISH = 0.4
"""A pale pixel redder than green by this share of its darkness is a seal's edge: a pen's ink darkens red as well."""
RULE_MM = 14.0
"""A level line longer than this is a rule; no stroke of a name runs level so far."""
THICKEST_MM = 1.5
"""A thicker stroke is a smudge; pens write up to 1 mm."""
GROWN_MM = 0.35
"""Print is erased with so much around it."""
DUST_MM2 = 0.25


@dataclass(frozen=True, slots=True)
class Strokes:
    """What the pen left: its box in pixels (None: nothing), the strokes' length and extent in mm, their pieces."""

    box: Box | None
    length_mm: float
    width_mm: float
    height_mm: float
    pieces: int = 0


NO_STROKES = Strokes(None, 0.0, 0.0, 0.0)


def find_strokes(picture: Picture, printed: Sequence[Box], pixels_per_mm: float) -> Strokes:
    """Measure the pen strokes in a BGR crop, the boxes of print in it erased."""
    ink = _without_rules(_pen_ink(picture), pixels_per_mm)
    grow = round(GROWN_MM * pixels_per_mm)
    for x0, y0, x1, y1 in printed:
        ink[max(0, y0 - grow) : max(0, y1 + grow), max(0, x0 - grow) : max(0, x1 + grow)] = 0
    return _measured(_largest_group(ink, pixels_per_mm), pixels_per_mm)


def _pen_ink(picture: Picture) -> Mask:
    """Dark and blue ink against the paper around it, pale where it hangs on dark; red ink is left out."""
    smooth = cv2.GaussianBlur(picture, (3, 3), 0)
    _, green, red = (channel.astype(np.int16) for channel in cv2.split(smooth))
    darkness = np.minimum(red, green)
    paper = cv2.blur(cv2.dilate(darkness.astype(np.uint8), np.ones((9, 9), np.uint8)), (41, 41)).astype(np.int16)
    pen = ~((red - green > REDDER) & (red > 90)) & (red - green < REDDISH * (paper - darkness))
    _, labels = cv2.connectedComponents(((paper - darkness > FAINT) & pen).astype(np.uint8))
    dark = np.unique(labels[(paper - darkness > DARK) & pen])
    return np.where(np.isin(labels, dark[dark > 0]), np.uint8(255), np.uint8(0))


def _without_rules(ink: Mask, pixels_per_mm: float) -> Mask:
    span = max(3, round(RULE_MM * pixels_per_mm))
    rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, span), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((span, 1), np.uint8))
    found = cv2.dilate(cv2.bitwise_or(rules, upright), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.subtract(ink, found), dtype=np.uint8)


def _largest_group(ink: Mask, pixels_per_mm: float) -> Mask:
    """The strokes that hang together within 4 mm and are most; dust and smudges left out."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    kept = np.zeros_like(ink)
    for index in range(1, count):
        part = labels == index
        if stats[index, cv2.CC_STAT_AREA] >= DUST_MM2 * pixels_per_mm**2 and not _smudge(part, pixels_per_mm):
            kept[part] = 255
    reach = max(3, round(4.0 * pixels_per_mm)) | 1
    near = cv2.dilate(kept, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    groups, members, _, _ = cv2.connectedComponentsWithStats(near)
    if groups < 2:
        return kept
    sizes = [int(cv2.countNonZero(np.where(members == group, kept, 0).astype(np.uint8))) for group in range(1, groups)]
    return np.where(members == 1 + int(np.argmax(sizes)), kept, 0).astype(np.uint8)


def _smudge(part: NDArray[np.bool_], pixels_per_mm: float) -> bool:
    distance = cv2.distanceTransform(part.astype(np.uint8), cv2.DIST_L2, 3)
    wide = distance > THICKEST_MM * pixels_per_mm / 2
    return bool(wide.sum() > 0.25 * part.sum())


def _measured(strokes: Mask, pixels_per_mm: float) -> Strokes:
    rows, columns = np.flatnonzero(strokes.any(axis=1)), np.flatnonzero(strokes.any(axis=0))
    if not rows.size:
        return NO_STROKES
    distance = cv2.distanceTransform(strokes, cv2.DIST_L2, 3)
    # The mean depth inside a stroke is a quarter of its width, so area / (4 x depth) is its length.
    length = cv2.countNonZero(strokes) / max(1.0, 4 * float(distance[strokes > 0].mean()))
    box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    width, height = box[2] - box[0], box[3] - box[1]
    pieces = cv2.connectedComponents(strokes)[0] - 1
    return Strokes(box, length / pixels_per_mm, width / pixels_per_mm, height / pixels_per_mm, pieces)
