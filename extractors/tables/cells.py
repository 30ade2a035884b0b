"""Cells of ruled tables: the holes between the rulings, set into a grid of rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np

from extractors.readers.protocol import Quad
from extractors.tables.open_sides import closed_at_sides
from extractors.tables.rulings import Mask, Rulings, pieces_of
from extractors.tables.slant import Box as Box
from extractors.tables.slant import Hole, Outline, straight_boxes

LEAST_SIDE_IN_CHARACTERS = 0.85
"""A cell lower or narrower than this holds no character."""
LEAST_TABLE_IN_CHARACTERS = (8.0, 1.6)
"""Width and height from which rulings are a table: the strokes of a bold headline close into smaller ones."""
OPEN_ENDS_IN_CHARACTERS = 0.8
"""Vertical rulings that end this close together end where the page cut their table."""
ON_BORDER = 4
"""Pixels within which an end is on a border: the masks of both stop a pixel or two apart."""
BESIDE = 2.0
"""Character heights above and below their ends in which other rulings are a table's with them."""
SAME_EDGE_IN_CHARACTERS = 0.6
"""Edges this close are one line of the grid,"""
SAME_EDGE_IN_HEIGHTS = 0.2
"""and upper and lower ones of tall cells somewhat further apart: where a page ends, each ruling ends on its own."""

HEADLINE_SLACK = 0.1
"""Of a line's height: strokes of a headline reach this far out of its detected box."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's place in the grid and its box in pixels of the working picture."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    outline: Outline | None = field(default=None, compare=False, repr=False)
    """Its border, shape (n, 2), in the same pixels: on a curled sheet rulings bow, and the boxes of rows overlap."""

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the cell."""
        if self.outline is None:
            return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]
        return cv2.pointPolygonTest(self.outline, (x, y), False) >= 0


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its box in pixels and its cells, row by row."""

    box: Box
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


def find_grids(rulings: Rulings, character_height: float) -> tuple[Grid, ...]:
    """Tables of at least two cells, from the top of the page down."""
    drawn = cv2.bitwise_or(_extended(rulings.horizontal, False), _extended(rulings.vertical, True))
    lines = closed_at_sides(np.asarray(drawn, np.uint8), rulings, character_height)
    lines = _closed_at_ends(lines, rulings, character_height)
    contours, hierarchy = cv2.findContours(lines, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return ()
    least = LEAST_SIDE_IN_CHARACTERS * character_height
    holes: dict[int, list[Hole]] = {}
    for contour, (_, _, _, parent) in zip(contours, hierarchy[0], strict=True):
        x, y, width, height = cv2.boundingRect(contour)
        if parent < 0 or min(width, height) < least:
            continue
        if cv2.contourArea(contour) < 0.55 * width * height:
            continue
        outline = np.asarray(contour, dtype=np.int32).reshape(-1, 2)
        holes.setdefault(int(parent), []).append(((x, y, x + width, y + height), outline))
    grids = [_grid(cells, character_height) for cells in holes.values() if len(cells) >= 2]
    return tuple(sorted((grid for grid in grids if _is_table(grid, character_height)), key=lambda grid: grid.box[1]))


def without_headlines(grids: Sequence[Grid], quads: Sequence[Quad]) -> tuple[Grid, ...]:
    """The grids that are more than the strokes of one line of large print: a table is higher than each of its lines.

    Args:
        grids: What the rulings close, in pixels of the working picture.
        quads: The lines of text found in the same picture, shape (4, 2) each.
    """
    lines = [(*quad.min(axis=0), *quad.max(axis=0)) for quad in quads]
    return tuple(grid for grid in grids if not any(_inside(grid.box, line) for line in lines))


def _inside(box: Box, line: Sequence[float]) -> bool:
    slack = HEADLINE_SLACK * (line[3] - line[1])
    within = box[0] >= line[0] - slack and box[2] <= line[2] + slack
    return within and box[1] >= line[1] - slack and box[3] <= line[3] + slack


def _is_table(grid: Grid, character_height: float) -> bool:
    width, height = (least * character_height for least in LEAST_TABLE_IN_CHARACTERS)
    return grid.box[2] - grid.box[0] >= width and grid.box[3] - grid.box[1] >= height


def _extended(mask: Mask, vertical: bool) -> Mask:
    """Rulings a little longer, so that corners a worn scan left open close."""
    kernel = np.ones((13, 3), np.uint8) if vertical else np.ones((3, 13), np.uint8)
    return np.asarray(cv2.dilate(mask, kernel), np.uint8)


@dataclass(frozen=True, slots=True)
class _Run:
    """A vertical ruling in pixels."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class _End:
    """The upper or lower end of a vertical ruling that may slant, at its height on the page."""

    y: int
    run: _Run


def _closed_at_ends(lines: Mask, rulings: Rulings, character_height: float) -> Mask:
    """Tables that a page's end cut open are closed where several of their vertical rulings end together."""
    count, _, stats = pieces_of(rulings.vertical)
    runs = [
        _Run(int(x), int(y), int(x + width), int(y + height))
        for x, y, width, height, _ in stats[1:count]
        if height > 1.5 * character_height
    ]
    closed = lines.copy()
    for ends in ([_End(run.top, run) for run in runs], [_End(run.bottom - 1, run) for run in runs]):
        level = sorted(ends, key=lambda end: (end.y, end.run.left))
        for group in _together(level, OPEN_ENDS_IN_CHARACTERS * character_height):
            across = sorted(group, key=lambda end: end.run.left)
            wide = across[-1].run.left - across[0].run.left > 3 * character_height
            if len(group) >= 2 and wide and _outermost(across, runs, character_height):
                for one, other in pairwise(across):
                    if not _of_two_tables(rulings.horizontal, one, other):
                        cv2.line(closed, (one.run.left, one.y), (other.run.right, other.y), (255.0,), 3)
    return closed


def _of_two_tables(horizontal: Mask, one: _End, other: _End) -> bool:
    """Whether two ends are corners of tables side by side: on borders, and no ruling leads from one to the other."""
    if not (_bordered(horizontal, one) and _bordered(horizontal, other)):
        return False
    middle = (one.run.right + other.run.left) // 2
    between = horizontal[max(one.run.top, other.run.top) : min(one.run.bottom, other.run.bottom), middle]
    return not between.any()


def _bordered(horizontal: Mask, end: _End) -> bool:
    """Whether an end stands on a horizontal ruling."""
    rows = slice(max(0, end.y - ON_BORDER), end.y + ON_BORDER + 1)
    return bool(horizontal[rows, max(0, end.run.left - ON_BORDER) : end.run.right + ON_BORDER].any())


def _outermost(across: Sequence[_End], runs: Sequence[_Run], character_height: float) -> bool:
    """Whether a table's left or right border is among the rulings that end together: a cut table's are.

    Inner ones alone end together where strokes of a footnote touch them.
    """
    level, reach = across[0].y, BESIDE * character_height
    beside = [run for run in runs if run.top - reach <= level <= run.bottom + reach]
    left, right = min(run.left for run in beside), max(run.right for run in beside)
    return across[0].run.left - left <= character_height or right - across[-1].run.right <= character_height


def _together(ends: Sequence[_End], tolerance: float) -> list[list[_End]]:
    """Ends in groups that lie level."""
    groups: list[list[_End]] = []
    for end in ends:
        if groups and end.y - groups[-1][0].y <= tolerance:
            groups[-1].append(end)
        else:
            groups.append([end])
    return groups


def _grid(holes: Sequence[Hole], character_height: float) -> Grid:
    slack = SAME_EDGE_IN_CHARACTERS * character_height
    slacks = [min(max(slack, SAME_EDGE_IN_HEIGHTS * (box[3] - box[1])), 2 * slack) for box, _ in holes]
    straight = straight_boxes(holes, character_height)
    lefts = _edges([box[0] for box in straight], [slack] * len(holes))
    tops = _edges([box[1] for box in straight], slacks)
    cells = []
    for (box, outline), (x0, y0, x1, y1), own in zip(holes, straight, slacks, strict=True):
        column, row = _nearest(lefts, x0), _nearest(tops, y0)
        last_column = max(column, _last(lefts, x1, slack))
        last_row = max(row, _last(tops, y1, own))
        cells.append(GridCell(row, column, last_row - row + 1, last_column - column + 1, box, outline))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(_hull([box for box, _ in holes]), len(tops), len(lefts), tuple(cells))


def _hull(boxes: Sequence[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _edges(values: Sequence[int], slacks: Sequence[float]) -> list[int]:
    """Values merged into lines of the grid, each pair as far apart as both of their slacks allow."""
    merged: list[list[tuple[int, float]]] = []
    for value, slack in sorted(zip(values, slacks, strict=True)):
        if merged and value - merged[-1][-1][0] <= min(slack, merged[-1][-1][1]):
            merged[-1].append((value, slack))
        else:
            merged.append([(value, slack)])
    return [round(sum(value for value, _ in group) / len(group)) for group in merged]


def _nearest(edges: Sequence[int], value: int) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _last(starts: Sequence[int], end: int, tolerance: float) -> int:
    """Index of the last grid line that starts clearly before `end`."""
    return sum(1 for start in starts if start < end - tolerance) - 1
