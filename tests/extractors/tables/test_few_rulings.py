from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from extractors.evidence.grids import page_grids
from extractors.imaging.frame import PageFrame
from extractors.personal import without_identity_numbers
from extractors.readers.protocol import Picture
from extractors.tables.cells import find_grids
from extractors.tables.few_rulings import find_open_tables, levels_across, rules_outside
from extractors.tables.rulings import find_rulings
from flows.cli.inspect import page_document
from pipeline.model.geometry import union
from pipeline.model.text import Line, Table
from tests.extractors.pictures import blank, ruled
from tests.extractors.records import line, page

CHARACTER = 12.0
LEFT, RIGHT = 50, 550
COLUMNS = (0.12, 0.45, 0.72)


def rows(*texts: Sequence[str], top: float = 0.13, step: float = 0.03) -> list[Line]:
    """Lines of text in three columns; "" leaves one empty."""
    return [
        line(text, x, top + step * number)
        for number, row in enumerate(texts)
        for x, text in zip(COLUMNS, row, strict=False)
        if text
    ]


def across(*heights: float) -> Picture:
    """A page with rulings of one length at so many hundredths of its height."""
    return ruled(blank(), *((LEFT, round(848 * y / 100), RIGHT, round(848 * y / 100)) for y in heights))


def tables(picture: Picture, lines: Sequence[Line]) -> tuple[Table, ...]:
    rulings = find_rulings(picture, CHARACTER)
    frame = PageFrame(np.eye(3), (600, 848), (600, 848))
    rules = rules_outside(rulings.horizontal, find_grids(rulings, CHARACTER), CHARACTER)
    return find_open_tables(rules, rulings.vertical, lines, CHARACTER, frame)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.rows)]


HEAD = ("项目", "本年", "上年")
BODY = (HEAD, ("营业收入", "120.5", "100.0"), ("研发费用", "", "9.5"), ("净利润", "12.0", "8.0"))


def test_a_three_line_table_has_its_rows_of_text_and_the_columns_between_white() -> None:
    (table,) = tables(across(12, 15.2, 25), rows(*BODY))
    assert texts(table) == [list(row) for row in BODY]
    empty = next(cell for cell in table.cells if cell.row == 2 and cell.column == 1)
    assert 0.44 < empty.bbox.x0 < empty.bbox.x1 < 0.6 and 0.18 < empty.bbox.y0 < empty.bbox.y1 < 0.22


def test_a_head_over_two_columns_spans_them() -> None:
    head = [line("项目", 0.12, 0.13), line("报告期内两个年度的金额（万元）", 0.46, 0.13)]
    (table,) = tables(across(12, 15.2, 28), head + rows(*BODY, top=0.16))
    assert [(cell.column, cell.column_span) for cell in table.cells if cell.row == 0] == [(0, 1), (1, 2)]
    assert texts(table)[1] == list(HEAD)


def test_rulings_below_every_row_part_rows_whose_text_wraps() -> None:
    wrapped = (HEAD, ("营业收入", "120.5", "100.0"), ("其中：主营", "", ""), ("研发费用", "10.0", "9.5"))
    (table,) = tables(across(12, 15.2, 21.2, 25), rows(*wrapped))
    assert texts(table) == [list(HEAD), ["营业收入\n其中：主营", "120.5", "100.0"], ["研发费用", "10.0", "9.5"]]


def test_two_three_line_tables_of_one_width() -> None:
    caption = line("下表列示了公司近两年主要产品的产量与销量情况单位均为台", 0.12, 0.27)
    lines = [*rows(*BODY), caption, *rows(*BODY, top=0.32)]
    found = tables(across(12, 15.2, 25, 31, 34.2, 44), lines)
    assert [texts(table) for table in found] == [[list(row) for row in BODY]] * 2


def test_a_frame_with_columns_is_a_table_and_one_with_prose_is_none() -> None:
    frame = ruled(across(12, 25), (LEFT, 102, LEFT, 212), (RIGHT, 102, RIGHT, 212))
    prose = [line("经审查该单位提交的材料真实完整符合要求准予登记", 0.12, 0.13 + 0.03 * index) for index in range(4)]
    assert [texts(table) for table in tables(frame, rows(*BODY))] == [[list(row) for row in BODY]]
    assert tables(frame, prose) == ()
    assert tables(across(12, 25), rows(*BODY)) == ()


def test_lines_of_a_letter_ruled_for_writing_are_no_table() -> None:
    letter = [line("兹证明该产品已通过本所检测", 0.12, 0.13 + 0.03 * index) for index in range(5)]
    assert tables(across(12, 15.2, 18.2, 21.2, 24.2, 27.2), letter) == ()


def test_where_a_full_grid_stands_there_is_no_other_table() -> None:
    down = [(x, 102, x, 212) for x in (LEFT, 240, 400, RIGHT)]
    assert tables(ruled(across(12, 15.2, 25), *down), rows(*BODY)) == ()


def test_rulings_across_all_of_the_text_part_rows_and_those_to_write_on_do_not() -> None:
    lines = rows(*BODY)
    text = union(each.row for each in lines)
    begins = round(600 * (text.x0 + 0.3 * text.width))
    picture = ruled(across(20, 60), (begins, round(848 * 0.4), RIGHT, round(848 * 0.4)))
    rulings = find_rulings(picture, CHARACTER)
    frame = PageFrame(np.eye(3), (600, 848), (600, 848))
    rules = rules_outside(rulings.horizontal, find_grids(rulings, CHARACTER), CHARACTER)
    levels = levels_across(rules, lines, frame)
    assert levels == pytest.approx((0.2, 0.6), abs=0.005)


def test_open_tables_go_where_tables_go() -> None:
    (table,) = tables(across(12, 15.2, 25), rows(HEAD, ("甲", "身份证号码", "x"), ("乙", "11010519491231002X", "")))
    own = page([line for cell in table.cells for line in cell.lines])
    reading = own.reading.model_copy(update={"open_tables": (table,)})
    first, _ = page_grids(own.model_copy(update={"reading": reading}))
    assert [entry.flow.text for entry in first[0]] == list(HEAD)
    assert page_document(reading)["tables"][0]["rows"][0] == list(HEAD)
    assert "19491231" not in str(without_identity_numbers(reading, ("身份证",)).open_tables)
