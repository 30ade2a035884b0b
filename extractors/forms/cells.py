"""Cells of the form, whether off a scanned table or a Word table: place in the grid, text with its evidence, ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.forms.flow import Flow, flow_of_lines
from pipeline.model.document import Page
from pipeline.model.text import CheckBox, Table, TableCell


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell: grid place, flow, and the tick boxes that stand in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    flow: Flow
    boxes: tuple[CheckBox, ...] = ()

    @property
    def last_row(self) -> int:
        """Its last row."""
        return self.row + self.row_span - 1

    @property
    def next_column(self) -> int:
        """The column right of it."""
        return self.column + self.column_span

    def beside(self, other: FormCell) -> bool:
        """Whether the two share a row."""
        return self.row <= other.last_row and other.row <= self.last_row


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of the form; `first_of_page` when nothing but a running head stands above it."""

    cells: tuple[FormCell, ...]
    columns: int


def page_tables(page: Page) -> tuple[FormTable, ...]:
    """The ruled tables of a page as form tables."""
    return tuple(form_table(table, page) for table in page.reading.tables)


def form_table(table: Table, page: Page) -> FormTable:
    """A table of a page as a form table."""
    cells = [
        FormCell(
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            flow_of_lines(cell.lines, page.file, page.page, cell.bbox),
            tuple(box for box in page.reading.boxes if _stands_in(box, cell)),
        )
        for cell in table.cells
    ]
    return FormTable(tuple(cells), table.columns)


def _stands_in(box: CheckBox, cell: TableCell) -> bool:
    """Whether a box's word stands in a cell, or in a line that does: a tick high above its line raises that."""
    places = (cell.bbox, *(line.bbox for line in cell.lines))
    return any(place.contains(*box.label.center) for place in places)


def right_of(cell: FormCell, cells: Sequence[FormCell]) -> FormCell | None:
    """The cell that starts where this one ends, in its first row."""
    beside = [other for other in cells if other.column >= cell.next_column and other.row <= cell.row <= other.last_row]
    return min(beside, key=lambda other: other.column, default=None)
