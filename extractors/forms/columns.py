"""Tables with a head: which column is which, by the wording of the heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.forms.cells import FormCell, FormTable
from pipeline.values import fold

ALIKE = 84
"""Similarity (0-100) from which a head is one of the wordings."""


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
            return Head(row, columns)
    return None


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
