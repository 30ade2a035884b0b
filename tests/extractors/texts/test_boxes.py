from __future__ import annotations

import numpy as np
import pytest

from extractors.tables.cells import Grid, GridCell
from extractors.texts.boxes import (
    character_height,
    cut_at_cells,
    missed_ink,
    part_lines,
    uncovered,
    with_line_ends,
)
from extractors.texts.order import in_reading_order, rows
from pipeline.model.geometry import BBox
from pipeline.model.text import Line
from tests.extractors.pictures import rectangle
from tests.extractors.records import line

GRID = Grid(
    (0, 0, 400, 100),
    1,
    2,
    (GridCell(0, 0, 1, 1, (0, 0, 150, 100)), GridCell(0, 1, 1, 1, (150, 0, 400, 100))),
)


def test_the_height_of_a_character_is_the_middle_one_of_the_lines() -> None:
    quads = (rectangle(0, 0, 200, 20), rectangle(0, 30, 200, 50), rectangle(0, 60, 200, 160), rectangle(0, 0, 9, 90))
    assert character_height(quads, 5.0) == pytest.approx(20 * 0.72)
    assert character_height((), 5.0) == 5.0


def test_a_line_through_a_ruling_is_cut_there() -> None:
    left, right = cut_at_cells((rectangle(20, 40, 380, 60),), (GRID,), 16.0)
    assert left[:, 0].tolist() == [20, 150, 150, 20]
    assert right[:, 0].tolist() == [150, 380, 380, 150]
    assert left[:, 1].tolist() == right[:, 1].tolist() == [40, 40, 60, 60]


def test_lines_within_a_cell_or_outside_tables_stay_whole() -> None:
    quads = (rectangle(20, 40, 140, 60), rectangle(20, 400, 380, 420))
    assert [quad.tolist() for quad in cut_at_cells(quads, (GRID,), 16.0)] == [quad.tolist() for quad in quads]


def test_a_hair_beyond_the_ruling_is_no_piece() -> None:
    pieces = cut_at_cells((rectangle(20, 40, 154, 60),), (GRID,), 16.0)
    assert len(pieces) == 1


def test_a_lone_character_no_line_covers_is_found() -> None:
    ink = np.zeros((800, 600), np.uint8)
    ink[300:320, 400:416] = 255  # a character
    ink[300:320, 100:200] = 255  # a line that was found
    ink[500:503, 300:303] = 255  # dirt
    ink[2:14, 2:14] = 255  # the edge of the sheet
    missed = missed_ink(ink, (rectangle(95, 295, 205, 325),), 20.0)
    (box,) = missed.boxes
    assert missed.patches == ()
    assert box[0].min() < 400 and box[2, 0] > 416 and box[0, 1] < 300 and box[2, 1] > 320
    assert box[2, 0] - box[0, 0] < 40


def test_a_field_of_stray_marks_is_a_picture() -> None:
    ink = np.zeros((1600, 1600), np.uint8)
    for x in range(100, 1500, 120):
        for y in range(100, 1500, 120):
            ink[y : y + 20, x : x + 20] = 255
    assert missed_ink(ink, (), 20.0).boxes == ()


def test_a_signature_that_ran_into_its_label_is_looked_at_again() -> None:
    ink = np.zeros((800, 600), np.uint8)
    ink[300:320, 100:200] = 255  # the label
    ink[270:340, 195:290] = 255  # and what was written behind it
    (patch,) = missed_ink(ink, (), 20.0).patches
    assert patch == pytest.approx((100, 270, 290, 340), abs=3)
    assert missed_ink(ink, (rectangle(90, 260, 300, 350),), 20.0).patches == ()


def test_what_a_second_look_finds_again_is_no_new_line() -> None:
    line, beside = rectangle(100, 100, 300, 130), rectangle(320, 100, 400, 130)
    again, larger = rectangle(110, 102, 220, 128), rectangle(90, 95, 600, 140)
    assert uncovered((again, beside, beside.copy()), (line,)) == (beside,)
    assert uncovered((larger,), (line,)) == ()


def test_reading_order_is_by_rows() -> None:
    lines = [line("右", 0.6, 0.1003), line("下", 0.1, 0.2), line("左", 0.1, 0.1)]
    assert [each.text for each in in_reading_order(lines)] == ["左", "右", "下"]
    assert [len(row) for row in rows(lines)] == [2, 1]
    assert rows(()) == ()


def test_lines_close_together_are_rows_of_their_own() -> None:
    assert len(rows([line("上", 0.1, 0.1), line("下", 0.3, 0.112)])) == 2


def test_two_short_lines_in_one_box_are_read_apart() -> None:
    ink = np.zeros((100, 200), np.uint8)
    ink[20:36, 40:58], ink[44:60, 30:66] = 255, 255
    upper, lower = part_lines((rectangle(26, 15, 70, 65),), ink, 16.0)
    assert upper[:, 1].max() <= 44 <= lower[:, 1].max() and lower[:, 1].min() >= 36


def test_a_leaning_box_of_two_lines_is_parted_though_it_cuts_the_line_above() -> None:
    ink = np.zeros((100, 200), np.uint8)
    ink[2:18, 30:66], ink[24:40, 40:58], ink[48:64, 30:66] = 255, 255, 255
    upper, lower = part_lines((rectangle(26, 14, 70, 68),), ink, 16.0)
    assert upper[:, 1].min() > 18 and upper[:, 1].max() <= 48 and lower[:, 1].min() >= 40


def test_a_lines_last_character_on_a_row_of_its_own_is_a_line() -> None:
    ink = np.zeros((100, 200), np.uint8)
    ink[20:36, 30:130], ink[44:60, 30:46] = 255, 255
    upper, lower = part_lines((rectangle(26, 15, 134, 65),), ink, 16.0)
    assert upper[:, 1].max() <= 44 and lower[:, 1].min() >= 36


def test_close_lines_that_a_stroke_bridges_are_read_apart() -> None:
    ink = np.zeros((100, 200), np.uint8)
    ink[20:36, 30:120], ink[40:56, 30:120], ink[36:40, 70:73] = 255, 255, 255
    upper, lower = part_lines((rectangle(26, 15, 124, 61),), ink, 16.0)
    assert upper[:, 1].max() <= 40 and lower[:, 1].min() >= 34


def test_a_long_box_across_two_lines_becomes_a_box_for_each() -> None:
    ink = np.zeros((120, 500), np.uint8)
    ink[20:36, 20:460], ink[44:60, 20:460], ink[36:44, 100:160] = 255, 255, 255
    upper, lower = part_lines((rectangle(16, 26, 470, 54),), ink, 16.0)
    assert upper[:, 1].min() < 20 and 36 <= upper[:, 1].max() <= 44
    assert lower[:, 1].max() > 60 and 36 <= lower[:, 1].min() <= 44
    assert upper[:, 0].tolist() == lower[:, 0].tolist() == [16, 470, 470, 16]
    whole = (rectangle(16, 12, 470, 44),)
    assert part_lines(whole, ink, 16.0) == whole


def test_one_line_of_two_stroked_characters_in_a_high_box_stays_whole() -> None:
    ink = np.zeros((120, 500), np.uint8)
    for left in range(20, 460, 22):  # 二, and a 一 here and there
        ink[32:35, left + 3 : left + 13], ink[46:49, left : left + 16] = 255, 255
    ink[38:42, 20:40], ink[27, 200:210] = 255, 255
    quads = (rectangle(16, 26, 470, 54),)
    assert part_lines(quads, ink, 16.0) == quads


def test_a_large_character_is_no_two_lines() -> None:
    ink = np.zeros((100, 200), np.uint8)
    ink[20:52:8, 30:120], ink[20:56, 30:36], ink[20:56, 80:110] = 255, 255, 255
    quads = (rectangle(26, 15, 124, 61),)
    assert part_lines(quads, ink, 16.0) == quads


def test_one_line_and_a_column_of_characters_stay_whole() -> None:
    ink = np.zeros((120, 300), np.uint8)
    ink[20:36, 10:200] = 255
    for top in (10, 34, 58, 82):
        ink[top : top + 16, 240:256] = 255
    quads = (rectangle(8, 16, 204, 40), rectangle(236, 6, 260, 104))
    assert part_lines(quads, ink, 16.0) == quads


def test_a_hyphen_that_ends_a_line_belongs_to_it() -> None:
    ink = np.zeros((100, 400), np.uint8)
    ink[20:36, 10:200] = 255
    quad = rectangle(8, 16, 202, 40)
    assert with_line_ends((quad,), ink, 16.0)[0].tolist() == quad.tolist()
    ink[27:30, 205:211] = 255
    assert with_line_ends((quad,), ink, 16.0)[0][:, 0].max() >= 211 + 0.5 * 16


def test_the_next_words_are_no_line_end() -> None:
    ink = np.zeros((100, 400), np.uint8)
    ink[20:36, 10:200], ink[20:36, 206:390] = 255, 255
    quads = (rectangle(8, 16, 202, 40), rectangle(204, 16, 392, 40))
    assert [quad.tolist() for quad in with_line_ends(quads, ink, 16.0)] == [quad.tolist() for quad in quads]
    assert with_line_ends(quads[:1], ink, 16.0)[0].tolist() == quads[0].tolist()


def test_the_rest_of_a_narrow_last_letter_belongs_to_its_line() -> None:
    ink = np.zeros((100, 400), np.uint8)
    ink[20:36, 10:196], ink[20:37, 199:206] = 255, 255  # the detector's box ends inside the last letter, a J
    quad = rectangle(8, 16, 203, 40)
    assert with_line_ends((quad,), ink, 16.0)[0][:, 0].max() >= 206
    ink[20:37, 199:222] = 255
    assert with_line_ends((quad,), ink, 16.0)[0].tolist() == quad.tolist()


def test_lines_of_a_sheet_that_lay_askew_are_ordered_as_on_the_straight_page() -> None:
    def askew(text: str, row: int) -> Line:
        """A long line of a sheet photographed askew: its box on the photograph spans four rows."""
        high = BBox(0.1, 0.1 + 0.02 * row, 0.9, 0.18 + 0.02 * row)
        return line(text, 0.1, 0.1).model_copy(
            update={"bbox": high, "straight": BBox(0.1 - 0.001 * row, 0.1 + 0.02 * row, 0.9, 0.115 + 0.02 * row)}
        )

    lines = [askew("一", 0), askew("二", 1), askew("三", 2)]
    assert [each.text for each in in_reading_order(lines)] == ["一", "二", "三"]
