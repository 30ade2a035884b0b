"""Slices whose outer ends were lost, put side by side as far apart as they were."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.seals.outline import Ellipse
from extractors.seams.bridging import bridged
from extractors.seams.likeness import Map, likeness, ring_of
from pipeline.model.seal import Side
from samples.stamping import SealSpec, draw_seal
from tests.extractors.pages import NAME

DPI = 203.2
"""Eight pixels a millimetre."""


def drawn() -> tuple[Map, Ellipse]:
    """A seal's ink from rim to rim, and its ring."""
    ink = draw_seal(SealSpec(NAME), DPI, np.random.default_rng(3))[..., 3]
    ink = np.ascontiguousarray(ink[:, np.flatnonzero((ink > 40).any(axis=0))])
    radius = ink.shape[1] / 2
    return ink, Ellipse(radius, ink.shape[0] / 2, radius, radius, 0.0)


def cropped(ink: Map, count: int, lost: int, side: Side) -> list[Map]:
    """The ink in slices, each without so many columns at its sheet's outer end."""
    parts = np.array_split(ink, count, axis=1)
    return [part[:, :-lost] if side is Side.RIGHT else part[:, lost:] for part in parts]


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_slices_stand_where_they_were_cut(side: Side) -> None:
    ink, _ = drawn()
    parts = cropped(ink, 8, 8, side)
    joined = bridged(parts, ink.shape[1] - sum(part.shape[1] for part in parts), side)
    starts = [part.shape[1] for part in np.array_split(ink, 8, axis=1)]
    left = sum(starts[:5]) + (8 if side is Side.LEFT else 0)
    assert joined.shape == ink.shape and joined.dtype == np.uint8
    assert np.array_equal(joined[:, left : left + parts[5].shape[1]], parts[5])


def test_nothing_lost_is_side_by_side() -> None:
    ink, _ = drawn()
    assert np.array_equal(bridged(np.array_split(ink, 7, axis=1), 0, Side.RIGHT), ink)


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_bridged_slices_are_more_like_their_seal_than_stretched_ones(side: Side) -> None:
    ink, circle = drawn()
    whole, parts = ring_of(ink, circle), cropped(ink, 10, 9, side)
    together = np.hstack(parts)
    stretched = np.asarray(cv2.resize(together, ink.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
    apart = bridged(parts, ink.shape[1] - together.shape[1], side)
    near, far = (likeness(ring_of(each, circle), whole) for each in (apart, stretched))
    assert near is not None and far is not None
    assert near.mean > far.mean + 0.05 and near.worst > far.worst
