from __future__ import annotations

from extractors.page_numbers import with_page_numbers
from pipeline.model.text import Line, Table
from tests.extractors.records import line, page, table


def printed(*lines: Line, tables: tuple[Table, ...] = ()) -> str | None:
    (one,) = with_page_numbers([page(lines, *tables)])
    return one.printed.text if one.printed else None


def test_a_number_at_the_bottom_keeps_its_place() -> None:
    (one,) = with_page_numbers([page([line("任务书", 0.4, 0.1), line("第 3 页 共 20 页", 0.4, 0.95)], number=7)])
    assert one.printed is not None and one.printed.text == "第3页共20页"
    assert [(place.page, round(place.bbox.y0, 2)) for place in one.printed.places] == [(7, 0.95)]


def test_one_that_says_so_goes_before_a_bare_figure() -> None:
    assert printed(line("第3页", 0.7, 0.04), line("攻关", 0.1, 0.5), line("12", 0.5, 0.96)) == "第3页"


def test_beside_a_footers_words() -> None:
    assert printed(line("攻关", 0.1, 0.5), line("某某公司", 0.1, 0.95), line("- 3 -", 0.8, 0.95)) == "- 3 -"


def test_figures_of_the_text_and_of_tables_are_none() -> None:
    assert printed(line("30", 0.1, 0.5)) is None
    assert printed(line("单位人数", 0.1, 0.94), line("30", 0.6, 0.94)) is None
    assert printed(tables=(table([["1", "2"], ["3", ""]], top=0.05, bottom=0.99),)) is None
    assert printed(line("2021", 0.5, 0.95)) is None
