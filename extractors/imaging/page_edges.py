"""A photographed page's sides laid where its paper ends: a shadow over a corner hides that from its brightness."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import Picture, Quad

Points = NDArray[np.float64]

PROFILES = 64
"""Places along a side at which its edge is looked for,"""
ENDS = 0.04
"""none of them nearer to a corner than this share of the side."""
INWARD, OUTWARD = 0.02, 0.09
"""How far inside and outside the side is looked, in long sides of the picture."""
SLACK = 0.0025
"""How far, in long sides, an edge may lie off the line through most of them: paper bends."""
BENT, INMOST = 3.0, 4.0
"""Edges up to so many slacks off the line are the same side's, bent; it is laid inside of all but this percentage of
them, so that nothing of what lies under the paper is left on the flat page."""
AGREEING = 0.55
"""Share of the places whose edges lie on one line, at least, for a side to be moved there."""
CLEARER = 1.1
"""The edge there is so much sharper than along the side as it was, at least."""
NEAR: Points = np.arange(-3.0, 4.0, dtype=np.float64)
"""Pixels about a side among which its own edge lies."""


def on_edges(quad: Quad, picture: Picture) -> Quad:
    """The quad with every side moved to the sharpest straight edge near it; a side without one stays.

    Args:
        quad: Corners in pixels of the picture, clockwise from the top left.
        picture: BGR, small: its grain is smoothed by no more than three pixels.
    """
    steps = _steps(picture)
    sides = [_side(quad[index], quad[(index + 1) % 4], steps) for index in range(4)]
    corners = [crossing(sides[index - 1], sides[index]) for index in range(4)]
    if any(corner is None for corner in corners):
        return quad
    return np.asarray(corners, dtype=np.float32)


def weakest_side(quad: Quad, picture: Picture) -> float:
    """How much the picture changes across the side of a quad where it changes least: hardly at all in a shadow's rim.

    Args:
        quad: Corners in pixels of the picture, clockwise from the top left.
        picture: As for `on_edges`.

    Returns:
        Steps of lightness and colour (Lab, of 255) a pixel; 0 for a side outside of the picture.
    """
    return min(side_edges(quad, picture))


def side_edges(quad: Quad, picture: Picture) -> tuple[float, ...]:
    """The same of every side: top, right, bottom, left."""
    steps = _steps(picture)
    return tuple(_side_sharpness(quad[index], quad[(index + 1) % 4], steps) for index in range(4))


def _side_sharpness(
    start: NDArray[np.float32], end: NDArray[np.float32], steps: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> float:
    shares = np.linspace(ENDS, 1 - ENDS, PROFILES)
    points, outward = _profiles(start, end, shares, NEAR)
    return _along(_sharpness(points, outward, steps), NEAR, (0.0, 0.0), shares)


def _profiles(
    start: NDArray[np.float32], end: NDArray[np.float32], shares: Points, reach: Points
) -> tuple[Points, Points]:
    """Points across a side at `shares` of it, `reach` pixels out of it, and the unit vector outward."""
    along = (end - start).astype(np.float64)
    outward = np.array([along[1], -along[0]]) / max(1e-6, float(np.hypot(*along)))
    return np.asarray(start + shares[:, None, None] * along + reach[None, :, None] * outward, np.float64), outward


def _steps(picture: Picture) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How much lightness and colour change a pixel, across and down: (H, W, 3) each."""
    levels = cv2.cvtColor(cv2.GaussianBlur(picture, (0, 0), 1.2), cv2.COLOR_BGR2Lab).astype(np.float32)
    across, down = cv2.Scharr(levels, cv2.CV_32F, 1, 0), cv2.Scharr(levels, cv2.CV_32F, 0, 1)
    return np.asarray(across / 32, np.float32), np.asarray(down / 32, np.float32)


def _side(
    start: NDArray[np.float32], end: NDArray[np.float32], steps: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> tuple[Points, Points]:
    """Two points of the line that a side lies on: the edge near it, or itself."""
    long = max(steps[0].shape[:2])
    reach = np.arange(-round(INWARD * long), round(OUTWARD * long) + 1, dtype=np.float64)
    shares = np.linspace(ENDS, 1 - ENDS, PROFILES)
    points, outward = _profiles(start, end, shares, reach)
    sharp = _sharpness(points, outward, steps)
    peaks = reach[sharp.argmax(axis=1)]
    line = _line(shares, peaks, SLACK * long)
    if line is None or _along(sharp, reach, line, shares) < CLEARER * _along(sharp, reach, (0.0, 0.0), shares):
        line = (0.0, 0.0)
    offset, slope = line
    return start + offset * outward, end + (offset + slope) * outward


def _sharpness(
    points: Points, outward: Points, steps: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """How much the picture changes outward at each point; 0 outside of it."""
    x, y = points[..., 0].astype(np.float32), points[..., 1].astype(np.float32)
    across, down = (cv2.remap(step, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT) for step in steps)
    return np.asarray(np.linalg.norm(across * outward[0] + down * outward[1], axis=-1), np.float32)


def _line(shares: Points, peaks: Points, slack: float) -> tuple[float, float] | None:
    """Offset and slope of the line that most peaks lie on, a pixel inside of it; None where too few agree."""
    first, second = np.triu_indices(len(shares), len(shares) // 4)
    slopes = (peaks[second] - peaks[first]) / (shares[second] - shares[first])
    offsets = peaks[first] - slopes * shares[first]
    near = np.abs(offsets[:, None] + slopes[:, None] * shares - peaks) <= slack
    best = near[near.sum(axis=1).argmax()]
    if best.mean() < AGREEING:
        return None
    slope, offset = np.polyfit(shares[best], peaks[best], 1)
    off = peaks - (offset + slope * shares)
    inmost = np.percentile(off[np.abs(off) <= BENT * slack], INMOST)
    return float(offset + min(0.0, inmost) - 1), float(slope)


def _along(sharp: NDArray[np.float32], reach: Points, line: tuple[float, float], shares: Points) -> float:
    """Median sharpness along a line, the sharpest within two pixels of it."""
    columns = np.rint(line[0] + line[1] * shares - reach[0]).astype(int)
    near = columns[:, None] + np.arange(-2, 3)
    inside = np.clip(near, 0, sharp.shape[1] - 1)
    return float(np.median(np.take_along_axis(sharp, inside, axis=1).max(axis=1)))


def crossing(one: tuple[Points, Points], other: tuple[Points, Points]) -> Points | None:
    """Where two lines cross; None where they are parallel."""
    (a, b), (c, d) = one, other
    matrix = np.column_stack([b - a, c - d])
    if abs(np.linalg.det(matrix)) < 1e-6:
        return None
    share = np.linalg.solve(matrix, c - a)[0]
    return np.asarray(a + share * (b - a), np.float64)
