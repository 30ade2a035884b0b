"""Ink on a page: an impression is multiplied into the picture, so print shows through it."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.stamping.ink import Impression

Box = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels; the last two outside."""
VISIBLE = 40
"""Alpha above which ink counts for the box."""


def stamp(
    page: NDArray[np.uint8],
    impression: Impression,
    x_px: float,
    y_px: float,
    angle_deg: float,
    strength: float,
    rng: np.random.Generator,
) -> tuple[NDArray[np.uint8], Box]:
    """Stamp an impression with its centre at (x, y), turned clockwise; it may reach over the page's edge.

    Args:
        page: BGR page; not changed.
        impression: RGBA ink.
        x_px: Centre, pixels from the left.
        y_px: Centre, pixels from the top.
        angle_deg: Degrees clockwise.
        strength: 1 as drawn, less for faint ink.
        rng: Lets the pressure tip to one side.

    Returns:
        The stamped copy and the box of the ink on the page (empty, (0, 0, 0, 0), when all of it is outside).
    """
    ink = turned(impression, angle_deg)
    alpha = ink[..., 3].astype(np.float32) / 255 * strength * _tilt(ink.shape, rng)
    top, left = round(y_px - ink.shape[0] / 2), round(x_px - ink.shape[1] / 2)
    return multiplied(page, ink[..., :3], alpha, left, top)


def turned(impression: Impression, angle_deg: float) -> Impression:
    """The impression turned clockwise on a canvas that holds all of it."""
    if angle_deg == 0:
        return impression
    height, width = impression.shape[:2]
    turn = math.radians(angle_deg)
    wide = math.ceil(abs(width * math.cos(turn)) + abs(height * math.sin(turn)))
    tall = math.ceil(abs(width * math.sin(turn)) + abs(height * math.cos(turn)))
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), -angle_deg, 1.0), dtype=np.float64)
    matrix[:, 2] += ((wide - width) / 2, (tall - height) / 2)
    alpha = cv2.warpAffine(impression[..., 3], matrix, (wide, tall), flags=cv2.INTER_CUBIC)
    colour = cv2.warpAffine(impression[..., :3], matrix, (wide, tall), borderMode=cv2.BORDER_REPLICATE)
    return np.dstack([colour, alpha]).astype(np.uint8)


def _tilt(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.floating[Any]]:
    """Pressure leaning to one side: 1 in the middle, up to a quarter less at one edge."""
    lean, angle = rng.uniform(0, 0.25), rng.uniform(0, 2 * math.pi)
    y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    pressure = np.clip(1 - lean * np.maximum(0, x * math.cos(angle) + y * math.sin(angle)), 0.5, 1.0)
    return np.asarray(pressure, dtype=np.float32)


def multiplied(
    page: NDArray[np.uint8], colour: NDArray[np.uint8], alpha: NDArray[np.floating[Any]], left: int, top: int
) -> tuple[NDArray[np.uint8], Box]:
    """The page with ink (`colour` RGB, coverage `alpha` 0-1) multiplied in at (left, top), and the ink's box."""
    height, width = page.shape[:2]
    y0, x0 = max(0, top), max(0, left)
    y1, x1 = min(height, top + alpha.shape[0]), min(width, left + alpha.shape[1])
    stamped = page.copy()
    if y0 >= y1 or x0 >= x1:
        return stamped, (0, 0, 0, 0)
    seen = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
    part = alpha[seen][..., None]
    light = 1 - part * (1 - colour[seen][..., ::-1].astype(np.float32) / 255)
    stamped[y0:y1, x0:x1] = np.clip(stamped[y0:y1, x0:x1] * light, 0, 255).astype(np.uint8)
    return stamped, _box(part[..., 0] * 255 > VISIBLE, x0, y0)


def _box(ink: NDArray[np.bool_], left: int, top: int) -> Box:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return 0, 0, 0, 0
    return (
        left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1,
    )  # fmt: skip
