"""Slices whose outer ends were lost, put side by side as far apart as they were."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.seams.bridging import bridged
from extractors.seams.likeness import Map
from pipeline.model.seal import Side
from samples.stamping import SealSpec, draw_seal
from tests.extractors.pages import NAME

DPI = 203.2
"""Eight pixels a millimetre."""


def drawn() -> Map:
    """A seal's ink from rim to rim."""
    ink = draw_seal(SealSpec(NAME), DPI, np.random.default_rng(3))[..., 3]
    return np.ascontiguousarray(ink[:, np.flatnonzero((ink > 40).any(axis=0))])


def cropped(ink: Map, count: int, lost: int, side: Side) -> list[Map]:
    """The ink in slices, each without so many columns at its sheet's outer end."""
    parts = np.array_split(ink, count, axis=1)
    return [part[:, :-lost] if side is Side.RIGHT else part[:, lost:] for part in parts]


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_slices_stand_where_they_were_cut(side: Side) -> None:
    ink = drawn()
    parts = cropped(ink, 8, 8, side)
    joined = bridged(parts, ink.shape[1] - sum(part.shape[1] for part in parts), side)
    starts = [part.shape[1] for part in np.array_split(ink, 8, axis=1)]
    left = sum(starts[:5]) + (8 if side is Side.LEFT else 0)
    assert joined.shape == ink.shape and joined.dtype == np.uint8
    assert np.array_equal(joined[:, left : left + parts[5].shape[1]], parts[5])


def test_nothing_lost_is_side_by_side() -> None:
    ink = drawn()
    assert np.array_equal(bridged(np.array_split(ink, 7, axis=1), 0, Side.RIGHT), ink)
