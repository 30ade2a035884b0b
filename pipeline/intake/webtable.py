"""Tables of a web page as rows of texts: what many systems export under the name of .xls."""

from __future__ import annotations

from html.parser import HTMLParser

MOST_SPAN = 200
"""Of a cell; more is an attack or a mistake."""


def web_tables(text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Every table of the page that holds something; a spanning cell's text stands in all of its places."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return tuple(rows for rows in (_spread(table) for table in parser.tables) if rows)


class _Tables(HTMLParser):
    """Collects cells as (text, row span, column span) by row; nested tables are tables of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self._open: list[list[list[tuple[str, int, int]]]] = []
        self._cell: list[str] | None = None
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            table: list[list[tuple[str, int, int]]] = []
            self.tables.append(table)
            self._open.append(table)
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open and self._open[-1]:
            self._end_cell()
            spans = dict(attrs)
            self._spans = (_span(spans.get("rowspan")), _span(spans.get("colspan")))
            self._cell = []
        elif tag in ("br", "p", "div") and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table" and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._open and self._open[-1]:
            self._open[-1][-1].append(("".join(self._cell).strip(), *self._spans))
        self._cell = None


def _span(value: str | None) -> int:
    return min(max(int(value), 1), MOST_SPAN) if value and value.isascii() and value.isdigit() else 1


def _spread(table: list[list[tuple[str, int, int]]]) -> tuple[tuple[str, ...], ...]:
    grid: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(table):
        column = 0
        for text, down, across in cells:
            while (row, column) in grid:
                column += 1
            grid.update({(row + y, column + x): text for y in range(down) for x in range(across)})
            column += across
    rows = min(len(table), 1 + max((row for row, _ in grid), default=-1))
    columns = 1 + max((column for _, column in grid), default=-1)
    return tuple(tuple(grid.get((row, column), "") for column in range(columns)) for row in range(rows))
