"""Seals that a page's edge cuts: a slice where seam stamps lie, a seal where none does."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.imaging.frame import PageFrame
from extractors.marks import find_marks
from pipeline.model.seal import Side
from samples.stamping import SealSpec
from tests.extractors.pages import NAME, PER_MM, FixedReader, sealed, sheet


@pytest.mark.parametrize(
    ("x", "y", "text", "seals", "sides"),
    [
        (800, 2339, NAME, 1, []),
        (800, 2300, "", 1, []),
        (800, 0, NAME, 1, []),
        (800, 2339, "", 0, [Side.BOTTOM]),
        (1654, 1200, "", 0, [Side.RIGHT]),
    ],
    ids=["below", "most of it", "above", "unread", "at the right"],
)
def test_a_seal_half_off_the_page(x: int, y: int, text: str, seals: int, sides: list[Side]) -> None:
    page, _ = sealed(SealSpec(NAME), x, y, 8)
    height, width = page.shape[:2]
    frame = PageFrame(np.eye(3), (width, height), (width, height))
    marks = find_marks(page, PER_MM, frame, FixedReader(text, 0.99))
    assert (len(marks.seals), [mark.side for mark in marks.slices]) == (seals, sides)


def test_specks_along_an_edge_are_no_slice() -> None:
    page = sheet(12)
    deeper = [(500 + 20 * step, 20 * step + 1) for step in range(7)]
    for along, off in (*deeper, (700, 1), (800, 1)):
        cv2.circle(page, (off, along), 7, (60, 50, 200), -1)
    height, width = page.shape[:2]
    frame = PageFrame(np.eye(3), (width, height), (width, height))
    assert find_marks(page, PER_MM, frame, FixedReader("", 0.0)).slices == ()
