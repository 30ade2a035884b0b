"""Print across a seal, told by where the page's lines lie: on a black-and-white copy nothing else tells it."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import Quad
from extractors.seals.outline import Ellipse

Map = NDArray[np.uint8]

LEVEL = 6.0
"""Degrees by which a line of print leans at most on a straightened page."""
LONG = 1.6
"""A line of print is so much wider than high, at least: shorter ones may be letters of the ring."""
TALLEST = 0.42
"""Height, in radii, that no line of print through a seal passes: more is an arc of the ring's own letters."""
OUTSIDE = 0.15
"""Share of a crossing line's box that lies outside the rim, at least."""
CORE = 0.62
"""Relative radius within which the middle of a line lies that starts and ends inside the seal,"""
LETTERS = 0.58
"""and from which on it lies across the ring's letters."""
ENDING = (0.6, 1.3)
"""Relative radii between which a line ends that may go on under the seal."""
GROWN = 0.08
"""How far a line's ink reaches over its box, in heights of it."""


def print_across(quads: Sequence[Quad], ring: Ellipse, size: tuple[int, int]) -> Map:
    """Where lines of print cross a seal: 255 there, 0 elsewhere.

    Args:
        quads: Lines of the page, in the crop's pixels.
        ring: The seal's outline, in the crop's pixels.
        size: Height and width of the crop.
    """
    covered = np.zeros(size, np.uint8)
    for quad in quads:
        if _is_level_line(quad, ring):
            _cover(covered, quad, ring)
    return covered


def print_going_on(quads: Sequence[Quad], ring: Ellipse, size: tuple[int, int]) -> Map:
    """Where lines of print that end at a seal's rim may go on under it, unfound there: 255 there, 0 elsewhere.

    Args and shapes are those of `print_across`.
    """
    row = np.zeros(size, np.uint8)
    for quad in quads:
        if _is_level_line(quad, ring) and _ends_at(quad, ring):
            middle = float(quad[:, 1].mean())
            half = (0.5 + GROWN) * float(np.hypot(*(quad[3] - quad[0])))
            row[max(0, round(middle - half)) : max(0, round(middle + half))] = 255
    return row


def _ends_at(quad: Quad, ring: Ellipse) -> bool:
    """Whether a line lies to one side of a seal, and its near end is close to the rim or just inside."""
    left, right = float(quad[:, 0].min()), float(quad[:, 0].max())
    near = right if right - ring.x < ring.x - left else left
    end = np.array([[near, float(quad[:, 1].mean())]])
    beside = max(ring.x - left, right - ring.x) > ring.radius
    return beside and ENDING[0] < float(ring.relative(end)[0]) < ENDING[1]


def _is_level_line(quad: Quad, ring: Ellipse) -> bool:
    along, down = quad[1] - quad[0], quad[3] - quad[0]
    width, height = float(np.hypot(*along)), float(np.hypot(*down))
    lean = abs(float(np.degrees(np.arctan2(along[1], along[0]))))
    return width >= LONG * height and height <= TALLEST * ring.radius and lean <= LEVEL


def _cover(covered: Map, quad: Quad, ring: Ellipse) -> None:
    """Mark a line that crosses the rim, or the ends of one that lies across the letters inside it."""
    drawn = _drawn(quad, covered.shape)
    reach = _relative(ring, covered.shape)
    there = reach[drawn > 0]
    if not there.size or float(there.min()) >= 1:
        return
    area = cv2.contourArea(quad)
    within = float((there < 1).sum()) / max(area, 1.0)
    if within <= 1 - OUTSIDE:
        covered |= drawn
    elif float(ring.relative(quad.mean(axis=0, keepdims=True).astype(np.float64))[0]) < CORE:
        covered |= np.where(reach > LETTERS, drawn, np.uint8(0))


def _drawn(quad: Quad, size: tuple[int, ...]) -> Map:
    middle = quad.mean(axis=0)
    height = float(np.hypot(*(quad[3] - quad[0])))
    outward = np.sign(quad - middle) * GROWN * height
    drawn = np.zeros(size[:2], np.uint8)
    cv2.fillConvexPoly(drawn, np.rint(quad + outward).astype(np.int32), (255,))
    return drawn


def _relative(ring: Ellipse, size: tuple[int, ...]) -> NDArray[np.float64]:
    rows, columns = np.mgrid[: size[0], : size[1]]
    points = np.column_stack([columns.ravel(), rows.ravel()]).astype(np.float64)
    return ring.relative(points).reshape(size[0], size[1])
