"""Lines put into the cells they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.imaging.frame import PageFrame
from extractors.tables.cells import Grid, GridCell
from extractors.texts.order import in_reading_order
from pipeline.model.text import Line, Table, TableCell


def fill_tables(grids: Sequence[Grid], lines: Sequence[Line], frame: PageFrame) -> tuple[Table, ...]:
    """The grids as tables of the page, each line in the smallest cell that holds its middle."""
    return tuple(_table(grid, lines, frame) for grid in grids)


def _table(grid: Grid, lines: Sequence[Line], frame: PageFrame) -> Table:
    boxes = [frame.to_page(_floats(cell.box)) for cell in grid.cells]
    homes: list[list[Line]] = [[] for _ in grid.cells]
    for line in lines:
        index = _home(grid.cells, line, frame)
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


def _home(cells: Sequence[GridCell], line: Line, frame: PageFrame) -> int | None:
    """The cell that holds a line's middle; where it lies on a ruling, the smallest whose box does."""
    x0, y0, x1, y1 = frame.to_working(line.bbox)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    inside = [index for index, cell in enumerate(cells) if cell.holds(x, y)]
    near = inside or [
        index for index, cell in enumerate(cells) if cell.box[0] <= x <= cell.box[2] and cell.box[1] <= y <= cell.box[3]
    ]
    return min(near, key=lambda index: _area(cells[index].box), default=None)


def _area(box: tuple[int, int, int, int]) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _floats(box: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])
