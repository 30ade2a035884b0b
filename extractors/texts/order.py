"""Reading order: rows from the top down, in a row from left to right."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.text import Line

SAME_ROW = 0.5
"""Lines whose middles are closer than this share of the lower one's height stand in one row."""


def in_reading_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines sorted by row and then by x."""
    return tuple(line for row in rows(lines) for line in row)


def rows(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Lines grouped into rows by their vertical overlap on the straight page."""
    grouped: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.row.center[1]):
        last = grouped[-1] if grouped else []
        if last and _same_row(last, line):
            last.append(line)
        else:
            grouped.append([line])
    return tuple(tuple(sorted(row, key=lambda line: line.row.x0)) for row in grouped)


def _same_row(row: Sequence[Line], line: Line) -> bool:
    middle = sum(other.row.center[1] for other in row) / len(row)
    height = min(line.row.height, min(other.row.height for other in row))
    return abs(line.row.center[1] - middle) < SAME_ROW * height
