"""Tables with a head: which column is which, by the wording of the heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.forms.cells import FormCell, FormTable
from pipeline.values import fold

ALIKE = 84
"""Similarity (0-100) from which a head is one of the wordings."""
MISREAD = 50
"""The same of one that stands where the notice's order of columns wants it: half of its letters may be misread."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head row of a table and the key of each column (grid index -> key).

    `again`: the table before has the same columns, so that this one may go on with it, its head repeated or not.
    """

    row: int
    columns: Mapping[int, str]
    again: bool = False


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A body row: its cells by column key.

    `opens` a table that may go on with the one before: it may be the rest of a row that the page's end broke.
    """

    row: int
    cells: Mapping[str, FormCell]
    opens: bool = False


def find_head(table: FormTable, wordings: Mapping[str, Sequence[str]], least: int) -> Head | None:
    """The first row that names at least `least` columns."""
    for row in sorted({cell.row for cell in table.cells})[:4]:
        columns: dict[int, str] = {}
        for cell in table.cells:
            key = column_key(cell.flow.text, wordings) if cell.row == row else None
            if key is not None and key not in columns.values():
                columns[cell.column] = key
        if len(columns) >= least:
            return Head(row, _with_misread([cell for cell in table.cells if cell.row == row], columns, wordings))
    return None


def _with_misread(
    cells: Sequence[FormCell], columns: Mapping[int, str], wordings: Mapping[str, Sequence[str]]
) -> dict[int, str]:
    """The columns, with those whose head was misread, or lies under a black seal, in their place between two others."""
    told, in_line = dict(columns), sorted(cells, key=lambda cell: cell.column)
    row = ["", *(columns.get(cell.column) for cell in in_line), ""]
    order = ["", *wordings, ""]
    between: dict[tuple[str | None, str | None], str] = {
        (before, after): key for before, key, after in zip(order, order[1:], order[2:], strict=False)
    }
    for at, cell in enumerate(in_line, start=1):
        key = between.get((row[at - 1], row[at + 1])) if row[at] is None else None
        if key and key not in told.values() and _may_say(cell, wordings[key]):
            told[cell.column] = key
    return told


def _may_say(cell: FormCell, words: Sequence[str]) -> bool:
    """Whether a head can be one of some wordings: half of it, or nothing that a black seal leaves to be read."""
    text = fold(cell.flow.text)
    if any(char.covered for char in cell.flow.chars):
        return True
    return any(fuzz.ratio(text, fold(word)) >= MISREAD for word in words)


def headed_tables(
    tables: Sequence[FormTable], wordings: Mapping[str, Sequence[str]], least: int
) -> Iterator[tuple[FormTable, Head]]:
    """Tables with their heads; one without goes on (head at row -1) with the one before of as many columns."""
    head: Head | None = None
    width = 0
    for table in tables:
        own = find_head(table, wordings, least)
        if own is not None:
            again = head is not None and head.columns == own.columns
            head, width = Head(own.row, own.columns, again), table.columns
        elif head is not None and table.columns == width:
            head = Head(-1, head.columns, again=True)
        else:
            continue
        yield table, head


def body_rows(table: FormTable, head: Head) -> Iterator[HeadedRow]:
    """Rows below the head (row -1: it stands on an earlier page); a cell that spans rows belongs to each of them."""
    numbers = sorted({cell.row for cell in table.cells if cell.row > head.row})
    for row in numbers:
        cells: dict[str, FormCell] = {}
        for cell in table.cells:
            if cell.row <= row <= cell.last_row and cell.row > head.row:
                key = head.columns.get(cell.column)
                if key is not None:
                    cells[key] = cell
        yield HeadedRow(row, cells, opens=head.again and row == numbers[0])


def column_key(text: str, wordings: Mapping[str, Sequence[str]]) -> str | None:
    """The key of the column that a head's text names; None where it names none."""
    folded = fold(text)
    if not folded:
        return None
    for key, words in wordings.items():
        if folded in {fold(word) for word in words}:
            return key
    scored = [
        (fuzz.ratio(folded, fold(word)), key) for key, words in wordings.items() for word in words if len(word) >= 4
    ]
    score, key = max(scored)
    return key if score >= ALIKE and len(folded) >= 4 else None
