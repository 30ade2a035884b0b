"""Slices side by side with what their sheets' edges lost between them: scanners crop it, flattened photographs more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.model.seal import Side

Map = NDArray[np.uint8]


def bridged(slices: Sequence[Map], lost: int, side: Side) -> Map:
    """The slices, from the seal's left to its right, apart by what was lost, so that their letters stand in place.

    Each sheet lost alike, at its outer end; strokes go on from one slice's edge to the next one's, fading over.

    Args:
        slices: Maps of ink, all of one height.
        lost: Columns lost in all.
        side: The sheets' edge that carries the seam.
    """
    if side is Side.LEFT:
        return np.ascontiguousarray(np.fliplr(bridged([np.fliplr(each) for each in slices[::-1]], lost, Side.RIGHT)))
    edges = np.rint(np.linspace(0, lost, len(slices) + 1)).astype(int)
    onward = [each[:, :1] for each in slices[1:]] + [np.zeros_like(slices[-1][:, :1])]
    parts = zip(slices, onward, np.diff(edges), strict=True)
    return np.hstack([part for each, after, gap in parts for part in (each, _fading(each[:, -1:], after, int(gap)))])


def _fading(start: Map, end: Map, columns: int) -> Map:
    """Columns that go over from one to the other."""
    share = (np.arange(columns) + 0.5) / max(columns, 1)
    return np.asarray(start * (1 - share) + end * share, dtype=np.uint8)
