"""Lines put into the cells they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.imaging.frame import PageFrame
from extractors.tables.cells import Grid
from extractors.texts.order import in_reading_order
from pipeline.model.geometry import BBox
from pipeline.model.text import Line, Table, TableCell


def fill_tables(grids: Sequence[Grid], lines: Sequence[Line], frame: PageFrame) -> tuple[Table, ...]:
    """The grids as tables of the page, each line in the smallest cell that holds its middle."""
    return tuple(_table(grid, lines, frame) for grid in grids)


def _table(grid: Grid, lines: Sequence[Line], frame: PageFrame) -> Table:
    boxes = [frame.to_page(_floats(cell.box)) for cell in grid.cells]
    homes: list[list[Line]] = [[] for _ in grid.cells]
    for line in lines:
        index = _home(boxes, line)
        if index is not None:
            homes[index].append(line)
    cells = tuple(
        TableCell(
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            bbox=box,
            lines=in_reading_order(home),
        )
        for cell, box, home in zip(grid.cells, boxes, homes, strict=True)
    )
    return Table(bbox=frame.to_page(_floats(grid.box)), rows=grid.rows, columns=grid.columns, cells=cells)


def _home(boxes: Sequence[BBox], line: Line) -> int | None:
    x, y = line.bbox.center
    holding = [index for index, box in enumerate(boxes) if box.contains(x, y)]
    return min(holding, key=lambda index: boxes[index].area) if holding else None


def _floats(box: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])
