"""Outlines of seals: ellipses and rectangles fitted to ink, and how much of the outline the ink bears out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

DIRECTIONS = 180
"""Rays from the middle on which the outermost ink is looked for: every 2 degrees."""
TRIALS = 60
"""Five rays drawn at random are all good in one of sixty trials even when half of the outline is missing."""
NEAR = 0.04
"""Ink this close to the outline (of the radius) is on it: a rim is 2-6 % of the radius wide."""
FLATTEST = 0.5
"""No seal's short axis is less than half of its long one (30 x 45 mm is the flattest in use)."""


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Centre, half axes (`a` along `angle`, radians clockwise from the x axis), in pixels."""

    x: float
    y: float
    a: float
    b: float
    angle: float

    @property
    def ratio(self) -> float:
        """Short axis through long axis."""
        return min(self.a, self.b) / max(self.a, self.b)

    @property
    def radius(self) -> float:
        """Mean radius."""
        return math.sqrt(self.a * self.b)

    def scaled(self, factor: float) -> Ellipse:
        """The same outline in a picture scaled by `factor`."""
        return Ellipse(self.x * factor, self.y * factor, self.a * factor, self.b * factor, self.angle)

    def moved(self, dx: float, dy: float) -> Ellipse:
        """The same outline, shifted."""
        return Ellipse(self.x + dx, self.y + dy, self.a, self.b, self.angle)

    def box(self) -> tuple[float, float, float, float]:
        """The upright box around it: x0, y0, x1, y1."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        half_width, half_height = math.hypot(self.a * cos, self.b * sin), math.hypot(self.a * sin, self.b * cos)
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height

    def relative(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far points (n, 2) lie from the centre, 1 on the outline."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        dx, dy = points[:, 0] - self.x, points[:, 1] - self.y
        return np.asarray(np.hypot((dx * cos + dy * sin) / self.a, (dy * cos - dx * sin) / self.b))

    def points(self, turns: NDArray[np.float64], reach: float | NDArray[np.float64] = 1.0) -> NDArray[np.float64]:
        """Points (n, 2) at the ellipse's parameter `turns` (radians), `reach` times as far out as the outline."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        u, v = self.a * np.cos(turns) * reach, self.b * np.sin(turns) * reach
        return np.column_stack([self.x + u * cos - v * sin, self.y + u * sin + v * cos])


def outermost(mask: NDArray[np.uint8], center: tuple[float, float], reach: float) -> NDArray[np.float64]:
    """The outermost ink on each ray from a centre, as points (n, 2); rays without ink give none."""
    steps = max(8, math.ceil(reach))
    turns = np.arange(DIRECTIONS) * (2 * math.pi / DIRECTIONS)
    radii = np.linspace(0.1 * reach, reach, steps)
    x = np.rint(center[0] + np.outer(np.cos(turns), radii)).astype(int)
    y = np.rint(center[1] + np.outer(np.sin(turns), radii)).astype(int)
    inside = (x >= 0) & (y >= 0) & (x < mask.shape[1]) & (y < mask.shape[0])
    hit = np.zeros(x.shape, dtype=bool)
    hit[inside] = mask[y[inside], x[inside]] > 0
    last = steps - 1 - hit[:, ::-1].argmax(axis=1)
    found = hit.any(axis=1)
    rays = np.flatnonzero(found)
    return np.column_stack([x[rays, last[rays]], y[rays, last[rays]]]).astype(np.float64)


def fit_ellipse(points: NDArray[np.float64], seed: int = 7) -> Ellipse | None:
    """The ellipse most points agree on, by random trials of five; None where none is plausible."""
    if len(points) < 12:
        return None
    rng = np.random.default_rng(seed)
    best, best_count = None, 0
    for _ in range(TRIALS):
        chosen = points[rng.choice(len(points), 6, replace=False)]
        candidate = _direct(chosen)
        if candidate is None:
            continue
        count = int((np.abs(candidate.relative(points) - 1) < NEAR).sum())
        if count > best_count:
            best, best_count = candidate, count
    if best is None or best_count < 10:
        return None
    refined = _direct(points[np.abs(best.relative(points) - 1) < NEAR])
    return refined or best


def _direct(points: NDArray[np.float64]) -> Ellipse | None:
    (x, y), (width, height), degrees = cv2.fitEllipseDirect(points.astype(np.float32))
    a, b = width / 2, height / 2
    if not all(map(math.isfinite, (x, y, a, b))) or min(a, b) < 4 or min(a, b) / max(a, b) < FLATTEST:
        return None
    if max(a, b) > 4 * float(np.ptp(points, axis=0).max()):
        return None
    return Ellipse(x, y, a, b, math.radians(degrees))


def near_rim(size: tuple[int, ...], ellipse: Ellipse, inner: float, outer: float) -> NDArray[np.uint8]:
    """A mask of a size (height, width): 255 between two relative radii of an outline."""
    zone = np.zeros(size[:2], np.uint8)
    center, degrees = (round(ellipse.x), round(ellipse.y)), math.degrees(ellipse.angle)
    for reach, value in ((outer, 255), (inner, 0)):
        axes = round(reach * ellipse.a), round(reach * ellipse.b)
        cv2.ellipse(zone, center, axes, degrees, 0, 360, (value,), -1)
    return zone


def ring_support(mask: NDArray[np.uint8], ellipse: Ellipse, near: float = NEAR) -> tuple[float, float]:
    """How much of the outline bears ink, and how much of it lies inside the picture; both 0-1."""
    turns = np.asarray(np.arange(360) * (math.pi / 180), dtype=np.float64)
    steps = np.linspace(1 - 1.6 * near, 1 + near, 7)
    hit = np.zeros(360, dtype=bool)
    seen = np.zeros(360, dtype=bool)
    for step in steps:
        points = np.rint(ellipse.points(turns, float(step))).astype(int)
        inside = (points >= 0).all(axis=1) & (points[:, 0] < mask.shape[1]) & (points[:, 1] < mask.shape[0])
        seen |= inside
        hit[inside] |= mask[points[inside, 1], points[inside, 0]] > 0
    visible = float(seen.mean())
    return (float(hit[seen].mean()) if visible > 0 else 0.0), visible


def fill(mask: NDArray[np.uint8], ellipse: Ellipse, inner: float = 0.0, outer: float = 1.0) -> float:
    """Share of the area between two relative radii that is ink."""
    x0, y0, x1, y1 = ellipse.box()
    left, top = max(0, int(x0)), max(0, int(y0))
    part = mask[top : int(y1) + 1, left : int(x1) + 1]
    if part.size == 0:
        return 0.0
    rows, columns = np.mgrid[0 : part.shape[0], 0 : part.shape[1]]
    points = np.column_stack([columns.ravel() + left, rows.ravel() + top]).astype(np.float64)
    reach = ellipse.relative(points).reshape(part.shape)
    zone = (reach >= inner) & (reach <= outer)
    return float((part[zone] > 0).mean()) if zone.any() else 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A turned rectangle: centre, sides, angle in degrees clockwise in -45..45, in pixels."""

    x: float
    y: float
    width: float
    height: float
    degrees: float

    def corners(self) -> NDArray[np.float32]:
        """Top left, top right, bottom right, bottom left, as (4, 2)."""
        turn = math.radians(self.degrees)
        u = np.array([math.cos(turn), math.sin(turn)]) * self.width / 2
        v = np.array([-math.sin(turn), math.cos(turn)]) * self.height / 2
        middle = np.array([self.x, self.y])
        return np.array([middle - u - v, middle + u - v, middle + u + v, middle - u + v], dtype=np.float32)

    def scaled(self, factor: float) -> Box:
        """The same outline in a picture scaled by `factor`."""
        return Box(self.x * factor, self.y * factor, self.width * factor, self.height * factor, self.degrees)

    def moved(self, dx: float, dy: float) -> Box:
        """The same outline, shifted."""
        return Box(self.x + dx, self.y + dy, self.width, self.height, self.degrees)

    def box(self) -> tuple[float, float, float, float]:
        """The upright box around it: x0, y0, x1, y1."""
        corners = self.corners()
        low, high = corners.min(axis=0), corners.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def fit_box(points: NDArray[np.float64]) -> Box:
    """The smallest rectangle around points (n, 2), its angle nearest to upright."""
    (x, y), (width, height), degrees = cv2.minAreaRect(points.astype(np.float32))
    while degrees > 45:
        degrees, width, height = degrees - 90, height, width
    while degrees < -45:
        degrees, width, height = degrees + 90, height, width
    return Box(float(x), float(y), float(width), float(height), float(degrees))


def straightened(picture: NDArray[np.uint8], box: Box, margin: float = 0.0) -> NDArray[np.uint8]:
    """What stands in the rectangle, upright; `margin` is cut off (or, below 0, added) on every side, of its side."""
    width, height = max(4, round(box.width)), max(4, round(box.height))
    dx, dy = margin * width, margin * height
    target = np.array([[-dx, -dy], [width - dx, -dy], [width - dx, height - dy], [-dx, height - dy]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(box.corners(), target)
    size = max(2, round(width - 2 * dx)), max(2, round(height - 2 * dy))
    return np.asarray(cv2.warpPerspective(picture, matrix, size, borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8)


def side_support(mask: NDArray[np.uint8], box: Box) -> tuple[float, ...]:
    """For each side (top, right, bottom, left) the share of it along which there is ink close by."""
    upright = straightened(mask, box) > 127
    band = max(2, round(0.1 * min(upright.shape)))
    return (
        float(upright[:band].any(axis=0).mean()),
        float(upright[:, -band:].any(axis=1).mean()),
        float(upright[-band:].any(axis=0).mean()),
        float(upright[:, :band].any(axis=1).mean()),
    )
