"""Seam stamps over whole copies: whole, broken, absent, both sides printed, grey, replaced."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extractors.imaging.cutter import PageCutter
from extractors.readers.protocol import Picture
from extractors.seams import find_slices, join_seams
from pipeline.model.document import Page
from pipeline.model.seal import Seam, SeamState, Side
from samples.stamping import SealSpec, draw_seal, seam_slices, stamp, stamp_slice
from tests.bare_pages import straight_page
from tests.extractors.pages import DPI, NAME, PER_MM, FixedReader, copy_with_seam, sheet, worn


def read(pictures: Sequence[Picture], colourless: bool = False) -> list[Page]:
    return [
        Page(
            file="盖章件.pdf",
            sha256="",
            reading=straight_page(
                number,
                (picture.shape[1], picture.shape[0]),
                DPI,
                colourless=colourless,
                slices=find_slices(picture, PER_MM),
                pixels_per_mm=PER_MM,
            ),
        )
        for number, picture in enumerate(pictures, start=1)
    ]


def seams_of(pictures: Sequence[Picture], colourless: bool = False) -> tuple[tuple[Seam, ...], dict[str, Picture]]:
    def cut(page: Page, box: tuple[float, float, float, float], size: tuple[int, int]) -> Picture:
        return PageCutter(pictures[page.page - 1], page.reading).straight(box, size)

    seams, joined = join_seams(read(pictures, colourless), cut, FixedReader())
    return seams, dict(joined)


@pytest.mark.parametrize("groups", [(2,), (7,), (5, 4)], ids=str)
def test_a_whole_seam_joins_to_a_seal_of_its_size(groups: tuple[int, ...]) -> None:
    seams, joined = seams_of(copy_with_seam(groups))
    assert [seam.state for seam in seams] == [SeamState.WHOLE] * len(groups)
    assert [len(seam.pages) for seam in seams] == list(groups)
    assert all(seam.diameter_mm == pytest.approx(40, abs=1.5) and not seam.discontinuous for seam in seams)
    assert sorted(joined) == sorted(seam.picture or "" for seam in seams)


def test_missing_sheets_are_named() -> None:
    ((seam,), _) = seams_of(copy_with_seam((9,), missing=(0, 4)))
    assert seam.state is SeamState.BROKEN
    assert [ref.page for ref in seam.missing] == [1, 5]


def test_of_a_sheet_printed_on_both_sides_one_face_is_enough() -> None:
    ((seam,), _) = seams_of(copy_with_seam((6,), duplex=True))
    assert seam.state is SeamState.WHOLE
    ((seam,), _) = seams_of(copy_with_seam((6,), duplex=True, missing=(3,)))
    assert (seam.state, [ref.page for ref in seam.missing]) == (SeamState.BROKEN, [7])


def test_the_left_edge_and_a_landscape_page() -> None:
    ((seam,), _) = seams_of(copy_with_seam((6,), side="left"))
    assert seam.state is SeamState.WHOLE
    rng = np.random.default_rng(4)
    pages = [sheet(8, landscape=number == 2) for number in range(5)]
    pieces = seam_slices(SealSpec(NAME), 5, DPI, rng)
    for number, piece in enumerate(pieces):
        side, along = ("bottom", 2339 - 900) if number == 2 else ("right", 900)
        pages[number], _ = stamp_slice(pages[number], piece, side, along, rng)  # type: ignore[arg-type]
    ((seam,), _) = seams_of(pages)
    assert (seam.state, len(seam.slices)) == (SeamState.WHOLE, 5)


def test_no_seam_and_a_grey_copy_are_told_apart() -> None:
    bare = [sheet(10) for _ in range(4)]
    ((seam,), _) = seams_of(bare)
    assert (seam.state, len(seam.missing)) == (SeamState.ABSENT, 4)
    ((seam,), _) = seams_of(bare, colourless=True)
    assert (seam.state, seam.missing) == (SeamState.UNDECIDED, ())
    assert seam.reason


def test_one_sheet_has_no_seam() -> None:
    assert seams_of([sheet(10)]) == ((), {})


def test_a_replaced_sheet_does_not_continue_its_neighbours() -> None:
    pages = copy_with_seam((8,), missing=(3,))
    rng = np.random.default_rng(9)
    heights = [mark.bbox.center[1] * 2339 for page in read(pages) for mark in page.reading.slices]
    other = seam_slices(SealSpec(NAME), 8, DPI, rng)[4]
    pages[3], _ = stamp_slice(pages[3], other, "right", float(np.median(heights)) + 130, rng)
    ((seam,), _) = seams_of(pages)
    assert 4 in [ref.page for ref in seam.discontinuous] or 4 in [ref.page for ref in seam.missing]


def test_only_the_replaced_sheet_is_astray() -> None:
    for seed in range(3):
        pages, rng = copy_with_seam((5,), missing=(3,), seed=seed), np.random.default_rng(seed)
        heights = [mark.bbox.center[1] * 2339 for page in read(pages) for mark in page.reading.slices]
        other = seam_slices(SealSpec(NAME), 5, DPI, rng)[3]
        pages[3], _ = stamp_slice(pages[3], other, "right", float(np.median(heights)) + 220, rng)
        ((seam,), _) = seams_of(pages)
        assert [ref.page for ref in seam.discontinuous] == [4]


def test_edges_cropped_by_the_scanner_leave_no_sheet_astray() -> None:
    for seed in range(3):
        rng = np.random.default_rng(seed)
        pages = []
        for number, piece in enumerate(seam_slices(SealSpec(NAME), 11, DPI, rng)):
            lost = piece.shape[1] - 8 if number < 3 else int(rng.uniform(4, 16))
            pages.append(stamp_slice(sheet(4), piece, "right", 1000, rng, cropped_px=lost)[0])
        ((seam,), _) = seams_of(pages)
        assert (seam.state, seam.discontinuous) == (SeamState.WHOLE, ())
        assert {1, 2, 3} <= {ref.page for ref in seam.unplaced} < {ref.page for ref in seam.pages}


def test_slices_through_which_no_circle_goes_are_not_held_against_each_other() -> None:
    rng = np.random.default_rng(4)
    pieces = seam_slices(SealSpec(NAME), 11, DPI, rng)[:3]
    pages = [stamp_slice(sheet(4), piece, "right", 1000, rng)[0] for piece in pieces]
    ((seam,), _) = seams_of(pages)
    assert (seam.state, seam.diameter_mm) == (SeamState.WHOLE, None)
    assert seam.unplaced == seam.pages and not seam.discontinuous


def test_whole_seals_rules_and_dirt_at_the_edge_are_no_slices() -> None:
    rng = np.random.default_rng(2)
    page, _ = stamp(sheet(), draw_seal(SealSpec(NAME), DPI, rng), 1654 - 175, 900, 0, 0.9, rng)
    cv2.line(page, (1651, 0), (1651, 2338), (40, 30, 200), 4)
    cv2.circle(page, (2, 400), 6, (40, 30, 200), -1)
    page[1500:1560, -60:] = (60, 50, 210)
    cv2.ellipse(page, (800, 2342), (110, 11), 0, 0, 360, (40, 50, 120), -1)  # a wooden table under a bent sheet
    assert find_slices(worn(page), PER_MM) == ()


def test_slices_down_to_a_millimetre_are_seen() -> None:
    rng = np.random.default_rng(6)
    pieces = seam_slices(SealSpec(NAME), 40, DPI, rng)
    seen = [find_slices(worn(stamp_slice(sheet(), piece, "right", 1000, rng)[0]), PER_MM) for piece in pieces[8:32:6]]
    assert [[mark.side for mark in marks] for marks in seen] == [[Side.RIGHT]] * len(seen)


@pytest.mark.parametrize(
    ("piece_mm", "between_mm", "found"),
    [
        (3.0, 37.0, [43]),  # a rim's two ends: the cut runs between two letters, and beside the star
        (11.0, 33.0, [11, 11]),  # two parties' seals, one below the other
        (3.0, 45.0, []),
    ],
)
def test_a_cut_between_letters_leaves_only_the_rims_ends(piece_mm: float, between_mm: float, found: list[int]) -> None:
    page = sheet(3)
    for top_mm in (100.0, 100.0 + piece_mm + between_mm):
        top, bottom = round(top_mm * PER_MM), round((top_mm + piece_mm) * PER_MM)
        page[top:bottom, -round(0.9 * PER_MM) :] = (60, 60, 200)
    lengths = [mark.bbox.height * page.shape[0] / PER_MM for mark in find_slices(worn(page), PER_MM)]
    assert [round(length) for length in lengths] == pytest.approx(found, abs=1)
