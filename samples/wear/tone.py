"""Copies without colour."""

from __future__ import annotations

import cv2
import numpy as np

from samples.wear.moved import Worn

THRESHOLD = (0.68, 0.86)
"""A black-and-white scanner's threshold as a share of the paper's brightness."""


def greyed(page: Worn, rng: np.random.Generator) -> Worn:
    """A grey copy (two-dimensional picture)."""
    grey = cv2.cvtColor(page.image, cv2.COLOR_BGR2GRAY)
    return page.then(np.asarray(cv2.convertScaleAbs(grey, alpha=float(rng.uniform(0.92, 1.0)), beta=6), dtype=np.uint8))


def bilevel(page: Worn, rng: np.random.Generator) -> Worn:
    """A black-and-white copy: every pixel 0 or 255.

    A scanner sets its threshold between paper and ink by what it sees, dark or light as its user likes it.
    """
    grey = cv2.cvtColor(page.image, cv2.COLOR_BGR2GRAY) if page.image.ndim == 3 else page.image
    paper = float(np.quantile(grey[::4, ::4], 0.6))
    threshold = paper * float(rng.uniform(*THRESHOLD))
    _, black = cv2.threshold(cv2.GaussianBlur(grey, (0, 0), 0.5), threshold, 255, cv2.THRESH_BINARY)
    return page.then(np.asarray(black, dtype=np.uint8))
