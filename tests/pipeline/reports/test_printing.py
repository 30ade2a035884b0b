"""Sheets on paper: legible type, heads and first columns on every page, pages counted."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from pipeline.model.run import RunRecord
from pipeline.notices.profile import load_profile
from pipeline.reports.pictures import NoPictures
from pipeline.reports.printing import LEAST_SCALE, Paper, PrintPlan, print_plan, scale
from pipeline.reports.sheets import Column, Sheet
from pipeline.reports.summary import summary_sheets
from pipeline.reports.workbook import workbook_bytes

SHEETS = {
    sheet.title: sheet
    for sheet in summary_sheets((), (), RunRecord(), (), lambda identity: NoPictures(), load_profile())[0]
}
ON_A4 = ("汇总", "重点指标", "推荐表", "运行记录", "统计")
ON_A3 = ("问题清单", "印章", "证明材料")


def sheet_of(*widths: float, frozen: int = 1) -> Sheet:
    return Sheet("甲", tuple(Column(str(number), width) for number, width in enumerate(widths)), (), frozen)


@pytest.mark.parametrize(
    ("widths", "plan"),
    [
        ((20, 100), PrintPlan(Paper.A4, 1, 0)),
        ((20, 200), PrintPlan(Paper.A3, 1, 0)),
        ((20, *[60] * 8), PrintPlan(Paper.A3, 2, 1)),
        ((20, *[60] * 12), PrintPlan(Paper.A3, 3, 1)),
    ],
)
def test_the_smallest_paper_and_fewest_pages_that_stay_legible(widths, plan):
    assert print_plan(sheet_of(*widths)) == plan


def test_columns_are_not_parted_and_first_ones_take_their_room_on_each_page():
    two = PrintPlan(Paper.A3, 2, 1)
    assert scale(sheet_of(20, 150, 10, 150), two) == scale(sheet_of(20, 150, 160), two)
    assert scale(sheet_of(100, 150, 160), two) < scale(sheet_of(20, 150, 160), two)


def test_a_sheet_that_nothing_makes_legible_has_a_page_a_column():
    assert print_plan(sheet_of(200, 200, 200)) == PrintPlan(Paper.A3, 3, 1)


@pytest.mark.parametrize("title", SHEETS)
def test_every_sheet_is_printed_legibly(title):
    assert scale(SHEETS[title], print_plan(SHEETS[title])) >= LEAST_SCALE


def test_the_lists_that_are_printed_most_fit_one_page_wide():
    assert {title: print_plan(SHEETS[title]) for title in ON_A4} == dict.fromkeys(ON_A4, PrintPlan(Paper.A4, 1, 0))
    assert {title: print_plan(SHEETS[title]) for title in ON_A3} == dict.fromkeys(ON_A3, PrintPlan(Paper.A3, 1, 0))


def test_the_workbook_is_set_up_as_planned():
    book = load_workbook(BytesIO(workbook_bytes(tuple(SHEETS.values()))))
    wide, narrow = book["申报信息"], book["汇总"]
    assert (wide.page_setup.paperSize, wide.print_title_cols, wide.print_title_rows) == (Paper.A3, "$A:$B", "$1:$1")
    assert wide.page_setup.fitToWidth == print_plan(SHEETS["申报信息"]).pages_wide > 1
    assert (narrow.page_setup.paperSize, narrow.page_setup.fitToWidth, narrow.print_title_cols) == (Paper.A4, 1, None)
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.print_title_rows == "$1:$1" and "&P" in sheet.oddFooter.center.text
