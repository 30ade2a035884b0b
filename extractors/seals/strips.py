"""Ink of a seal made ready for a reader: levelled, drawn black on white, parted into runs."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import Picture

Map = NDArray[np.uint8]
"""Ink on paper as a map, 0 none - 255 full."""

FRAME = 8
"""Pixels of paper left and right of a strip."""


def levelled(ink: Map) -> Map:
    """Ink stretched so that a full stroke is 255, however faint the stamp."""
    strong = ink[ink > 20]
    full = float(np.percentile(strong, 70)) if strong.size > 50 else 255.0
    return np.clip(ink.astype(np.float32) * (235.0 / max(full, 12.0)), 0, 255).astype(np.uint8)


def as_print(strip: Map) -> Picture:
    """Ink as black on white, with a little paper around: what the recogniser is used to."""
    framed = cv2.copyMakeBorder(strip, 4, 4, FRAME, FRAME, cv2.BORDER_CONSTANT)
    return np.asarray(cv2.cvtColor(255 - framed, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def runs_of(filled: NDArray[np.bool_], join: int) -> list[tuple[int, int]]:
    """Runs of True as (start, end), those closer than `join` made one."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(np.int8), [0]])))
    runs: list[tuple[int, int]] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if runs and start - runs[-1][1] < join:
            runs[-1] = (runs[-1][0], int(end))
        else:
            runs.append((int(start), int(end)))
    return runs
