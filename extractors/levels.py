"""What an application's indicator rows say of levels, and what its task books say of the same goals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.promises import promises_of
from extractors.texts.quantities import read_heading, read_statement, scaled, speaks_of_angles
from pipeline.model.application import Application, TaskBook
from pipeline.model.evidence import Reading
from pipeline.model.indicator import Indicator, IndicatorLevels, RowKind
from pipeline.model.quantity import DISTANCE, PRECISION, SPARSITY, Condition, Heading, Statement
from pipeline.notices.profile import Profile
from pipeline.values import normalise

DEGREES = re.compile(r"(?<=\d)度(?![量数过])")
NOTED = (PRECISION, SPARSITY, DISTANCE)
"""Conditions that a note may give to a row's values; what else it says is about how they are measured."""


def with_levels(application: Application, profile: Profile) -> Application:
    """The application with what every data row says."""
    rows = application.indicators
    if not any(row.kind is RowKind.DATA for row in rows):
        return application
    told = tuple(_told(row, rows, application.taskbooks, profile) if row.kind is RowKind.DATA else row for row in rows)
    return application.model_copy(update={"indicators": told})


def _told(row: Indicator, rows: Sequence[Indicator], books: Sequence[TaskBook], profile: Profile) -> Indicator:
    heading = read_heading(row.name.text)
    levels = IndicatorLevels(
        heading=heading,
        current=statement_of(row.current, heading),
        target=statement_of(row.target, heading),
        noted=_noted(row.note),
        promises=tuple(promises_of(row, rows, books, profile)),
    )
    return row.model_copy(update={"levels": levels})


def statement_of(reading: Reading | None, heading: Heading) -> Statement | None:
    """What a cell says under its row's name; where that is in doubt, what it says in other readings without doubt.

    Those are: 度 as an angle, where the name speaks of one, and the lines joined.
    """
    if reading is None:
        return None
    told = read_statement(reading.text)
    others = (read_statement(text) for text in _other_readings(reading, heading))
    found = told if told.is_decided else next((other for other in others if other.is_decided), told)
    return scaled(found, heading)


def _other_readings(reading: Reading, heading: Heading) -> Iterator[str]:
    if speaks_of_angles(heading.text):
        yield DEGREES.sub("°", reading.text)
    if "\n" in reading.raw:
        yield normalise("text", _unwrapped(reading.raw))


def _unwrapped(raw: str) -> str:
    """The text with words and numbers made whole that a narrow cell breaks.

    A break between figures may as well part two numbers: it is a wrapped one's if the line above is the longer.
    """
    first, *others = raw.split("\n")
    text, above = first, first
    for line in others:
        figures = text[-1:].isdigit() and line[:1].isdigit()
        wrapped = _is_latin(text[-1:]) and _is_latin(line[:1]) and (not figures or len(above) > len(line))
        text, above = f"{text}{line}" if wrapped else f"{text}\n{line}", line
    return text


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _noted(note: Reading | None) -> tuple[Condition, ...]:
    """The conditions of which a note names but one: of several nobody knows which holds."""
    found = tuple(each for each in read_heading(note.text).conditions if each.kind in NOTED) if note else ()
    kinds = Counter(condition.kind for condition in found)
    return tuple(condition for condition in found if kinds[condition.kind] == 1)
