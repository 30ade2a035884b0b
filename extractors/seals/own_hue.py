"""The ink of one seal among print in a colour near to its own: purple carbon copies, printed lines in violet."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.uint8]

INK = 24
"""Of 255: less is no colour to tell a hue from."""
LEAST_RIM = 40
"""Pixels of a rim, at least, to tell its hue from."""
APART = 0.45
"""How much bluer, in shares of its redness, ink is that the rim's pad never gave: a pad's hue varies by 0.15 on one
page, violet print lies 0.6 and more from red seals."""
SMOOTH = 2.0
"""Pixels over which a hue is told: a JPEG keeps colour at half of its size."""


def of_own_hue(redness: Map, violet: Map, rim: NDArray[np.bool_]) -> Map:
    """A red seal's map of ink without what is much bluer than its own rim.

    Args:
        redness: How red each pixel is.
        violet: How much bluer than green each pixel is, of the same size.
        rim: Where the seal's rim runs, True along its middle.
    """
    on_rim = rim & (redness > INK)
    if np.count_nonzero(on_rim) < LEAST_RIM:
        return redness
    bluer = _smoothed(violet) / np.maximum(_smoothed(redness), 1.0)
    other = (redness > INK) & (bluer > float(np.median(bluer[on_rim])) + APART)
    return np.where(other, np.uint8(0), redness)


def _smoothed(strength: Map) -> NDArray[np.float32]:
    return cv2.GaussianBlur(strength.astype(np.float32), (0, 0), SMOOTH).astype(np.float32)
