"""A Word document as paragraphs and tables in order: text as shown, with the glyphs of its check boxes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from pipeline.errors import UnreadableInput
from pipeline.values import masked

SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0FD": "☒", "F0A8": "□", "F0A3": "□", "F06F": "□", "F0FC": "√", "F050": "√"}
"""Check boxes and ticks of Wingdings and Wingdings 2, by their private-use code."""
DAMAGED = (BadZipFile, zlib.error, PackageNotFoundError, SyntaxError, RuntimeError, OSError, KeyError, ValueError,
           TypeError, AttributeError)  # fmt: skip
"""What damaged, encrypted, endlessly nested or foreign files raise; lxml's syntax errors are SyntaxErrors."""
SKIPPED = frozenset(
    {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
"""Deleted text, and the second copy of a text box."""


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell of a Word table by its place in the grid."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: its cells and the number of grid columns."""

    cells: tuple[WordCell, ...]
    columns: int


WordBlock = str | WordTable
"""A paragraph's text, or a table."""


def read_word(path: Path) -> tuple[WordBlock, ...]:
    """The document's blocks in order; identity card numbers are masked.

    Raises:
        UnreadableInput: The file is no Word document, or damaged.
    """
    with _opened(path) as document:
        return tuple(_blocks(document.element.body))


def read_margins(path: Path) -> tuple[str, ...]:
    """The paragraphs of the document's headers and footers.

    Raises:
        UnreadableInput: The file is no Word document, or damaged.
    """
    with _opened(path) as document:
        margins = [each for section in document.sections for each in (section.header, section.footer)]
        return tuple(paragraph.text for margin in margins for paragraph in margin.paragraphs)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        yield docx.Document(str(path))
    except DAMAGED as problem:
        raise UnreadableInput("可编辑版文件已损坏或不是Word文档，无法打开") from problem


def _blocks(parent: Any) -> Iterator[WordBlock]:
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield masked(_text(child), ())
        elif child.tag == qn("w:tbl"):
            yield _table(child)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _blocks(child)


def _text(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag in SKIPPED:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif child.tag == qn("w:sym"):
            yield SYMBOLS.get((child.get(qn("w:char")) or "").upper(), "")
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        else:
            yield from _pieces(child)


def _table(element: Any) -> WordTable:
    cells: list[WordCell] = []
    open_cells: dict[int, int] = {}
    columns = 0
    for row, row_element in enumerate(element.iterchildren(qn("w:tr"))):
        column = _skipped_columns(row_element)
        for cell_element in _row_cells(row_element):
            span, merge = _spans(cell_element)
            if merge == "continue" and column in open_cells:
                index = open_cells[column]
                cells[index] = _taller(cells[index], _cell_text(cell_element))
            else:
                cells.append(WordCell(row, column, 1, span, _cell_text(cell_element)))
                open_cells[column] = len(cells) - 1
            column += span
        columns = max(columns, column)
    return WordTable(tuple(cells), columns)


def _row_cells(row: Any) -> Iterator[Any]:
    for child in row.iterchildren():
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _row_cells(child)


def _skipped_columns(row: Any) -> int:
    skipped = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return int(skipped.get(qn("w:val"))) if skipped is not None else 0


def _spans(cell: Any) -> tuple[int, str]:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    state = "" if merge is None else merge.get(qn("w:val")) or "continue"
    return (int(span.get(qn("w:val"))) if span is not None else 1), state


def _cell_text(cell: Any) -> str:
    blocks = (
        block if isinstance(block, str) else "\n".join(inner.text for inner in block.cells) for block in _blocks(cell)
    )
    return "\n".join(blocks).strip()


def _taller(cell: WordCell, more: str) -> WordCell:
    text = f"{cell.text}\n{more}" if more else cell.text
    return WordCell(cell.row, cell.column, cell.row_span + 1, cell.column_span, text)
