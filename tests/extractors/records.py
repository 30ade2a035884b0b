"""Lines, tables and pages as a reader would give them, built by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.forms.cells import FormTable, page_tables
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox, union
from pipeline.model.text import CheckBox, Layer, Line, Table, TableCell
from tests.bare_pages import bare_page

SCAN = "盖章件.pdf"
PITCH, HEIGHT = 0.018, 0.014
"""Width and height of a character on the page."""

CellText = str | tuple[str, int, int] | None
"""A cell's text, the same with its row and column span, or None where another cell's span covers the place."""


def line(text: str, x: float = 0.1, y: float = 0.1, confidence: float = 0.98, layer: Layer = Layer.FULL) -> Line:
    """A line whose top left corner stands at x, y."""
    chars = tuple(
        Char(
            text=char,
            confidence=confidence,
            bbox=BBox(x + PITCH * index, y, x + PITCH * (index + 1), y + HEIGHT),
        )
        for index, char in enumerate(text)
    )
    box = BBox(x, y, x + PITCH * max(1, len(text)), y + HEIGHT)
    return Line(text=text, confidence=confidence, bbox=box, layer=layer, chars=chars)


def stacked(*texts: str, x: float = 0.1, y: float = 0.1, step: float = 0.03) -> tuple[Line, ...]:
    """Lines one below the other."""
    return tuple(line(text, x, y + step * index) for index, text in enumerate(texts))


def table(rows: Sequence[Sequence[CellText]], top: float = 0.1, bottom: float = 0.9) -> Table:
    """A table over the page's width: every row an entry for every column."""
    columns = len(rows[0])
    width, height = 0.9 / columns, (bottom - top) / len(rows)
    cells = []
    for row, entries in enumerate(rows):
        for column, entry in enumerate(entries):
            if entry is None:
                continue
            text, down, across = (entry, 1, 1) if isinstance(entry, str) else entry
            x, y = 0.05 + width * column, top + height * row
            box = BBox(x, y, x + width * across, y + height * down)
            cells.append(
                TableCell(
                    row=row,
                    column=column,
                    row_span=down,
                    column_span=across,
                    bbox=box,
                    lines=_cell_lines(text, box),
                )
            )
    return Table(bbox=BBox(0.05, top, 0.95, bottom), rows=len(rows), columns=columns, cells=tuple(cells))


def _cell_lines(text: str, box: BBox) -> tuple[Line, ...]:
    texts = text.split("\n") if text else []
    step = box.height / max(1, len(texts))
    return tuple(line(part, box.x0 + 0.002, box.y0 + step * index + 0.001) for index, part in enumerate(texts))


def page(
    lines: Sequence[Line] = (),
    *tables: Table,
    number: int = 1,
    file: str = SCAN,
    section: Section = Section.FORM,
    ticks: Mapping[str, bool | None] | None = None,
    fills: Mapping[str, float] | None = None,
    **reading: object,
) -> Page:
    """A scanned page; `ticks` says of each option's word on it whether the box before it is ticked."""
    every = (*lines, *(own for each in tables for cell in each.cells for own in cell.lines))
    boxes = tuple(
        _box(every, option, ticked, (fills or {}).get(option, 0.3 if ticked else 0.0))
        for option, ticked in (ticks or {}).items()
    )
    told = {"lines": every, "tables": tables, "boxes": boxes, **reading}
    return Page(file=file, sha256="0" * 64, section=section, reading=bare_page(number, (1000, 1414), 120.0, **told))


def _box(lines: Sequence[Line], option: str, ticked: bool | None, fill: float) -> CheckBox:
    holder = next(each for each in reversed(lines) if option in each.text)  # 是否上市公司 stands before □是 □否
    start = holder.text.index(option)
    label = union(char.bbox for char in holder.chars[start : start + len(option)] if char.bbox is not None)
    mark = BBox(label.x0 - PITCH, label.y0, label.x0, label.y1)
    return CheckBox(option=option, bbox=mark, label=label, fill=fill, ticked=ticked)


def form_tables(
    rows: Sequence[Sequence[CellText]],
    ticks: Mapping[str, bool | None] | None = None,
    number: int = 1,
    fills: Mapping[str, float] | None = None,
) -> tuple[FormTable, ...]:
    """The one table of a page."""
    return page_tables(page((), table(rows), number=number, ticks=ticks, fills=fills))
