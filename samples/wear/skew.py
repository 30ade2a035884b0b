"""A sheet that lay slightly askew on the glass."""

from __future__ import annotations

import cv2
import numpy as np

from samples.wear.moved import Worn, by_matrix

LARGEST_SKEW_DEG = 1.2
LARGEST_SHIFT = 0.004
"""Of the page's width: a sheet lies about a millimetre off."""


def skewed(page: Worn, rng: np.random.Generator) -> Worn:
    """Turned by up to 1.2 degrees about its middle, on paper white."""
    height, width = page.image.shape[:2]
    angle = float(np.clip(rng.normal(0, 0.45), -LARGEST_SKEW_DEG, LARGEST_SKEW_DEG))
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), dtype=np.float64)
    matrix[:, 2] += rng.uniform(-LARGEST_SHIFT, LARGEST_SHIFT, 2) * width
    image = cv2.warpAffine(
        page.image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)
    )  # fmt: skip
    return page.then(np.asarray(image, dtype=np.uint8), by_matrix(matrix))
