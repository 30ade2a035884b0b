"""Identity card numbers are masked in what was read of a page before anything is kept of it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.document import PageReading
from pipeline.model.evidence import Char, Reading
from pipeline.model.geometry import BBox, union
from pipeline.model.seal import SealMark
from pipeline.model.text import Line, Table
from pipeline.values import identity_numbers, masked
from pipeline.values.identity_numbers import EVERY_RUN, MASKED_RUN


def without_identity_numbers(reading: PageReading, labels: Sequence[str]) -> PageReading:
    """The page's reading with such numbers masked, and the boxes where they stand."""
    places = tuple(box for line in reading.lines for box in _places(line, labels))
    if not places and not any(_has_number(seal.text, labels) for seal in reading.seals):
        return reading
    return reading.model_copy(
        update={
            "lines": tuple(_line(line, labels) for line in reading.lines),
            "tables": tuple(_table(table, labels) for table in reading.tables),
            "open_tables": tuple(_table(table, labels) for table in reading.open_tables),
            "seals": tuple(_seal(seal, labels) for seal in reading.seals),
            "personal": places,
        }
    )


def looked_without_identity_numbers(reading: Reading, before: Reading, labels: Sequence[str]) -> Reading:
    """A reading made anew of the page's pixels, with such numbers masked again.

    Where one was masked `before`, any run of digits may be it, misread now.
    """
    labels = EVERY_RUN if MASKED_RUN in before.raw else labels
    if not _has_number(reading.raw, labels):
        return reading
    raw = masked(reading.raw, labels)
    value = masked(reading.value, labels) if isinstance(reading.value, str) else reading.value
    chars = _chars(reading.chars, raw)
    return reading.model_copy(update={"raw": raw, "value": value, "chars": chars, "variants": ()})


def _has_number(text: str, labels: Sequence[str]) -> bool:
    return any(True for _ in identity_numbers(text, labels))


def _places(line: Line, labels: Sequence[str]) -> list[BBox]:
    """Where numbers stand in a line; the whole line where its characters have no places."""
    found = []
    for each in identity_numbers(line.text, labels):
        boxes = [char.bbox for char in line.chars[each.start : each.end] if char.bbox is not None]
        found.append(union(boxes) if boxes else line.bbox)
    return found


def _line(line: Line, labels: Sequence[str]) -> Line:
    """A line masked character for character; the other layers' readings of it may hold the number misread: they go."""
    if not any(_has_number(each.text, labels) for each in (line, *line.others)):
        return line
    text = masked(line.text, labels)
    chars = _chars(line.chars, text)
    return line.model_copy(update={"text": text, "chars": chars, "others": ()})


def _chars(chars: Sequence[Char], text: str) -> tuple[Char, ...]:
    """The characters of a masked text, without what else the masked ones may be."""
    return tuple(
        char if char.text == new else Char(text=new, confidence=char.confidence, bbox=char.bbox)
        for char, new in zip(chars, text, strict=False)
    )


def _table(table: Table, labels: Sequence[str]) -> Table:
    cells = tuple(
        cell.model_copy(update={"lines": tuple(_line(line, labels) for line in cell.lines)}) for cell in table.cells
    )
    return table.model_copy(update={"cells": cells})


def _seal(seal: SealMark, labels: Sequence[str]) -> SealMark:
    text = masked(seal.text, labels)
    return seal if text == seal.text else seal.model_copy(update={"text": text, "chars": ()})
