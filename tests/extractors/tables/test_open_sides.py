from __future__ import annotations

import cv2
import pytest

from extractors.tables.cells import find_grids
from extractors.tables.rulings import Rulings, find_rulings
from tests.extractors.pictures import BLACK, blank, write

SIZE = 24
ROWS = (100, 160, 220, 280, 340)
LEFT, INNER, RIGHT = 60, (240, 480), 640


def ruled(*, sides: bool, inner_to: int = ROWS[-1]) -> Rulings:
    """A table of four rows and three columns, its inner rulings down to a level, with or without its sides."""
    picture = blank(700, 440)
    for y in ROWS:
        cv2.line(picture, (LEFT, y), (RIGHT, y), BLACK, 2)
    for x in INNER:
        cv2.line(picture, (x, ROWS[0]), (x, inner_to), BLACK, 2)
    for x in (LEFT, RIGHT) if sides else ():
        cv2.line(picture, (x, ROWS[0]), (x, ROWS[-1]), BLACK, 2)
    for y in ROWS[:-1]:
        picture = write(picture, "单位名称", LEFT + 20, y + 15, SIZE)
    return find_rulings(picture, SIZE)


@pytest.mark.parametrize("sides", [True, False])
def test_a_table_without_side_borders_has_its_outer_columns(sides: bool) -> None:
    (grid,) = find_grids(ruled(sides=sides), SIZE)
    assert (grid.rows, grid.columns, len(grid.cells)) == (4, 3, 12)


@pytest.mark.parametrize("rows", [1, 2])
def test_rulings_of_a_head_alone_make_no_columns_below(rows: int) -> None:
    """The rows of such a table are told by the white between them."""
    grids = find_grids(ruled(sides=False, inner_to=ROWS[rows]), SIZE)
    assert all(grid.box[3] < ROWS[rows + 1] and grid.box[0] > LEFT + SIZE for grid in grids)


@pytest.mark.parametrize("below", [False, True], ids=["ruling above", "another table below"])
def test_other_rulings_of_the_same_width_are_not_of_the_table(below: bool) -> None:
    """A page's head is ruled off as wide as its tables are, and tables on a page have one width."""
    picture = blank(700, 1000)
    tables = [(160, 220, 280, 340), (600, 660, 720)] if below else [(360, 420, 480, 540)]
    for y in (60, *(y for table in tables for y in table)):
        cv2.line(picture, (LEFT, y), (RIGHT, y), BLACK, 2)
    for table in tables:
        for x in INNER:
            cv2.line(picture, (x, table[0]), (x, table[-1]), BLACK, 2)
        for y in table[:-1]:
            picture = write(picture, "单位名称", LEFT + 20, y + 15, SIZE)
    grids = find_grids(find_rulings(picture, SIZE), SIZE)
    assert [(grid.rows, grid.columns) for grid in grids] == [(len(table) - 1, 3) for table in tables]


def test_lines_to_write_on_are_no_table() -> None:
    picture = blank(700, 440)
    for y in ROWS:
        cv2.line(picture, (LEFT, y), (RIGHT, y), BLACK, 2)
    assert find_grids(find_rulings(picture, SIZE), SIZE) == ()
