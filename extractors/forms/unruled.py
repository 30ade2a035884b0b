"""Headed tables of pages on which no full grid was found: between few rulings, or set without any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractors.forms.cells import FormTable, form_table
from extractors.forms.columns import body_rows, column_key, find_head
from extractors.tables.gaps import Region, table_of
from extractors.texts.order import rows as rows_of
from pipeline.model.document import Page
from pipeline.model.geometry import BBox, union
from pipeline.model.text import Line, Table
from pipeline.values import fold

USUAL = 0.5
"""Least share of its columns that every row fills: rows of text that fill less are what wrapped of the one above."""
WHITE = 0.5
"""Of a line's height: wider white between rows of text parts rows of a table whose text wraps."""


def unruled_tables(page: Page, wordings: Mapping[str, Sequence[str]], least: int, named: str) -> tuple[FormTable, ...]:
    """Tables with a head of at least `least` of the columns; only those whose every row is sure to be one.

    Sure is a row that fills its `named` column and half of all.
    """
    if page.reading.tables:
        return ()
    found = page.reading.open_tables or _below_head(page, wordings, least)
    tables = (form_table(table, page) for table in found)
    return tuple(table for table in tables if _is_sure(table, wordings, least, named))


def _is_sure(table: FormTable, wordings: Mapping[str, Sequence[str]], least: int, named: str) -> bool:
    head = find_head(table, wordings, least)
    if head is None:
        return False
    filled = [[key for key, cell in row.cells.items() if fold(cell.flow.text)] for row in body_rows(table, head)]
    return all(named in keys and len(keys) >= USUAL * len(head.columns) for keys in filled)


def _below_head(page: Page, wordings: Mapping[str, Sequence[str]], least: int) -> tuple[Table, ...]:
    """The table from the row that names the columns down to the last line but the page's number."""
    rows = [tuple(line for line in row if not _is_number(line, page)) for row in rows_of(page.reading.lines)]
    heads = (
        at for at, row in enumerate(rows) if len({column_key(line.text, wordings) for line in row} - {None}) >= least
    )
    start = next(heads, None)
    if start is None:
        return ()
    texts = [row for row in rows[start:] if row]
    lines = [line for row in texts for line in row]
    width, height = (
        page.reading.working_size if all(page.reading.working_size) else (page.reading.width, page.reading.height)
    )
    usual = sorted(line.row.height for line in lines)[len(lines) // 2]
    region = Region(union(line.row for line in lines), usual * height / width, tuple(_white(texts, usual)))
    table = table_of(region, lines)
    return (table,) if table else ()


def _white(texts: Sequence[Sequence[Line]], usual: float) -> list[float]:
    """The middles of wide white between rows of text."""
    boxes: list[BBox] = [union(line.row for line in row) for row in texts]
    return [(above.y1 + below.y0) / 2 for above, below in pairwise(boxes) if below.y0 - above.y1 > WHITE * usual]


def _is_number(line: Line, page: Page) -> bool:
    """Whether a line holds the number printed on the page."""
    places = page.printed.places if page.printed else ()
    return any(line.bbox.contains(*place.bbox.center) for place in places)
