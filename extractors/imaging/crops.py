"""Cutting lines out of a page."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.readers.protocol import Picture, Quad


def cut_quad(picture: Picture, quad: Quad, scale: float = 1.0) -> Picture:
    """The quad as an upright rectangle of its own size times `scale`; at least 2 x 2 pixels."""
    width = max(2, round(float(max(_length(quad, 0, 1), _length(quad, 3, 2))) * scale))
    height = max(2, round(float(max(_length(quad, 0, 3), _length(quad, 1, 2))) * scale))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(np.asarray(quad, dtype=np.float32), target)
    return np.asarray(
        cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
        dtype=np.uint8,
    )


def _length(quad: Quad, start: int, end: int) -> float:
    return float(np.linalg.norm(quad[end] - quad[start]))
