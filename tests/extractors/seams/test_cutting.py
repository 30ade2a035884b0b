"""Slices cut out of scans as they were found, and out of photographs up to where their sheets end."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.imaging.cutter import PageCutter
from extractors.readers.protocol import Picture
from extractors.seams.chains import Chain, Piece
from extractors.seams.cutting import AROUND_MM, PER_MM, WINDOW_MM, Strip, strip_of
from pipeline.model.document import Page
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, Side, SliceMark
from tests.bare_pages import bare_page

PAPER, DESK, RED = (205, 212, 208), (60, 92, 132), (70, 60, 200)
FLAT = (1680, 2376)
"""Width and height of the flat page in pixels, eight a millimetre."""
AROUND = 40
"""Pixels of the photograph around it."""
DEPTH_MM, MIDDLE_MM = 5.0, 150.0


def photograph(side: Side, beyond_mm: float, middle_mm: float) -> Picture:
    """A sheet that goes on beyond a side of its flat page, with a slice's ink at its end."""
    picture = np.full((FLAT[1] + 2 * AROUND, FLAT[0] + 2 * AROUND, 3), DESK, np.uint8)
    end = AROUND + FLAT[0] + round(beyond_mm * PER_MM)
    picture[AROUND:-AROUND, AROUND:end] = PAPER
    for y in (-12, 10):
        rows = slice(AROUND + round((middle_mm + y) * PER_MM), AROUND + round((middle_mm + y + 3) * PER_MM))
        picture[rows, AROUND + FLAT[0] - round(DEPTH_MM * PER_MM) : end] = RED
    return picture if side is Side.RIGHT else np.ascontiguousarray(picture[:, ::-1])


def cut_out(
    side: Side,
    beyond_mm: float,
    photographed: bool,
    off_side_mm: float = 0.0,
    middle_mm: float = MIDDLE_MM,
    shadow_mm: float = 0.0,
) -> Strip:
    """The slice of a page, found `off_side_mm` inside of the flat page's side; so deep a shadow lies along that."""
    start, end = 1 - (DEPTH_MM + off_side_mm) * PER_MM / FLAT[0], 1 - off_side_mm * PER_MM / FLAT[0]
    top, bottom = ((middle_mm + y) / 297 for y in (-15, 15))
    box = BBox(start, top, end, bottom) if side is Side.RIGHT else BBox(1 - end, top, 1 - start, bottom)
    mark = SliceMark(side=side, bbox=box, straight=box, colour=Ink.RED, width_mm=DEPTH_MM, confidence=1)
    stored = photograph(side, beyond_mm, middle_mm)
    if shadow_mm:
        dark = slice(AROUND + FLAT[0] - round(shadow_mm * PER_MM), None)
        stored[:, dark] = (stored[:, dark] * np.linspace(1, 0.5, stored[:, dark].shape[1])[:, np.newaxis]).astype(
            np.uint8
        )
    reading = bare_page(
        size=(stored.shape[1], stored.shape[0]), photographed=photographed, slices=(mark,),
        frame=(1, 0, AROUND, 0, 1, AROUND, 0, 0, 1), working_size=FLAT,
    )  # fmt: skip
    piece, cutter = Piece(0, side, middle_mm, 30.0, DEPTH_MM, 0, mark), PageCutter(stored, reading)
    page = Page(file="a.jpg", sha256="", reading=reading)
    return strip_of(piece, Chain((piece,)), page, lambda _, box, size: cutter.straight(box, size))


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("beyond", [-1.0, 0.0, 1.5])
def test_of_a_photograph_a_slice_goes_to_where_its_sheet_ends(side: Side, beyond: float) -> None:
    strip = cut_out(side, beyond, photographed=True)
    assert strip.ink.shape[0] == 2 * WINDOW_MM * PER_MM
    assert strip.ink.shape[1] / PER_MM == pytest.approx(DEPTH_MM + beyond, abs=0.6)
    assert (strip.picture.astype(int) - DESK).any(axis=2).all()


@pytest.mark.parametrize(("photographed", "off_side"), [(False, 0.0), (True, 1.0)])
def test_of_a_scan_or_under_another_sheet_it_is_as_deep_as_it_was_found(photographed: bool, off_side: float) -> None:
    strip = cut_out(Side.RIGHT, 1.5, photographed, off_side)
    assert strip.ink.shape[1] / PER_MM == pytest.approx(DEPTH_MM, abs=AROUND_MM)


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_of_a_scan_what_bears_no_rim_is_no_part_of_a_slice(side: Side) -> None:
    """A sheet that lay inside of the glass's edge: the slice was found a little wider than it is."""
    strip = cut_out(side, -0.6, photographed=False)
    assert strip.ink.shape[1] / PER_MM == pytest.approx(DEPTH_MM - 0.6, abs=0.15)
    assert (strip.ink.max(axis=0) > 60).all()


def test_ink_in_a_lid_s_shadow_is_as_strong_as_beside_it() -> None:
    plain = cut_out(Side.RIGHT, 1.5, photographed=False)
    shaded = cut_out(Side.RIGHT, 1.5, photographed=False, shadow_mm=3.0)
    assert shaded.ink.shape == plain.ink.shape
    strongest = shaded.ink.max(axis=0)
    assert strongest.min() > 0.9 * strongest.max()


def test_what_lies_beyond_the_stored_page_is_no_paper() -> None:
    strip = cut_out(Side.RIGHT, 0.0, photographed=False, middle_mm=20.0)
    above = round((WINDOW_MM - 20.0) * PER_MM) - AROUND
    assert not strip.paper[: above - 1].any() and strip.paper[above + 1 :].all()


def test_a_slice_moved_down_brings_no_paper_from_above() -> None:
    whole = cut_out(Side.RIGHT, 0.0, photographed=False)
    assert whole.paper.all()
    moved = whole.moved(16)
    assert not moved.paper[:16].any() and moved.paper[16:].all()
    assert np.array_equal(moved.ink[16:], whole.ink[:-16]) and (moved.picture[:16] == 255).all()
