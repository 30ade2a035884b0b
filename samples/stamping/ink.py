"""How ink comes out of a stamp: colour, pressure, patches, spread."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Impression = NDArray[np.uint8]
"""RGBA picture of ink: height x width x 4."""

INKS = {
    "red": ((205, 24, 34), (176, 20, 48), (222, 52, 32), (230, 40, 60)),
    "blue": ((32, 52, 172), (40, 70, 190), (24, 40, 130)),
}
"""RGB of common pads: scarlet, crimson, orange-red, pinkish; blues."""


GAIN = (1.0, 1.9)
"""How much the soft edges of a stroke fill with ink: 1 as cut, 1.9 a wet pad, whose thin letters print like the rim."""


def inked(
    mask: NDArray[np.uint8], colour: str, pixels_per_mm: float, rng: np.random.Generator, wear: float
) -> Impression:
    """Turn coverage into an impression: pressure changes over centimetres, patches over mm, grain over tenths."""
    pressure = _field(mask.shape, 12 * pixels_per_mm, rng)
    patches = _field(mask.shape, 1.8 * pixels_per_mm, rng)
    grain = _field(mask.shape, 0.18 * pixels_per_mm, rng)
    density = 0.9 - wear * (0.12 * np.abs(pressure) + 0.10 * np.maximum(patches, 0) + 0.10 * np.maximum(grain, 0))
    density -= 0.5 * (patches + 0.8 * pressure > 3.4 - wear)  # where no ink came off at all
    alpha = np.clip(_swollen(mask, pixels_per_mm, rng) * np.clip(density, 0.05, 1.0), 0, 255)
    base = np.array(INKS[colour][int(rng.integers(len(INKS[colour])))], dtype=np.float32)
    tone = np.clip(base + rng.normal(0, 6, 3) + 8 * grain[..., None], 0, 255)
    return np.dstack([tone, alpha]).astype(np.uint8)


def _swollen(mask: NDArray[np.uint8], pixels_per_mm: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Coverage after the ink has run into the paper: edges soften, and strokes grow by a wet pad's gain."""
    soft = cv2.GaussianBlur(mask, (0, 0), max(0.3, 0.055 * pixels_per_mm)).astype(np.float32)
    return np.asarray(np.minimum(soft * float(rng.uniform(*GAIN)), 255), dtype=np.float32)


def _field(shape: tuple[int, ...], wavelength: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Smooth noise of the given wavelength in pixels, mean 0, deviation about 1."""
    rows, columns = (max(2, round(side / max(wavelength, 1.0)) + 2) for side in shape[:2])
    coarse = rng.normal(0, 1, (rows, columns)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), dtype=np.float32)
