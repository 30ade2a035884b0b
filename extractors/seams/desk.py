"""A sliver of a warm desk along a photographed sheet: it is as red as a seal, and hangs together with its slice."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.seals.strips import runs_of

LONGER_MM = 60.0
"""Colour along an edge for so long in one piece is no seal's."""
BREAK_MM = 1.0
"""So much of it may be missing between."""
WINDOW_MM = 60.0
"""The sliver's depth is that of most places so near: of a slice's chord, most meets the edge without ink."""
UNEVEN_MM = 0.5
"""Paper bends so much within that; what reaches farther is ink that meets the desk."""
MOST_PIXELS = 255


def desk_depth(strip: NDArray[np.uint8], per_mm: float) -> NDArray[np.int64]:
    """How deep the desk reaches into a strip of coloured ink, shape (depth, along), at each place along its row 0.

    Returns:
        Pixels, shape (along,); all 0 where no desk shows.
    """
    coloured = strip > 0
    lead = np.where(coloured.all(axis=0), len(strip), coloured.argmin(axis=0))
    stretches = runs_of(lead > 0, round(BREAK_MM * per_mm))
    if max((end - start for start, end in stretches), default=0) < LONGER_MM * per_mm:
        return np.zeros_like(lead)
    window = min(MOST_PIXELS, round(WINDOW_MM * per_mm)) | 1
    row = np.minimum(lead, MOST_PIXELS).astype(np.uint8)[None]
    usual = cv2.medianBlur(row, window)[0].astype(np.int64)
    return np.where(lead <= usual + round(UNEVEN_MM * per_mm), lead, usual)


def without_desk(strip: NDArray[np.uint8], depth: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The strip with the paper's own edge in row 0; what is missing at its inner end is without ink."""
    rows = np.arange(len(strip))[:, None] + depth
    moved = np.take_along_axis(strip, np.minimum(rows, len(strip) - 1), axis=0)
    return np.where(rows < len(strip), moved, 0).astype(np.uint8)
