from __future__ import annotations

import cv2
import numpy as np

from extractors.imaging.frame import PageFrame
from extractors.readers.protocol import Picture
from extractors.tables.cells import Grid, find_grids, without_headlines
from extractors.tables.filling import fill_tables
from extractors.tables.rulings import LEAST_RUN, find_rulings, pieces_of
from tests.extractors.pictures import blank, ruled, write
from tests.extractors.records import HEIGHT, line

CHARACTER = 20.0
ACROSS = tuple((50, y, 550, y) for y in (100, 160, 220, 280))
DOWN = tuple((x, 100, x, 280) for x in (50, 200, 350, 550))


def grids(picture: Picture) -> tuple[Grid, ...]:
    return find_grids(find_rulings(picture, CHARACTER), CHARACTER)


def shape(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


def plain(rows: int, columns: int) -> list[tuple[int, int, int, int]]:
    return [(row, column, 1, 1) for row in range(rows) for column in range(columns)]


def test_a_plain_table() -> None:
    (grid,) = grids(ruled(blank(), *ACROSS, *DOWN))
    assert (grid.rows, grid.columns) == (3, 3)
    assert shape(grid) == plain(3, 3)
    assert np.abs(np.array(grid.cells[4].box) - (200, 160, 350, 220)).max() <= 5


def test_merged_cells_span_what_they_cover() -> None:
    picture = ruled(
        blank(),
        (50, 100, 550, 100), (200, 160, 550, 160), (50, 220, 550, 220), (50, 280, 550, 280),
        (50, 100, 50, 280), (200, 100, 200, 280), (350, 100, 350, 160), (350, 220, 350, 280), (550, 100, 550, 280),
    )  # fmt: skip
    (grid,) = grids(picture)
    assert shape(grid) == [
        (0, 0, 2, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 1, 1, 2), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1),
    ]  # fmt: skip


def test_a_table_cut_open_by_the_end_of_the_page() -> None:
    picture = ruled(blank(), *ACROSS, *((x, 100, x, 420) for x in (50, 200, 350, 550)))
    (grid,) = grids(picture)
    assert shape(grid) == plain(4, 3)
    assert abs(grid.cells[-1].box[3] - 420) <= 8


def test_a_table_that_goes_on_from_the_page_before() -> None:
    picture = ruled(blank(), *ACROSS, *((x, 40, x, 280) for x in (50, 200, 350, 550)))
    (grid,) = grids(picture)
    assert shape(grid) == plain(4, 3)
    assert abs(grid.cells[0].box[1] - 40) <= 8


def test_two_tables_from_the_top_down() -> None:
    second = [(50, 500 + y, 550, 500 + y) for y in (0, 60)] + [(x, 500, x, 560) for x in (50, 300, 550)]
    found = grids(ruled(blank(), *second, *ACROSS, *DOWN))
    assert [grid.columns for grid in found] == [3, 2]


def test_broken_corners_and_a_pixel_of_drift_do_no_harm() -> None:
    picture = ruled(blank(), *DOWN)
    for left, y, right, _ in ACROSS:
        picture = ruled(picture, (left, y, 300, y), (300, y + 1, right, y + 1))
    picture[98:103, 196:205] = 255  # a corner worn away
    picture[160:164, 270:275] = 255
    (grid,) = grids(picture)
    assert shape(grid) == plain(3, 3)


def test_text_is_no_ruling() -> None:
    picture = write(blank(), "一二三十王田国日", 60, 300, 20)
    rulings = find_rulings(picture, CHARACTER)
    assert not rulings.horizontal.any() and not rulings.vertical.any()
    assert find_grids(rulings, CHARACTER) == ()


def test_an_upright_stroke_away_from_every_ruling_is_none() -> None:
    picture = ruled(blank(), *ACROSS, *DOWN, (300, 400, 300, 435))
    found = find_rulings(picture, CHARACTER)
    assert not found.vertical[380:450, 280:320].any()
    assert found.text_ink[402:433, 298:303].any()
    assert found.vertical[105:155, 198:203].any()


def test_a_single_frame_is_no_table() -> None:
    assert (
        grids(ruled(blank(), (50, 100, 550, 100), (50, 280, 550, 280), (50, 100, 50, 280), (550, 100, 550, 280))) == ()
    )


def test_ink_without_rulings_keeps_the_writing() -> None:
    picture = write(ruled(blank(), *ACROSS, *DOWN), "五千", 80, 120, 20)
    writing = find_rulings(picture, CHARACTER).text_ink
    away = writing.copy()
    away[115:145, 75:125] = 0
    assert cv2.countNonZero(writing) > 100
    assert cv2.countNonZero(away) < 20


def test_lines_go_into_the_cell_that_holds_their_middle() -> None:
    found = grids(ruled(blank(), *ACROSS, *DOWN))
    frame = PageFrame(np.eye(3), (600, 848), (600, 848))
    inside = [line("单位", 210 / 600, 190 / 848), line("名称", 210 / 600, 170 / 848)]
    outside = line("表外的字", 210 / 600, 600 / 848)
    (table,) = fill_tables(found, [*inside, outside], frame)
    assert [cell.text for cell in table.cells if cell.text] == ["名称\n单位"]
    assert next((cell.row, cell.column) for cell in table.cells if cell.text) == (1, 1)
    assert table.bbox.rounded() == tuple(
        round(value, 5)
        for value in (found[0].box[0] / 600, found[0].box[1] / 848, found[0].box[2] / 600, found[0].box[3] / 848)
    )


def test_the_strokes_of_a_headline_are_no_table() -> None:
    (table,) = grids(ruled(blank(), *ACROSS, *DOWN))
    headline = np.asarray([[45, 95], [555, 95], [555, 285], [45, 285]], np.float32)
    line_in_a_cell = np.asarray([[60, 110], [180, 110], [180, 150], [60, 150]], np.float32)
    assert without_headlines((table,), (headline,)) == ()
    assert without_headlines((table,), (line_in_a_cell,)) == (table,)


def test_slanting_rulings_that_a_page_cut_are_closed_to_their_ends() -> None:
    picture = ruled(blank(), *ACROSS, (50, 100, 50, 280), (200, 40, 200, 280), (562, 40, 550, 280), (50, 40, 50, 280))
    (grid,) = grids(picture)
    assert [(cell.row, cell.column) for cell in grid.cells[:2]] == [(0, 0), (0, 1)]


def test_rulings_that_end_unevenly_leave_a_tall_row_whole() -> None:
    picture = ruled(blank(), (50, 300, 550, 300), (50, 360, 550, 360), (50, 60, 200, 60), (200, 76, 550, 76),
                    (50, 60, 50, 360), (200, 60, 200, 360), (550, 76, 550, 360))  # fmt: skip
    (grid,) = grids(picture)
    assert shape(grid) == plain(2, 2)


def test_on_a_curled_sheet_a_line_stays_in_the_row_it_was_printed_in() -> None:
    picture = blank()
    columns = np.arange(50, 551)
    for y in (200, 260, 320):
        bowed = np.column_stack([columns, y + np.round(14 * np.sin(np.pi * (columns - 50) / 500))]).astype(np.int32)
        cv2.polylines(picture, [bowed], False, (0, 0, 0), 2)
    picture = ruled(picture, (50, 200, 50, 320), (550, 200, 550, 320))
    frame = PageFrame(np.eye(3), (600, 848), (600, 848))
    above, below = line("第一行", 270 / 600, 266 / 848 - HEIGHT / 2), line("第二行", 56 / 600, 270 / 848 - HEIGHT / 2)
    (table,) = fill_tables(grids(picture), [below, above], frame)
    assert [cell.text for cell in table.cells] == ["第一行", "第二行"]


def test_rulings_that_a_curled_page_cut_unevenly_are_closed_from_end_to_end() -> None:
    ends = ((50, 420), (200, 414), (350, 406), (550, 420))
    (grid,) = grids(ruled(blank(), *ACROSS, *((x, 100, x, end) for x, end in ends)))
    assert shape(grid) == plain(4, 3)


def test_strokes_of_characters_one_below_the_other_are_no_ruling() -> None:
    picture = ruled(blank(), (50, 100, 550, 100), (50, 400, 550, 400), (50, 100, 50, 400), (550, 100, 550, 400))
    for x in (200, 330, 450):
        for y in (106, 146, 186, 226):  # as high as their line, and 10 pixels apart
            picture = ruled(picture, (x, y, x, y + 29))
    picture = ruled(picture, (50, 430, 550, 430), (50, 462, 550, 462), *((x, 430, x, 462) for x in (50, 300, 550)))
    vertical = find_rulings(picture, CHARACTER).vertical
    assert not vertical[110:250, 100:500].any()
    assert vertical[440:455, 295:305].any()  # the border of a row no higher than a character


def test_a_footnotes_strokes_that_touch_two_inner_borders_are_no_row() -> None:
    picture = ruled(blank(), *ACROSS, *DOWN, (200, 280, 200, 312), (350, 280, 350, 312))
    (grid,) = grids(picture)
    assert shape(grid) == plain(3, 3)


def test_pieces_are_counted_however_many() -> None:
    hatched = np.zeros((2040, 2000), np.uint8)
    hatched.reshape(120, LEAST_RUN + 1, 1000, 2)[:, :LEAST_RUN, :, 0] = 255
    count, labels, stats = pieces_of(hatched)
    assert (count, int(labels.max())) == (120_001, 120_000)
    assert set(stats[1:, cv2.CC_STAT_AREA]) == {LEAST_RUN}
