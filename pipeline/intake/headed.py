"""Finding the head of a sheet by its headings, and giving out its rows by key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.intake.spreadsheet import Rows, address
from pipeline.model.evidence import Cell
from pipeline.values import fold

HEAD_ROWS = 15
"""Rows from the top among which a head stands: titles, notes and dates come before it."""
TOTAL_WORDS = ("合计", "总计", "小计", "共计", "注:", "备注:", "说明:", "填表说明", "填报人", "制表")
"""What begins a row that is no record."""
_MARKS = re.compile(r"[*★]|\((?:必填|选填|可选|如有)\)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was recognised: where, and its heading as it stands (its unit may matter)."""

    index: int
    heading: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a sheet's records begin (row counted from 0), and the column of each key."""

    first_row: int
    columns: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A record's row: texts by key, and the cells that they stand in."""

    number: int
    texts: Mapping[str, str]
    cells: Mapping[str, Cell]

    def get(self, key: str) -> str:
        """The text of a key, outer blanks off; "" where the column is missing or the cell blank."""
        return self.texts.get(key, "").strip()


def alias_index(aliases: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Folded heading -> key; where two keys claim a heading, the first has it."""
    index: dict[str, str] = {}
    for key, headings in aliases.items():
        for heading in headings:
            index.setdefault(_heading(heading), key)
    return index


def find_head(rows: Rows, index: Mapping[str, str], least: int) -> Head | None:
    """The head with most known headings among the first rows, of one row or of two together; None below `least`."""
    best: Head | None = None
    for number in range(min(HEAD_ROWS, len(rows))):
        for upper in (None, rows[number - 1] if number else None):
            columns = _columns(rows[number], upper, index)
            if len(columns) >= least and (best is None or len(columns) > len(best.columns)):
                best = Head(number + 1, columns)
    return best


def headed_rows(rows: Rows, head: Head, file: str, sheet: str) -> Iterator[HeadedRow]:
    """The records below a head; blank rows, totals, notes and repeated heads are not among them."""
    headings = {fold(column.heading.split("\n")[-1]) for column in head.columns.values()}
    for number in range(head.first_row, len(rows)):
        row = rows[number]
        texts = {key: row[column.index] if column.index < len(row) else "" for key, column in head.columns.items()}
        if _is_record(row, texts, headings):
            cells = {
                key: Cell(file=file, sheet=sheet, cell=address(number, column.index))
                for key, column in head.columns.items()
            }
            yield HeadedRow(number, texts, cells)


def _columns(row: Sequence[str], upper: Sequence[str] | None, index: Mapping[str, str]) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for position, own in enumerate(row):
        above = upper[position] if upper is not None and position < len(upper) else ""
        for heading in (above + "\n" + own, own, above) if upper is not None else (own,):
            key = index.get(_heading(heading))
            if key is not None and key not in columns:
                columns[key] = Column(position, heading)
                break
    return columns


def _heading(text: str) -> str:
    return _MARKS.sub("", fold(text)).rstrip(":")


def _is_record(row: Sequence[str], texts: Mapping[str, str], headings: set[str]) -> bool:
    values = [text for text in texts.values() if text.strip()]
    if not values:
        return False
    first = fold(next(text for text in row if text.strip()))
    if first.startswith(tuple(fold(word) for word in TOTAL_WORDS)):
        return False
    return sum(fold(value) in headings for value in values) < max(2, len(values) / 2)
