"""Word documents as applicants send them in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table


def fill(table: Table, rows: Sequence[Sequence[str]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def symbol(code: str, font: str = "Wingdings 2") -> Any:
    """A character of a symbol font, as Word's own dialogue inserts it."""
    return parse_xml(f'<w:r {nsdecls("w")}><w:sym w:font="{font}" w:char="{code}"/></w:r>')


def run(text: str) -> Any:
    return parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{text}</w:t></w:r>')


def deleted(text: str) -> Any:
    return parse_xml(
        f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>{text}</w:delText><w:t>{text}</w:t></w:r></w:del>'
    )


def inserted(text: str) -> Any:
    return parse_xml(f'<w:ins {nsdecls("w")} w:id="2" w:author="a"><w:r><w:t>{text}</w:t></w:r></w:ins>')
