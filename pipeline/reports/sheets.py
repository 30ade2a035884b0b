"""A sheet as data: what stands in each cell, before any spreadsheet library is asked to draw it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from pipeline.reports.differences import Piece

LONGEST_CELL = 32_000
"""Characters; a spreadsheet's cell holds 32,767."""
LONGEST_NUMBER = 15
"""Digits; beyond that a spreadsheet rounds, so the value stays text."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WIDE = re.compile(r"[^\x00-\u2e7f]+")
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Tone(StrEnum):
    """What a cell's colour says."""

    NONE = "none"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    GOOD = "good"
    OPEN = "open"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Value:
    """A cell: text, number or pieces (differences marked), its colour, where it leads, a picture under its text."""

    content: str | int | float | Decimal | None = None
    pieces: tuple[Piece, ...] = ()
    tone: Tone = Tone.NONE
    link: str = ""
    picture: bytes = b""
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in half-width characters."""

    heading: str
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: columns, rows, and how many columns stay in sight when scrolling sideways.

    Of longer texts `most_lines` lines are shown: they are there whole, but do not push the next row off the screen.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    frozen: int = 0
    most_lines: int = 9


def clean(text: str) -> str:
    """Text as a spreadsheet can hold it: no control characters, not too long."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…"


def number(text: str) -> Value:
    """A value as a number where it is one, else the text as it stands (what was read is never lost)."""
    if not _PLAIN_NUMBER.fullmatch(text) or len(re.sub(r"\D", "", text)) > LONGEST_NUMBER:
        return Value(text or None)
    try:
        return Value(Decimal(text))
    except InvalidOperation:
        return Value(text)


def columns(*pairs: tuple[str, float]) -> tuple[Column, ...]:
    """Columns out of (heading, width)."""
    return tuple(Column(heading, width) for heading, width in pairs)


def texts(*contents: str | int | None) -> tuple[Value, ...]:
    """Plain cells."""
    return tuple(Value(content) for content in contents)


def display_width(text: str) -> int:
    """Width in half-width characters: Chinese and full-width signs count two."""
    return len(text) + sum(map(len, _WIDE.findall(text)))


def lines_needed(text: str, width: float) -> int:
    """Lines that a text takes in a column of that width."""
    usable = max(1, int(width) - 1)
    return sum(max(1, -(-display_width(line) // usable)) for line in text.split("\n"))


def text_of(value: Value) -> str:
    """What a cell shows, as text."""
    if value.pieces:
        return "".join(piece.text for piece in value.pieces)
    return "" if value.content is None else str(value.content)


def padded(row: Sequence[Value], length: int) -> tuple[Value, ...]:
    """A row filled up with empty cells."""
    return (*row, *[Value()] * (length - len(row)))
