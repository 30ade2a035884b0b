"""Tables of amounts as rows of entries, whether ruled or set without lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from extractors.forms.flow import Flow, flow_of_lines
from extractors.texts.order import rows as rows_of
from pipeline.model.document import Page
from pipeline.model.geometry import BBox, union
from pipeline.model.text import Line
from pipeline.values.amounts import with_point
from pipeline.values.characters import ascii_width, without_blanks

FIGURE = re.compile(r"[-+]?\(?[¥￥]?[-+]?\d[\d,.]*\)?(?:-)?")
BROKEN = re.compile(r"[¥￥]?\d[\d,.]*(?:[,.]\|\d|\d\|[,.])[\d,.]*")
"""Two pieces of one number, and where they part."""
GAP = 2.0
"""At most between them, in heights of the line."""
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of a row: its text, and where it stands from left to right."""

    flow: Flow
    box: BBox

    @property
    def figure(self) -> Decimal | None:
        """The number that it is; None where it is none."""
        return figure(self.flow.text)


Grid = tuple[tuple[Entry, ...], ...]


def page_grids(page: Page) -> Iterator[Grid]:
    """The tables of a page, ruled ones first, then all its lines as one table without rulings."""
    for table in (*page.reading.tables, *page.reading.open_tables):
        by_row: dict[int, list[Entry]] = {}
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
            if cell.lines:
                flow = flow_of_lines(cell.lines, page.file, page.page, cell.bbox)
                by_row.setdefault(cell.row, []).append(Entry(flow, cell.bbox))
        yield tuple(tuple(by_row[row]) for row in sorted(by_row))
    yield tuple(tuple(_entry(piece, page) for piece in _whole_numbers(row)) for row in rows_of(page.reading.lines))


def _entry(lines: Sequence[Line], page: Page) -> Entry:
    return Entry(flow_of_lines(lines, page.file, page.page), union(line.row for line in lines))


def _whole_numbers(row: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines of a row, those together that a seal parts inside a number, at a sign that groups it."""
    piece: tuple[Line, ...] = ()
    for line in row:
        if piece and _goes_on(piece[-1], line):
            piece = (*piece, line)
            continue
        if piece:
            yield piece
        piece = (line,)
    if piece:
        yield piece


def _goes_on(one: Line, other: Line) -> bool:
    left, right = ascii_width(one.text.strip()), ascii_width(other.text.strip())
    near = other.row.x0 - one.row.x1 <= GAP * max(one.row.height, other.row.height)
    return near and bool(BROKEN.fullmatch(f"{left}|{right}"))


def figure(text: str) -> Decimal | None:
    """A number as statements write it: grouped by commas, a loss in brackets or behind a minus.

    A reader may take commas for stops: of several stops only the last can be the decimal one, and then the others
    must part groups of three.
    """
    plain = without_blanks(ascii_width(text)).replace("¥", "").replace("元", "").rstrip("_")
    if not FIGURE.fullmatch(plain):
        return None
    loss = plain.startswith(("(", "-")) or plain.endswith(")")
    digits = plain.strip("()+-")
    if digits.count(".") > 1:
        whole, _, cents = digits.rpartition(".")
        digits = f"{whole.replace('.', ',')}.{cents}"
    digits = with_point(digits)
    if not GROUPED.fullmatch(digits):
        return None
    try:
        number = Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None
    return -number if loss else number
