"""Handwriting: a name in a distorted script face or as free strokes, and ticks."""

from __future__ import annotations

import math
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.stamping.ink import Impression
from samples.stamping.lettering import Mask, glyph
from samples.stamping.seal import MM_PER_INCH

PENS = {"black": (28, 28, 32), "blue": (28, 44, 128), "blue-black": (26, 30, 72)}

FLATTEST = 2.0
"""A character may be drawn so much higher than its face has it: 一 stays a stroke."""


def draw_signature(
    name: str,
    dpi: float,
    rng: np.random.Generator,
    *,
    style: Literal["script", "freehand"] | None = None,
    height_mm: float = 9.0,
    pen: str | None = None,
) -> Impression:
    """A name written by hand, as RGBA; half of them free strokes that no one could read, unless `style` says."""
    style = style or ("script" if rng.random() < 0.5 else "freehand")
    scale = dpi / MM_PER_INCH
    size = height_mm * scale * rng.uniform(0.8, 1.25)
    drawn = _script(name, size, scale, rng) if style == "script" else _freehand(len(name), size, scale, rng)
    return _penned(_cut(_elastic(drawn, size, rng)), pen or str(rng.choice(sorted(PENS))), rng)


def draw_tick(rng: np.random.Generator, dpi: float = 200.0, *, size_mm: float = 4.0) -> Impression:
    """A hand-made tick mark, as RGBA."""
    size = size_mm * dpi / MM_PER_INCH * rng.uniform(0.8, 1.3)
    canvas = np.zeros((math.ceil(size * 2), math.ceil(size * 2)), dtype=np.uint8)
    points = np.array([[0.45, 1.0], [0.75, 1.35], [0.85, 1.45], [1.15, 0.9], [1.6, 0.4]]) * size
    points += rng.normal(0, 0.06 * size, points.shape)
    _stroke(canvas, points, max(1.0, dpi / MM_PER_INCH * 0.35), rng)
    return _penned(_cut(canvas), str(rng.choice(sorted(PENS))), rng)


def _script(name: str, size: float, scale: float, rng: np.random.Generator) -> Mask:
    face = str(rng.choice(["script", "brush"]))
    canvas = np.zeros((math.ceil(size * 2.2), math.ceil(size * (len(name) + 2))), dtype=np.uint8)
    x = size
    for character in name:
        ink = glyph(character, face, tight=True)
        tall = size * rng.uniform(0.8, 1.15)
        wide = min(tall * ink.shape[1] / ink.shape[0], tall * 1.3)
        tall = min(tall, FLATTEST * wide * ink.shape[0] / ink.shape[1])
        slant, turn = rng.normal(-0.15, 0.1), rng.normal(0, 0.07)
        linear = np.array([[math.cos(turn), slant], [math.sin(turn), math.cos(turn)]]) @ np.diag(
            [wide / ink.shape[1], tall / ink.shape[0]]
        )
        middle = np.array([x + wide / 2, size * 1.1 + rng.normal(0, 0.07 * size)])
        offset = middle - linear @ np.array([ink.shape[1] / 2, ink.shape[0] / 2])
        placed = cv2.warpAffine(ink, np.column_stack([linear, offset]), (canvas.shape[1], canvas.shape[0]))
        np.maximum(canvas, placed, out=canvas)
        x += wide * rng.uniform(0.8, 1.0)
    thin = cv2.erode(canvas, np.ones((3, 3), np.uint8)) if rng.random() < 0.3 and scale > 7 else canvas
    return np.asarray(thin, dtype=np.uint8)


def _freehand(count: int, size: float, scale: float, rng: np.random.Generator) -> Mask:
    """Two to five joined strokes a character, smooth and fast, as people sign."""
    canvas = np.zeros((math.ceil(size * 2.4), math.ceil(size * (count + 2))), dtype=np.uint8)
    for index in range(count):
        middle = np.array([size * (1.2 + 0.85 * index), size * 1.2])
        for _ in range(int(rng.integers(2, 6))):
            points = middle + rng.normal(0, 1, (int(rng.integers(3, 7)), 2)) * (0.3 * size, 0.27 * size)
            _stroke(canvas, points, scale * rng.uniform(0.25, 0.5), rng)
    sweep = np.array([[1.0, 1.5], [0.9 + 0.4 * count, 1.1], [1.4 + 0.85 * count, 0.9]]) * size
    _stroke(canvas, sweep + rng.normal(0, 0.12 * size, sweep.shape), scale * 0.3, rng)
    return canvas


def _stroke(canvas: Mask, points: NDArray[np.float64], width: float, rng: np.random.Generator) -> None:
    """A smooth line through the points, thinner where the pen is fast."""
    path = _spline(points)
    speed = np.hypot(*np.diff(path, axis=0).T)
    fast = speed / (speed.max() + 1e-6)
    breath = rng.uniform(0.75, 1.2)
    for start, end, rate in zip(path[:-1], path[1:], fast, strict=True):
        thickness = max(1, round(float(width * breath * (1.35 - 0.7 * rate))))
        cv2.line(canvas, _pixel(start), _pixel(end), (255,), thickness, cv2.LINE_AA)


def _pixel(point: NDArray[np.float64]) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))


def _spline(points: NDArray[np.float64], steps: int = 16) -> NDArray[np.float64]:
    """Catmull-Rom through the points, shape (n, 2)."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True)
    ]
    return np.vstack([*pieces, points[-1:]])


def _elastic(mask: Mask, size: float, rng: np.random.Generator) -> Mask:
    """Shift every pixel by a smooth field, so that no two of a character are alike."""
    rows, columns = mask.shape
    shifts = []
    for _ in range(2):
        coarse = rng.normal(0, 0.05 * size, (max(3, round(rows / size * 4)), max(3, round(columns / size * 4))))
        shifts.append(cv2.resize(coarse.astype(np.float32), (columns, rows), interpolation=cv2.INTER_CUBIC))
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    return np.asarray(cv2.remap(mask, x + shifts[0], y + shifts[1], cv2.INTER_LINEAR), dtype=np.uint8)


def _cut(mask: Mask) -> Mask:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if rows.size else mask


def _penned(mask: Mask, pen: str, rng: np.random.Generator) -> Impression:
    tone = np.clip(np.array(PENS[pen]) + rng.normal(0, 4, 3), 0, 255)
    grain = rng.normal(0.93, 0.05, mask.shape)
    alpha = np.clip(mask * np.clip(grain, 0.6, 1.0), 0, 255)
    return np.dstack([np.broadcast_to(tone, (*mask.shape, 3)), alpha]).astype(np.uint8)
