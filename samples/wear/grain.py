"""Noise and contrast of a scanner."""

from __future__ import annotations

import cv2
import numpy as np

from samples.wear.moved import Worn


def grained(page: Worn, rng: np.random.Generator, deviation: float = 4.0) -> Worn:
    """Slightly blurred, with noise of the given deviation, paper not quite white and ink not quite black."""
    image = cv2.GaussianBlur(page.image, (0, 0), float(rng.uniform(0.35, 0.7)))
    white, black = rng.uniform(244, 255), rng.uniform(0, 28)
    table = np.clip(black + np.arange(256) * (white - black) / 255, 0, 255).astype(np.uint8)
    image = cv2.LUT(image, table)
    noise = np.zeros(image.shape[:2], dtype=np.int16)
    cv2.setRNGSeed(int(rng.integers(2**31)))
    cv2.randn(noise, np.zeros(1), np.full(1, deviation))
    noisy = np.clip(image.astype(np.int16) + (noise[..., None] if image.ndim == 3 else noise), 0, 255)
    return page.then(noisy.astype(np.uint8))
