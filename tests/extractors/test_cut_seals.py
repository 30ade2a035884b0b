"""Seals that a page's edge cuts: a slice where seam stamps lie, a seal where none does."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.imaging.frame import PageFrame
from extractors.marks import find_marks
from pipeline.model.seal import Side
from samples.stamping import SealSpec
from tests.extractors.pages import NAME, PER_MM, FixedReader, sealed


@pytest.mark.parametrize(
    ("x", "y", "seals", "sides"),
    [(800, 2339, 1, []), (800, 2300, 1, []), (1654, 1200, 0, [Side.RIGHT]), (800, 0, 1, [])],
    ids=["below", "most of it", "at the right", "above"],
)
def test_a_seal_half_off_the_page(x: int, y: int, seals: int, sides: list[Side]) -> None:
    page, _ = sealed(SealSpec(NAME), x, y, 8)
    height, width = page.shape[:2]
    frame = PageFrame(np.eye(3), (width, height), (width, height))
    marks = find_marks(page, PER_MM, frame, FixedReader("", 0.0))
    assert (len(marks.seals), [mark.side for mark in marks.slices]) == (seals, sides)
