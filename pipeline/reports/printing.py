"""How a sheet goes on paper: which paper, how many pages side by side, and what repeats on each.

Clerks print lists to mark them by hand: type must stay legible, so a sheet too wide for A4 takes A3, and one too wide
for that runs over pages side by side with its first columns on each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import inf

from pipeline.reports.sheets import Sheet

MARGIN_INCHES = 0.4
FOOT_INCHES = 0.55
"""The lower margin: the page's number stands in it."""
INCHES_A_CHARACTER = 7 / 96
"""What a half-width character of column width takes: seven pixels at 96 dots an inch."""
LEAST_SCALE = 0.75
"""Ten-point type printed at 7.5 points (六号), the smallest that office print is read in without a glass."""


class Paper(IntEnum):
    """Paper by the number that spreadsheets know it by."""

    A4 = 9
    A3 = 8


_LONG_EDGE_INCHES = {Paper.A4: 11.69, Paper.A3: 16.54}


@dataclass(frozen=True, slots=True)
class PrintPlan:
    """A sheet on paper, landscape: `pages_wide` side by side, `repeated` first columns on each of them."""

    paper: Paper
    pages_wide: int
    repeated: int


def print_plan(sheet: Sheet) -> PrintPlan:
    """The smallest paper, then the fewest pages side by side, on which the sheet's type stays legible."""
    for paper in Paper:
        if scale(sheet, PrintPlan(paper, 1, 0)) >= LEAST_SCALE:
            return PrintPlan(paper, 1, 0)
    plans = (PrintPlan(Paper.A3, pages, sheet.frozen) for pages in range(2, len(sheet.columns) + 1))
    most = PrintPlan(Paper.A3, len(sheet.columns), sheet.frozen)
    return next((plan for plan in plans if scale(sheet, plan) >= LEAST_SCALE), most)


def scale(sheet: Sheet, plan: PrintPlan) -> float:
    """How large the sheet is printed under a plan, at most 1: columns are never parted, so a page may stay unfilled."""
    room = (_LONG_EDGE_INCHES[plan.paper] - 2 * MARGIN_INCHES) / INCHES_A_CHARACTER
    repeated = sum(column.width for column in sheet.columns[: plan.repeated])
    widths = [column.width for column in sheet.columns[plan.repeated :]]
    return min(1.0, room / (repeated + _widest_page(widths, plan.pages_wide)))


def _widest_page(widths: Sequence[float], pages: int) -> float:
    """The least width in which columns, in their order, fill at most that many pages."""
    ends = range(1, len(widths) + 1)
    runs = sorted({sum(widths[start:end]) for end in ends for start in range(end)})
    return next(width for width in runs if _pages_taken(widths, width) <= pages)


def _pages_taken(widths: Sequence[float], width: float) -> float:
    """Pages of a width that columns fill one after the other; without end where one is wider than the page."""
    pages, left = 1, width
    for each in widths:
        if each > width:
            return inf
        if each > left:
            pages, left = pages + 1, width
        left -= each
    return pages
