"""An application as one witness has it: paper, editable copy, online filing. Cross-checking compares two of these."""

from __future__ import annotations

from datetime import datetime

from pipeline.model.claim import Claim
from pipeline.model.document import Section
from pipeline.model.evidence import Place, Reading, Source
from pipeline.model.indicator import Indicator, IndicatorHead
from pipeline.model.record import Record


class Field(Record):
    """A key of the contract and its reading. At most one a key; an absent key was not found."""

    key: str
    reading: Reading


class Mention(Record):
    """Another place on paper where a key stands."""

    key: str
    section: Section
    reading: Reading


class TaskBookSection(Record):
    """A headed part of a task book; `heading` as the profile names it; `text` without the heading and the prompt."""

    heading: str
    text: str
    words: int
    places: tuple[Place, ...] = ()
    reading: Reading | None = None
    """The same text with its characters, where a reader looked at pixels for it."""


class TaskBook(Record):
    """One task book. `words` by Word's count, `characters` without blanks; headings and prompts not counted."""

    direction: int | None = None
    product: str = ""
    words: int = 0
    characters: int = 0
    places: tuple[Place, ...] = ()
    sections: tuple[TaskBookSection, ...] = ()


class Application(Record):
    """One witness's record of an application. `submitted_at`, `status`, `number` stand in the online one only."""

    source: Source
    fields: tuple[Field, ...] = ()
    mentions: tuple[Mention, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    indicator_head: IndicatorHead | None = None
    """Of paper alone: other witnesses have the columns they have."""
    taskbooks: tuple[TaskBook, ...] = ()
    claims: tuple[Claim, ...] = ()
    """What its texts claim that the unit has; of paper alone."""
    number: str | None = None
    submitted_at: datetime | None = None
    status: str = ""
    origin: str = ""
    """File name it was read from."""

    def get(self, key: str) -> Reading | None:
        """The reading of a key, or None where it was not found."""
        return next((field.reading for field in self.fields if field.key == key), None)

    def text(self, key: str) -> str:
        """The value of a key as text; "" where blank or not found."""
        reading = self.get(key)
        return reading.text if reading else ""
