"""Pages out of focus."""

from __future__ import annotations

import cv2
import numpy as np

from samples.wear.moved import Image

BLUR_MM = 0.55
"""Deviation at which letters of 4 mm are lines of blots: something is written, and nobody can say what."""
MM_PER_INCH = 25.4


def illegible(image: Image, dpi: float) -> Image:
    """A page so far out of focus that its text can be seen and not read."""
    sigma = BLUR_MM * dpi / MM_PER_INCH
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), dtype=np.uint8)
