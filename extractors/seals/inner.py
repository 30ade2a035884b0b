"""What stands inside a seal's ring of text: its level lines, and the ink of a line whether it could be read or not."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.seals.outline import Ellipse
from extractors.seals.strips import levelled, runs_of
from extractors.seals.unroll import PIXELS_A_RADIUS, Band, upright_inside

Map = NDArray[np.uint8]

LINE_HEIGHT = (0.07, 0.42)
"""Height of an inner line in radii."""
ELONGATED = 1.6
"""A line is this much longer than high, or more."""
MOST_LINES = 4
SOLID = 90
"""A full stroke's ink, of 255."""
FAINT = 60
"""A worn line's ink: print under a red seal leaves less behind."""
CORE, TALL = 9, 20
"""Pixels: what is as thick as this and as high is a star or an emblem, not a letter."""
HALO = 9
"""Pixels around a star that its own soft edge may fill."""
EDGE = 3
"""Pixels by which what was taken out is widened: the soft edge of print."""
AROUND_STAR = 0.36
"""Radii from the middle that a star reaches (14 of 42 mm across); inner lines stand below it."""
CLEAR = 0.03
"""Radii left free inside the ring's letters, whose feet may reach in."""
LEAST_INK = 60
"""Pixels of a line's ink: of 96 drawn contract seals' lines the faintest had 141, of 240 official seals none had 20."""
LEAST_LENGTH = 0.35
"""Length in radii of what can be seen of a line: two letters."""
BELOW_STAR, HALF_LINE = (0.34, 0.66), 0.5
"""Where a line stands below a star: how far down, and half its length, in radii."""
ROOM = 0.12
"""Radii left free at the ends of a line below a star."""
LEAST_PART = 0.2
"""Share of that place that must be seen, or covered by print, to say anything."""
SOLID_IN_ZONE = 127
"""Ink there that is no blur's and no paper's, of 255."""
LEFT, CROWDED = 0.07, 0.42
"""Shares of ink: more than this beside print is no dirt; more than this where lines of print are is not print alone."""
ENDS = 0.08
"""Radii by which a line's ends reach in between the ring's letters."""
PAD, PAD_ENDS = 5, 16
"""Pixels left above and below a line, and at its ends."""
MIDDLE = 0.2
"""A line nearer to the middle than this has no star above it that says which way is up."""
FILLED = 0.6
"""Share of the letters that a line has room for which must have been read: letters stand apart, and two may be lost."""


@dataclass(frozen=True, slots=True)
class InkLine:
    """A line of ink inside the ring. Lengths in radii; `turn` (radians clockwise on screen) is how far it slopes."""

    length: float
    height: float
    turn: float

    def filled_by(self, text: str) -> bool:
        """Whether a text has about as many letters as fit in side by side, each as wide as it is high."""
        return len(text) >= FILLED * self.length / self.height


def inner_lines(inside: Map) -> list[Map]:
    """Level lines of text in the picture of a seal's inside, cut out at twice the size, the star left aside."""
    without_star = np.where(_star(inside), np.uint8(0), inside)
    solid = (without_star > SOLID).astype(np.uint8)
    rows = solid.sum(axis=1) > 1
    lines = []
    for top, bottom in runs_of(rows, join=3):
        height = (bottom - top) / PIXELS_A_RADIUS
        columns = np.flatnonzero(solid[top:bottom].any(axis=0))
        if (
            LINE_HEIGHT[0] <= height <= LINE_HEIGHT[1]
            and len(columns)
            and columns[-1] - columns[0] > ELONGATED * (bottom - top)
        ):
            part = without_star[max(0, top - PAD) : bottom + PAD, max(0, columns[0] - PAD) : columns[-1] + PAD]
            lines.append(_twice(part))
    return lines[:MOST_LINES]


def ink_line(inside: Map, band: Band, taken: Map | None = None) -> InkLine | None:
    """The ink of a seal's inside that stands there as a line does, whichever way it slopes; None where there is none.

    Below a star, or across the middle where there is no star. A star, an emblem, or dirt is not as long and as low.

    Args:
        inside: The seal's inside, upright.
        band: Its ring of text.
        taken: Where print was taken out of it (255), in the same picture: what is left of print there does not count.
    """
    x, y = _line_points(inside, band, taken)
    if len(x) < LEAST_INK:
        return None
    points = np.stack([x, y], axis=1)
    middle = points.mean(axis=0)
    axes = np.linalg.svd(points - middle, full_matrices=False)[2]
    along = (points - middle) @ axes.T
    length, height = (float(each) for each in np.percentile(along, 97, axis=0) - np.percentile(along, 3, axis=0))
    if length < max(LEAST_LENGTH, ELONGATED * height) or height > LINE_HEIGHT[1] or height == 0:
        return None
    return InkLine(length, height, _upright(math.atan2(axes[0][1], axes[0][0]), float(middle[0]), float(middle[1])))


def may_hold_line(inside: Map, uncleared: Map, taken: Map, band: Band, *, whole_lines: bool) -> bool:
    """Whether ink stands below a star where an inner line does, on a copy where print lies there too.

    Print was taken out of it: what is left is too much for dirt, or what was taken is too much for print alone. On 38
    drawn grey and black-and-white seals 4 in 5 contract seals have so much, official ones 2 in 20.

    Args:
        inside: The seal's inside, upright, without print.
        uncleared: The same before print was taken out.
        taken: Where print was or may be (255).
        band: The ring of text.
        whole_lines: Whether lines were taken out with all that they cover, not their strokes alone.
    """
    step = (np.arange(inside.shape[0]) + 0.5) / PIXELS_A_RADIUS - 1
    x, y = np.meshgrid(step, step)
    zone = (y > BELOW_STAR[0]) & (y < BELOW_STAR[1]) & (np.abs(x) < HALF_LINE) & (np.hypot(x, y) < band.inner)
    covered, free = zone & (taken > 0), zone & (taken == 0)
    if free.sum() >= LEAST_PART * zone.sum() and float((inside[free] > SOLID_IN_ZONE).mean()) >= LEFT:
        return True
    if not whole_lines or covered.sum() < LEAST_PART * zone.sum():
        return False
    return float((uncleared[covered] > SOLID_IN_ZONE).mean()) >= CROWDED


def below_star(inside: Map) -> Map:
    """The place where a line stands below a star, cut out of the seal's inside at twice the size, with some room."""
    top, bottom = (round((1 + reach) * PIXELS_A_RADIUS) for reach in BELOW_STAR)
    left, right = (round((1 + side * (HALF_LINE + ROOM)) * PIXELS_A_RADIUS) for side in (-1, 1))
    return _twice(inside[top - PAD : bottom + PAD, left:right])


def cut_level(level: Map, ring: Ellipse, band: Band, line: InkLine) -> Map:
    """The line of ink turned level and cut out at twice the size, ends and all; its faint strokes made full."""
    x, y = _line_points(upright_inside(level, ring, band), band)
    reaching = upright_inside(level, ring, replace(band, inner=band.inner + ENDS))
    cleared = np.where(_grown(_star(reaching)), np.uint8(0), reaching)
    centre = PIXELS_A_RADIUS - 0.5
    turning = cv2.getRotationMatrix2D((centre, centre), math.degrees(line.turn), 1)
    turned = np.asarray(cv2.warpAffine(cleared, turning, cleared.shape[::-1]), dtype=np.uint8)
    cos, sin = math.cos(line.turn), math.sin(line.turn)
    columns, rows = x * cos + y * sin, y * cos - x * sin
    (left, right), (top, bottom) = (
        np.rint((np.percentile(each, (2, 98)) + 1) * PIXELS_A_RADIUS).astype(int) for each in (columns, rows)
    )
    part = turned[max(0, top - PAD) : bottom + PAD, max(0, left - PAD_ENDS) : right + PAD_ENDS]
    return levelled(_twice(part))


def _line_points(inside: Map, band: Band, taken: Map | None = None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where ink stands inside the ring that is no star: x and y in radii from the middle."""
    step = (np.arange(inside.shape[0]) + 0.5) / PIXELS_A_RADIUS - 1
    x, y = np.meshgrid(step, step)
    star, reach = _star(inside), np.hypot(x, y)
    kept = (inside > FAINT) & ~_grown(star) & (reach < band.inner - CLEAR) & (reach > AROUND_STAR * star.any())
    if taken is not None:
        kept &= cv2.dilate(taken, np.ones((EDGE, EDGE), np.uint8)) == 0
    return x[kept], y[kept]


def _upright(slope: float, x: float, y: float) -> float:
    """The slope of a line about (x, y) with the middle of the seal above it; within a quarter turn if it is there."""
    if math.hypot(x, y) > MIDDLE:
        return slope if y * math.cos(slope) - x * math.sin(slope) > 0 else slope + math.pi
    return math.atan(math.tan(slope))


def _star(inside: Map) -> NDArray[np.bool_]:
    """Where the big solid thing in the middle is: a star, an emblem."""
    solid = (inside > SOLID).astype(np.uint8)
    core = cv2.erode(solid, np.ones((CORE, CORE), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    big = [
        index
        for index in range(1, count)
        if stats[index, cv2.CC_STAT_HEIGHT] > TALL and core[labels == index].any()
    ]  # fmt: skip
    return np.asarray(np.isin(labels, big), dtype=np.bool_)


def _grown(star: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(cv2.dilate(star.astype(np.uint8), np.ones((HALO, HALO), np.uint8)) > 0, dtype=np.bool_)


def _twice(part: Map) -> Map:
    return np.asarray(cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
