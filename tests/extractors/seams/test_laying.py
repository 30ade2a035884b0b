"""Slices laid on a whole seal: where they were cut, in their order, whatever their sheets' edges lost."""

from __future__ import annotations

import math

import numpy as np

from extractors.seals.outline import Ellipse
from extractors.seams.laying import MARGIN, Slice, fit, full_strokes, lay, squared
from samples.stamping import SealSpec, draw_seal
from tests.extractors.pages import NAME

DPI = 203.2
"""Eight pixels a millimetre."""
RADIUS = 160


def seal(turn: float = 0.0) -> np.ndarray:
    ink = np.ascontiguousarray(draw_seal(SealSpec(NAME), DPI, np.random.default_rng(3))[..., 3])
    height, width = ink.shape
    return squared(ink, Ellipse(width / 2, height / 2, RADIUS, RADIUS, 0.0), RADIUS, turn)


def slices(lost: int, count: int = 8) -> list[Slice]:
    """The seal in slices, each without so many columns at its right and slipped by a few rows."""
    whole = np.pad(seal()[:, MARGIN:-MARGIN], ((60, 60), (0, 0)))
    parts = np.array_split(whole, count, axis=1)
    return [of(np.roll(part[:, : part.shape[1] - lost], 3 * (at % 3) - 3, axis=0)) for at, part in enumerate(parts)]


def of(strokes: np.ndarray, room: int = 0) -> Slice:
    """A slice that is paper all over."""
    return Slice(strokes, np.ones_like(strokes), room)


def test_slices_lie_where_they_were_cut() -> None:
    for lost in (0, 4, 9):
        _, places = fit(slices(lost), seal())
        assert [x for x, _ in places] == [MARGIN + 40 * at for at in range(8)]
        assert [down for _, down in places] == [3 - 3 * (at % 3) for at in range(8)]


def test_what_was_lost_is_not_covered() -> None:
    laid = lay(slices(9), seal())
    assert laid is not None
    bare = np.flatnonzero(laid.covered[0, MARGIN:-MARGIN] == 0)
    assert len(bare) == 8 * 9
    shown = laid.covered[:, MARGIN:-MARGIN] > 0
    assert np.allclose(laid.strokes[:, MARGIN:-MARGIN][shown], seal()[:, MARGIN:-MARGIN][shown], atol=1e-4)


def test_beyond_a_sheet_s_end_nothing_is_covered() -> None:
    first, *others = slices(0)
    paper = np.ones_like(first.strokes)
    paper[: paper.shape[0] // 2, -10:] = 0
    laid = lay([Slice(first.strokes * paper, paper), *others], seal())
    assert laid is not None
    bare = laid.covered[:, MARGIN : MARGIN + 40] == 0
    assert bare[:, :30].sum() == 0 and bare[10, 30:].all() and not bare[-10, 30:].any()


def test_the_right_turn_fits_best() -> None:
    best, other = (fit(slices(4), seal(turn))[0] for turn in (0.0, math.pi / 3))
    assert best > other + 5


def test_a_missing_sheet_leaves_room_for_its_slice() -> None:
    some = slices(0)
    left = [*some[:3], of(some[4].strokes, room=80), *some[5:]]
    _, places = fit(left, seal())
    assert [x for x, _ in places] == [MARGIN + 40 * at for at in (0, 1, 2, 4, 5, 6, 7)]


def test_slices_wider_than_the_seal_are_not_laid() -> None:
    assert lay([*slices(0), *slices(0)[:3]], seal()) is None
    assert lay([of(full_strokes(np.zeros((480, 500), np.uint8)))], seal()) is None


def test_slices_lower_than_the_seal_lie_where_they_were_cut() -> None:
    """A window above and below the seal's middle may be lower than its square with the margin around it."""
    low = [of(each.strokes[66:-66]) for each in slices(4)]
    assert low[0].strokes.shape[0] < seal().shape[0]
    _, places = fit(low, seal())
    assert [x for x, _ in places] == [MARGIN + 40 * at for at in range(8)]
