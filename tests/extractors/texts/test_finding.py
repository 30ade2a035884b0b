from __future__ import annotations

import numpy as np

from extractors.readers.protocol import Picture, Quad
from extractors.tables.cells import Grid, GridCell
from extractors.texts.finding import (
    DETECTION_SIDE,
    FINE_DETECTION_SIDE,
    find_lines,
    with_coloured,
    with_missed,
    with_uncovered,
)
from tests.extractors.fake_readers import SeeingReader, recognised
from tests.extractors.pictures import blank, rectangle, write

TEXT = "人工智能产业创新任务揭榜单位申报材料"


class Detector(SeeingReader):
    """Finds the quads it was told in every picture; keeps the sizes it was asked for."""

    def __init__(self, *quads: Quad) -> None:
        super().__init__(lambda _: recognised(""), quads)
        self.asked: list[tuple[tuple[int, int], int]] = []

    def find_lines(self, picture: Picture, longest_side: int) -> tuple[Quad, ...]:
        self.asked.append(((picture.shape[1], picture.shape[0]), longest_side))
        return super().find_lines(picture, longest_side)


def printed(size: int) -> Picture:
    picture = blank(1650, 2340)
    for row in range(12):
        picture = write(picture, TEXT, 100, 100 + row * 90, size)
    return picture


def test_a_page_is_looked_at_once_as_finely_as_its_print_asks() -> None:
    for size, side in ((32, DETECTION_SIDE), (18, FINE_DETECTION_SIDE)):
        detector = Detector()
        find_lines(printed(size), detector)
        assert [asked for _, asked in detector.asked] == [side]


def test_a_patch_that_was_passed_over_is_looked_at_again_alone() -> None:
    ink = np.zeros((2340, 1650), np.uint8)
    ink[1200:1230, 300:450], ink[1160:1270, 440:600] = 255, 255
    known = rectangle(100, 100, 900, 140)
    detector = Detector(rectangle(10, 20, 200, 60))
    quads = with_missed((known,), blank(1650, 2340), ink, 30.0, detector)
    (((width, height), side),) = detector.asked
    assert width < 825 and height < 600 and side <= max(width, height)
    assert len(quads) >= 2
    new = quads[1]
    assert new[0, 0] > 10 and new[0, 1] > 20  # where it stands on the page, not in the patch
    assert detector.find_lines(blank(), 1)[0][0, 0] == 10


def test_a_page_wholly_found_is_not_looked_at_again() -> None:
    ink = np.zeros((2340, 1650), np.uint8)
    ink[110:130, 120:880] = 255
    detector = Detector()
    known = rectangle(100, 100, 900, 140)
    assert len(with_missed((known,), blank(1650, 2340), ink, 30.0, detector)) == 1
    assert detector.asked == []


def test_two_short_lines_passed_over_together_come_apart() -> None:
    ink = np.zeros((2340, 1650), np.uint8)
    ink[300:328, 400:560], ink[336:364, 400:460] = 255, 255
    known = rectangle(100, 100, 900, 140)
    _, upper, lower = with_missed((known,), blank(1650, 2340), ink, 30.0, Detector())
    assert upper[:, 1].max() <= 336 and lower[:, 1].min() >= 326


def test_lines_under_what_was_taken_off_are_found_anew_unless_only_in_pieces() -> None:
    far, cut, long = rectangle(100, 50, 600, 90), rectangle(800, 50, 950, 90), rectangle(300, 200, 950, 240)
    date, piece = rectangle(600, 52, 950, 92), rectangle(800, 202, 950, 238)
    quads = with_uncovered(
        (far, cut, long), blank(1650, 300), ((700.0, 0.0, 1000.0, 300.0),), Detector(date, piece), (), 30.0
    )
    assert [quad.tolist() for quad in quads] == [far.tolist(), long.tolist(), date.tolist()]


def red_title() -> np.ndarray:
    red = np.zeros((2340, 1650), np.uint8)
    for letter in range(6):
        red[500:600, 400 + 140 * letter : 500 + 140 * letter] = 255
    return red


class TitleDetector(Detector):
    """Finds a line from the first to the last mark in a picture."""

    def find_lines(self, picture: Picture, longest_side: int) -> tuple[Quad, ...]:
        self.asked.append(((picture.shape[1], picture.shape[0]), longest_side))
        rows, columns = np.nonzero(picture[..., 0] == 7)
        return (rectangle(columns.min(), rows.min(), columns.max(), rows.max()),)


def test_a_title_in_the_colour_of_stamps_is_a_line() -> None:
    """And what was found of it with its ink out gives way to it."""
    page, below = blank(1650, 2340), rectangle(300, 900, 1300, 935)
    upper, lower = rectangle(400, 490, 1200, 555), rectangle(400, 560, 1200, 650)
    page[red_title() > 0] = 7
    quads = with_coloured((upper, lower, below), page, red_title(), (), 30.0, TitleDetector())
    assert [quad.tolist() for quad in quads] == [below.tolist(), rectangle(400, 500, 1199, 599).tolist()]


def test_what_was_found_of_a_title_stays_where_the_title_is_not_found() -> None:
    """Of two rows of coloured print the detector finds one."""
    red = red_title()
    red[1500:1600] = red[500:600]
    page, upper, lower = blank(1650, 2340), rectangle(400, 490, 1200, 555), rectangle(400, 1490, 1200, 1555)
    page[500:600][red[500:600] > 0] = 7
    quads = with_coloured((upper, lower), page, red, (), 30.0, TitleDetector())
    assert [quad.tolist() for quad in quads] == [lower.tolist(), rectangle(400, 500, 1199, 599).tolist()]


def test_stamps_pens_and_covered_titles_are_no_new_lines() -> None:
    detector = Detector(rectangle(0, 0, 10, 10))
    known = rectangle(395, 495, 1205, 605)
    with_coloured((known,), blank(1650, 2340), red_title(), (), 30.0, detector)
    with_coloured((), blank(1650, 2340), red_title(), ((390.0, 490.0, 1210.0, 610.0),), 30.0, detector)
    ring = np.zeros((2340, 1650), np.uint8)
    ring[1000:1330, 400:730] = 255
    with_coloured((), blank(1650, 2340), ring, (), 30.0, detector)
    assert detector.asked == []


def test_a_line_found_whole_without_the_seal_replaces_its_pieces_beside_the_seal_too() -> None:
    before, under, after = rectangle(100, 50, 420, 90), rectangle(400, 50, 640, 90), rectangle(650, 52, 900, 92)
    other, whole = rectangle(650, 100, 900, 140), rectangle(100, 50, 900, 92)
    quads = with_uncovered(
        (before, under, after, other), blank(1650, 300), ((400.0, 0.0, 640.0, 300.0),), Detector(whole), (), 30.0
    )
    assert [quad.tolist() for quad in quads] == [other.tolist(), whole.tolist()]


def test_lines_found_anew_are_cut_at_the_cells_of_tables() -> None:
    cells = tuple(GridCell(0, column, 1, 1, (100 + 400 * column, 20, 500 + 400 * column, 120)) for column in (0, 1))
    grid = Grid((100, 20, 900, 120), 1, 2, cells)
    long = rectangle(120, 50, 880, 90)
    quads = with_uncovered((), blank(1650, 300), ((400.0, 0.0, 640.0, 300.0),), Detector(long), (grid,), 30.0)
    assert [round(float(quad[0][0])) for quad in quads] == [120, 500]
