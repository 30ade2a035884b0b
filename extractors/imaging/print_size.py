"""How large a page's print is, by its ink alone: whatever its turn, before any line is found."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.readers.protocol import Picture

MOST_PIXELS = 2000
"""Longest side of the picture measured: characters of 8 points are still 8 pixels high there."""
WINDOW, DARKER = 31, 14
"""Ink is so much darker than its surroundings of so many pixels."""
LEAST, MOST = 5, 80
"""Sides of a character in pixels: below is dust, above are rulings and pictures."""
SQUARE = 1.6
"""Length over width of a piece that may be one character: rulings, strokes and characters run together are longer."""
ENOUGH = 20
"""Fewer pieces of ink tell nothing."""
WHOLE = 70
"""Percentile of the pieces' longer sides that is a character's: many are parts of one, few are larger print."""


def print_size(picture: Picture) -> float | None:
    """Side of a typical character in pixels of `picture`; None where hardly any stands alone."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = 1.0
    while max(grey.shape) > MOST_PIXELS:
        grey, scale = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), scale / 2
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, WINDOW, DARKER)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    longer, shorter = sides.max(axis=1, initial=0), sides.min(axis=1, initial=MOST)
    pieces = longer[(longer >= LEAST) & (longer <= MOST) & (longer <= SQUARE * shorter)]
    return float(np.percentile(pieces, WHOLE)) / scale if len(pieces) >= ENOUGH else None
