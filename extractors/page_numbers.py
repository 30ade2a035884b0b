"""The number printed at a page's top or bottom, as a reading of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.forms.flow import flow_of_lines
from extractors.texts.order import rows
from pipeline.model.document import Page
from pipeline.model.text import Line
from pipeline.values import normalise, parse_page_number

MARGIN = 0.1
"""Share of the straight page's height, at the top and at the bottom, where its number stands."""


def with_page_numbers(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with their printed numbers as read."""
    return tuple(_with_number(page) for page in pages)


def _with_number(page: Page) -> Page:
    line = _number_line(page)
    if line is None:
        return page
    flow = flow_of_lines((line,), page.file, page.page)
    return page.model_copy(update={"printed": flow.reading(normalise("text", flow.text))})


def _number_line(page: Page) -> Line | None:
    """The line that is the page's number: one that says so before a bare figure, the bottom before the top."""
    found = [(parsed.way == "", number, line) for number, line in enumerate(_at_edges(page))
             if (parsed := parse_page_number(line.text))]  # fmt: skip
    return min(found, key=lambda each: each[:2])[2] if found else None


def _at_edges(page: Page) -> Iterator[Line]:
    """The lines of the last row and of the first, where these stand in the margins and alone, outside all tables."""
    grouped = rows(page.reading.lines)
    for row, inside in ((grouped[-1:], _at_bottom), (grouped[:1], _at_top)):
        for lines in row:
            for line in lines:
                bare = line.text.strip().isdigit()
                if inside(line) and not (bare and len(lines) > 1) and not _in_table(line, page):
                    yield line


def _at_bottom(line: Line) -> bool:
    return line.row.y0 > 1 - MARGIN


def _at_top(line: Line) -> bool:
    return line.row.y1 < MARGIN


def _in_table(line: Line, page: Page) -> bool:
    return any(table.bbox.contains(*line.bbox.center) for table in page.reading.tables)
