"""Where a photographed sheet ends, seen from a slice's inner end outwards."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.readers.protocol import Picture
from extractors.seams.sheet_ends import end_of_paper

PAPER, INK, DESKS = (205, 212, 208), (70, 60, 200), ((60, 92, 132), (40, 52, 66), (128, 140, 150))


def strip(end: int, desk: tuple[int, int, int], seed: int = 1) -> Picture:
    """Paper with a seal's ink up to column `end` of 60, the desk beyond it; 480 rows."""
    picture = np.empty((480, 60, 3), np.float64)
    picture[:] = desk
    picture[:, :end] = PAPER
    picture[120:150, 20:end] = picture[300:360, 18:end] = INK
    return np.clip(picture + np.random.default_rng(seed).normal(0, 4, picture.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("desk", DESKS, ids=str)
@pytest.mark.parametrize("end", [30, 41, 52])
def test_the_sheet_ends_where_the_desk_begins(end: int, desk: tuple[int, int, int]) -> None:
    found = end_of_paper(strip(end, desk))
    assert found is not None and end - 4 <= found <= end


def test_an_end_that_is_not_in_sight_is_not_made_up() -> None:
    assert end_of_paper(strip(60, DESKS[0])) is None
