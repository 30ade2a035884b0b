"""Where a photographed sheet ends beside a slice: its flat page was cut a little inside or outside of that."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.readers.protocol import Picture

NEAR = 16
"""Columns at the picture's left by which the sheet's paper is known."""
PLAIN, FEWEST_ROWS = 14.0, 30
"""Rows whose colour (Lab) is so near to the paper's bear no ink there; fewer than these tell nothing."""
OTHER, OF_GROUND = 14.0, 0.45
"""Beyond the sheet's end a row differs by so much, and by this share of what it differs by far out."""
GROUND = 0.7
"""Share of the rows that must have left the paper at the outer end: else its end is not in sight."""
ENDED = 0.25
"""Share of the rows that have left the paper where the sheet ends."""
BLUR = 2
"""Columns before it that are paper and ground mixed."""


def end_of_paper(picture: Picture) -> int | None:
    """The column at which the sheet ends whose paper stands at a BGR picture's left; None where that is not in sight.

    Some of its rows must be without ink.
    """
    colours = cv2.cvtColor(cv2.GaussianBlur(picture, (0, 0), 1.0), cv2.COLOR_BGR2Lab).astype(np.float32)
    rows = np.median(colours[:, :NEAR], axis=1)
    plain = np.linalg.norm(rows - np.median(colours[:, :NEAR].reshape(-1, 3), axis=0), axis=1) < PLAIN
    if int(plain.sum()) < FEWEST_ROWS:
        return None
    off = np.linalg.norm(colours[plain] - rows[plain][:, np.newaxis], axis=2)
    left = (off > max(OTHER, OF_GROUND * float(np.median(off[:, -4:])))).mean(axis=0)
    if left[-3:].mean() < GROUND:
        return None
    return max(0, int(len(left) - np.argmax(left[::-1] <= ENDED)) - BLUR)
