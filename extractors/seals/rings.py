"""Rings anywhere in a mask, by correlation with thin circles: for clutter, overlaps, cut seals and copies without colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

SCALE_MM = 1.6
"""Pixels a millimetre of the search picture: a rim of 1 mm is then one or two pixels wide."""
RADII_MM = (13.5, 31.0)
"""Round seals measure 30-58 mm across."""
STEP = 1.03
"""From one radius to the next: half of a ring's own tolerance."""
LEAST = 0.33
"""Correlation of a ring with half of its rim missing; text and tables stay below 0.25."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle found, in pixels of the mask; `score` 0-1."""

    x: float
    y: float
    radius: float
    score: float


def find_rings(mask: NDArray[np.uint8], pixels_per_mm: float, most: int = 6, least: float = LEAST) -> tuple[Ring, ...]:
    """Up to `most` rings, best first, that don't share a centre. The mask may have any scale; the rim may be cut by its edge."""
    factor = SCALE_MM / pixels_per_mm
    small = cv2.resize(mask, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    ink = np.minimum(1.0, small * 2.2)
    margin = math.ceil(RADII_MM[1] * SCALE_MM * 0.5)
    found = [
        Ring((r.x - margin) / factor, (r.y - margin) / factor, r.radius / factor, r.score)
        for r in _peaks(cv2.copyMakeBorder(ink, margin, margin, margin, margin, cv2.BORDER_CONSTANT), margin, least)
    ]
    chosen: list[Ring] = []
    for ring in sorted(found, key=lambda ring: -ring.score):
        if len(chosen) < most and all(math.hypot(ring.x - o.x, ring.y - o.y) > 0.25 * o.radius for o in chosen):
            chosen.append(ring)
    return tuple(chosen)


def _peaks(ink: NDArray[np.float32], margin: int, least: float) -> list[Ring]:
    size = cv2.getOptimalDFTSize(ink.shape[0]), cv2.getOptimalDFTSize(ink.shape[1])
    padded = cv2.copyMakeBorder(ink, 0, size[0] - ink.shape[0], 0, size[1] - ink.shape[1], cv2.BORDER_CONSTANT)
    spectrum = cv2.dft(padded)
    page = np.zeros_like(padded)
    page[margin : ink.shape[0] - margin, margin : ink.shape[1] - margin] = 1.0
    on_page = cv2.dft(page)
    rings: list[Ring] = []
    for radius in _radii():
        kernel, circle = _kernels(radius, size)
        score = cv2.idft(cv2.mulSpectrums(spectrum, kernel, 0, conjB=True), flags=cv2.DFT_SCALE)
        seen = cv2.idft(cv2.mulSpectrums(on_page, circle, 0, conjB=True), flags=cv2.DFT_SCALE)
        rings += _maxima(score / np.maximum(seen, 0.45), ink.shape, radius, least)
    return rings


def _radii() -> tuple[float, ...]:
    count = math.ceil(math.log(RADII_MM[1] / RADII_MM[0]) / math.log(STEP))
    return tuple(RADII_MM[0] * SCALE_MM * STEP**index for index in range(count + 1))


@lru_cache(maxsize=128)
def _kernels(radius: float, size: tuple[int, int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Spectra of a ring less its surroundings (so that filled areas and even grey score nothing), and of the ring alone."""
    y, x = np.mgrid[0 : size[0], 0 : size[1]].astype(np.float32)
    y, x = np.minimum(y, size[0] - y), np.minimum(x, size[1] - x)
    away = np.abs(np.hypot(x, y) - radius)
    circle = np.clip(1.5 - away, 0, 1)
    around = np.clip(1.0 - np.abs(away - 3.4), 0, 1)
    circle /= circle.sum()
    around /= around.sum()
    return cv2.dft(circle - around), cv2.dft(circle)


def _maxima(score: NDArray[np.float32], shape: tuple[int, ...], radius: float, least: float) -> list[Ring]:
    part = score[: shape[0], : shape[1]]
    peak = (part >= least) & (part >= cv2.dilate(part, np.ones((9, 9), np.uint8)))
    rows, columns = np.nonzero(peak)
    return [Ring(float(x) + 0.5, float(y) + 0.5, radius, float(part[y, x])) for y, x in zip(rows, columns, strict=True)]
