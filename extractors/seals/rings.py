"""Rings anywhere in a mask, by correlation with thin circles: in clutter, overlapping, cut, or without colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

SCALE_MM = 1.6
"""Pixels a millimetre of the search picture: a rim of 1 mm is then one or two pixels wide."""
RADII_MM = (13.5, 31.0)
"""Round seals measure 30-58 mm across."""
STEP = 1.04
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
    """Up to `most` rings, best first, that don't share a centre; a rim may be cut by the edge of the mask."""
    factor = SCALE_MM / pixels_per_mm
    small = cv2.resize(mask, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    ink = np.minimum(1.0, small * 2.2)
    margin = math.ceil(RADII_MM[1] * SCALE_MM * 0.5)
    wide = np.asarray(np.pad(ink, margin), dtype=np.float32)
    found = [
        Ring((ring.x - margin) / factor, (ring.y - margin) / factor, ring.radius / factor, ring.score)
        for ring in _peaks(wide, margin, least)
    ]
    chosen: list[Ring] = []
    for ring in sorted(found, key=lambda ring: -ring.score):
        if len(chosen) < most and all(math.hypot(ring.x - o.x, ring.y - o.y) > 0.25 * o.radius for o in chosen):
            chosen.append(ring)
    return tuple(chosen)


def _peaks(ink: NDArray[np.floating[Any]], margin: int, least: float) -> list[Ring]:
    size = cv2.getOptimalDFTSize(ink.shape[0]), cv2.getOptimalDFTSize(ink.shape[1])
    padded = cv2.copyMakeBorder(ink, 0, size[0] - ink.shape[0], 0, size[1] - ink.shape[1], cv2.BORDER_CONSTANT)
    spectrum = cv2.dft(padded)
    rings: list[Ring] = []
    for radius in _radii():
        score = cv2.idft(cv2.mulSpectrums(spectrum, _kernel(radius, size), 0, conjB=True), flags=cv2.DFT_SCALE)
        part = np.asarray(score[: ink.shape[0], : ink.shape[1]], dtype=np.float32)
        if float(part.max()) >= 0.45 * least:
            part = part / _seen(radius, (ink.shape[0], ink.shape[1]), margin)
        rings += _maxima(part, radius, least)
    return rings


def _radii() -> tuple[float, ...]:
    count = math.ceil(math.log(RADII_MM[1] / RADII_MM[0]) / math.log(STEP))
    return tuple(RADII_MM[0] * SCALE_MM * STEP**index for index in range(count + 1))


@lru_cache(maxsize=128)
def _kernel(radius: float, size: tuple[int, int]) -> NDArray[np.floating[Any]]:
    """Spectrum of a ring less its surroundings: filled areas and even grey score nothing."""
    away = np.abs(_distance(size) - radius)
    circle, around = np.clip(1.5 - away, 0, 1), np.clip(1.0 - np.abs(away - 3.4), 0, 1)
    return np.asarray(cv2.dft((circle / circle.sum() - around / around.sum()).astype(np.float32)), dtype=np.float32)


@lru_cache(maxsize=64)
def _seen(radius: float, shape: tuple[int, int], margin: int) -> NDArray[np.floating[Any]]:
    """For every centre the share of its ring that lies on the page, at least 0.45."""
    size = cv2.getOptimalDFTSize(shape[0]), cv2.getOptimalDFTSize(shape[1])
    page = np.zeros(size, dtype=np.float32)
    page[margin : shape[0] - margin, margin : shape[1] - margin] = 1.0
    circle = np.clip(1.5 - np.abs(_distance(size) - radius), 0, 1).astype(np.float32)
    product = cv2.mulSpectrums(cv2.dft(page), cv2.dft(circle / circle.sum()), 0, conjB=True)
    seen = np.asarray(cv2.idft(product, flags=cv2.DFT_SCALE), dtype=np.float32)
    return np.maximum(seen[: shape[0], : shape[1]], 0.45)


def _distance(size: tuple[int, int]) -> NDArray[np.float64]:
    """Distance of every pixel from the first one, around the borders."""
    y, x = np.mgrid[0 : size[0], 0 : size[1]].astype(np.float64)
    return np.asarray(np.hypot(np.minimum(x, size[1] - x), np.minimum(y, size[0] - y)))


def _maxima(score: NDArray[np.floating[Any]], radius: float, least: float) -> list[Ring]:
    if float(score.max()) < least:
        return []
    peak = (score >= least) & (score >= cv2.dilate(score, np.ones((9, 9), np.uint8)))
    rows, columns = np.nonzero(peak)
    return [
        Ring(float(x) + 0.5, float(y) + 0.5, radius, float(score[y, x])) for y, x in zip(rows, columns, strict=True)
    ]
