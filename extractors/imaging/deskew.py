"""The small angle a page is off straight, from its own lines of text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.readers.protocol import Quad

LONG = 6.0
"""Only lines this many times longer than high tell an angle."""
MOST = 20.0
"""Degrees; more is a turned page or a sloping signature, not skew."""


def find_skew(quads: Sequence[Quad]) -> float:
    """Degrees the lines of text run downwards to the right (negative: upwards); 0 without long lines."""
    angles, weights = [], []
    for quad in quads:
        along = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
        across = (quad[3] + quad[2] - quad[0] - quad[1]) / 2
        length = float(np.linalg.norm(along))
        angle = float(np.degrees(np.arctan2(along[1], along[0])))
        if length > LONG * float(np.linalg.norm(across)) and abs(angle) < MOST:
            angles.append(angle)
            weights.append(length)
    return _weighted_median(angles, weights) if angles else 0.0


def _weighted_median(values: Sequence[float], weights: Sequence[float]) -> float:
    order = np.argsort(values)
    sums = np.cumsum(np.asarray(weights)[order])
    return float(np.asarray(values)[order][int(np.searchsorted(sums, sums[-1] / 2))])
