"""A document before it is printed: blocks that every family's printer knows how to set.

Text carries two inline marks: `[[u:…]]` is underlined, `[[@name]]` is an anchor - nothing is printed there, but where
it stands on the printed page is kept, so that a stamp, a tick or a signature can be put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

INLINE = re.compile(r"\[\[(u:|@)(.*?)\]\]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `title` of a document, `part` of a task book, `item` below it."""

    text: str
    level: Literal["title", "part", "item"] = "title"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `indent` two characters as Chinese texts do; `large` as on covers."""

    text: str
    align: Literal["left", "center", "right"] = "left"
    indent: bool = True
    large: bool = False


@dataclass(frozen=True, slots=True)
class Space:
    """Empty height in mm."""

    mm: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; spans count the grid's columns and rows."""

    text: str
    columns: int = 1
    rows: int = 1
    align: Literal["left", "center"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: relative column widths, and rows of the cells that begin in them."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_mm: float = 9.0


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Block = Heading | Para | Space | Table | Break


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks of one section, beginning on a new page; `evidence` numbers the document among the evidence."""

    name: str
    blocks: tuple[Block, ...]
    evidence: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed in one go: a package's copy, or a recommendation table."""

    key: str
    sections: tuple[Section, ...]


def pieces(text: str) -> Iterator[tuple[Literal["text", "underline", "anchor"], str]]:
    """The text cut at its inline marks."""
    position = 0
    for match in INLINE.finditer(text):
        if match.start() > position:
            yield "text", text[position : match.start()]
        yield ("underline" if match[1] == "u:" else "anchor"), match[2]
        position = match.end()
    if position < len(text):
        yield "text", text[position:]


def section_anchor(section: Section, number: int) -> str:
    """The anchor that opens a section's first page."""
    evidence = "" if section.evidence is None else str(section.evidence)
    return f"S{number}.{section.name}.{evidence}"
