"""Pages out of focus."""

from __future__ import annotations

import cv2
import numpy as np

from samples.wear.moved import Image

BLUR_MM = 0.55
"""Deviation at which letters of 3 mm are lines of blots: something is written, and nobody can say what."""
BLUR_OF_LETTER = 0.2
"""The same in heights of the page's letters: larger print stands more."""
LETTER_MM = (1.5, 10.0)
LARGEST_SHARE = 90
"""Per cent of the page's dark specks that are no higher than its letters: parts of letters are lower, titles few."""
DARK = 128
MM_PER_INCH = 25.4


def illegible(image: Image, dpi: float) -> Image:
    """A page so far out of focus that its text can be seen and not read."""
    sigma = max(BLUR_MM * dpi / MM_PER_INCH, BLUR_OF_LETTER * _letter_height(image, dpi))
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), dtype=np.uint8)


def _letter_height(image: Image, dpi: float) -> float:
    """How many pixels high the letters of a page are; 0.0 where there are none."""
    dark = (cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) < DARK).astype(np.uint8)
    heights = cv2.connectedComponentsWithStats(dark)[2][1:, cv2.CC_STAT_HEIGHT]
    least, most = (mm * dpi / MM_PER_INCH for mm in LETTER_MM)
    letters = heights[(heights >= least) & (heights <= most)]
    return float(np.percentile(letters, LARGEST_SHARE)) if len(letters) else 0.0
