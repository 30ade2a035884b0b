"""Tables without a full grid: rows from the rows of text, columns from the white that runs between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.texts.order import in_reading_order
from extractors.texts.order import rows as rows_of
from pipeline.model.geometry import BBox, union
from pipeline.model.text import Line, Table, TableCell

GAP_IN_CHARACTERS = 0.5
"""Least white between columns: lines are whole, so that no blank within one counts."""
CROSSING = 0.1
"""So many of the widest lines, as a share of the rows of text, may run over several columns: heads, notes."""
RULED_ROWS = 0.5
"""From so many bands between rulings for each row of text on, rulings part the rows."""
LEAST_ROWS = 3
SET_ROWS = 0.6
"""Least share of rows that have something in two columns: prose in a frame has not."""

Span = tuple[float, float]
Spot = tuple[int, int]
"""First and last column."""
Row = Mapping[Spot, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Region:
    """Where a table stands, and the heights of the rulings that run across it, in fractions of the straight page.

    `character` is a usual character's height as a fraction of the page's width.
    """

    box: BBox
    character: float
    levels: tuple[float, ...] = ()

    def holds(self, line: Line) -> bool:
        """Whether a line's middle lies in it."""
        return self.box.contains(*line.row.center)


def table_of(region: Region, lines: Sequence[Line]) -> Table | None:
    """The lines of a region as a table; None where they don't stand in columns.

    A row's cells are as high as what stands in it, a column's as wide; boxes are in fractions of the stored page.
    """
    texts = rows_of([line for line in lines if region.holds(line)])
    columns = _columns(texts, region)
    rows = _rows(texts, columns, region.levels)
    if len(rows) < LEAST_ROWS or sum(len(row) > 1 for row in rows) < SET_ROWS * len(rows):
        return None
    widths = [_width(index, rows) for index in range(len(columns))]
    cells = tuple(cell for number, row in enumerate(rows) for cell in _cells(number, row, widths))
    return Table(bbox=union(cell.bbox for cell in cells), rows=len(rows), columns=len(columns), cells=cells)


def _columns(texts: Sequence[Sequence[Line]], region: Region) -> tuple[Span, ...]:
    """Left and right edges of the columns, the fewest of the widest lines left out that hide some of them."""
    spans = sorted(((line.row.x0, line.row.x1) for row in texts for line in row), key=lambda span: span[0] - span[1])
    most = max(1, int(CROSSING * len(texts)))
    found = [_apart(spans[left_out:], GAP_IN_CHARACTERS * region.character) for left_out in range(most + 1)]
    return max(found, key=len)


def _apart(spans: Sequence[Span], gap: float) -> tuple[Span, ...]:
    """Spans joined where less than a gap is between them."""
    joined: list[Span] = []
    for x0, x1 in sorted(spans):
        if joined and x0 - joined[-1][1] < gap:
            joined[-1] = (joined[-1][0], max(joined[-1][1], x1))
        else:
            joined.append((x0, x1))
    return tuple(joined)


def _rows(texts: Sequence[Sequence[Line]], columns: Sequence[Span], levels: Sequence[float]) -> list[Row]:
    """The table's rows: those of text, or what stands between two rulings where these part rows whose text wraps.

    Three-line tables have few rulings for their rows; where rulings are as many as rows, wrapped text tells itself by
    rows of text that fill less than half of the columns.
    """
    rows = [_placed(row, columns) for row in texts]
    bands: dict[int, list[Line]] = {}
    for row in texts:
        middle = sum(line.row.center[1] for line in row) / len(row)
        bands.setdefault(sum(level < middle for level in levels), []).extend(row)
    wrapped = any(len(row) < len(columns) / 2 for row in rows)
    if not wrapped or len(bands) < RULED_ROWS * len(rows):
        return rows
    return [_placed(bands[band], columns) for band in sorted(bands)]


def _placed(row: Sequence[Line], columns: Sequence[Span]) -> Row:
    """Lines of a row by the columns that they stand in; those that share one stand in one cell."""
    cells: list[tuple[Spot, tuple[Line, ...]]] = []
    for spot, line in sorted(((_spot(line, columns), line) for line in row), key=lambda pair: pair[0]):
        if cells and spot[0] <= cells[-1][0][1]:
            (first, last), lines = cells[-1]
            cells[-1] = ((first, max(last, spot[1])), (*lines, line))
        else:
            cells.append((spot, (line,)))
    return {spot: in_reading_order(lines) for spot, lines in cells}


def _spot(line: Line, columns: Sequence[Span]) -> Spot:
    x0, x1 = line.row.x0, line.row.x1
    over = [index for index, (left, right) in enumerate(columns) if min(right, x1) > max(left, x0)]
    nearest = min(range(len(columns)), key=lambda index: abs(sum(columns[index]) - x0 - x1))
    return (over[0], over[-1]) if over else (nearest, nearest)


def _width(column: int, rows: Sequence[Row]) -> Span:
    """From where to where on the stored page what stands in a column reaches; every column has a line of its own."""
    lines = [line for row in rows for spot, own in row.items() if spot == (column, column) for line in own]
    lines = lines or [line for row in rows for spot, own in row.items() if spot[0] <= column <= spot[1] for line in own]
    box = union(line.bbox for line in lines)
    return box.x0, box.x1


def _cells(number: int, row: Row, widths: Sequence[Span]) -> Iterator[TableCell]:
    """A row's cells from left to right, the empty ones among them."""
    own = union(line.bbox for lines in row.values() for line in lines)
    starts = {spot[0]: spot for spot in row}
    column = 0
    while column < len(widths):
        spot = starts.get(column, (column, column))
        lines = row.get(spot, ())
        crossing = BBox(widths[spot[0]][0], own.y0, widths[spot[1]][1], own.y1)
        yield TableCell(
            row=number,
            column=column,
            column_span=spot[1] - spot[0] + 1,
            bbox=union([crossing, *(line.bbox for line in lines)]),
            lines=lines,
        )
        column = spot[1] + 1
