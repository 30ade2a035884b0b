"""Where a value stands and how sure its reader was: every value carries its evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from pipeline.model.geometry import BBox
from pipeline.model.record import Record


class Place(Record):
    """A box on a page of a file (path inside the package, `/` between steps; page counts from 1)."""

    file: str
    page: int
    bbox: BBox


class Cell(Record):
    """Where an online or editable value stands: a sheet (or table, or JSON path) and its cell."""

    file: str
    sheet: str
    cell: str


class Source(StrEnum):
    """Who says it."""

    PAPER = "paper"
    EDITABLE = "editable"
    ONLINE = "online"
    HUMAN = "human"


class Char(Record):
    """One recognised character: its probability, the runner-up with its own, and in doubt what else it may be."""

    text: str
    confidence: float
    runner_up: str = ""
    runner_up_confidence: float = 0.0
    bbox: BBox | None = None
    candidates: str = ""
    """Other characters that it may be, likeliest first; "" where the reader was sure of it."""
    covered: bool = False
    """A black seal lies over it."""

    def taken_for(self, other: str) -> Char:
        """Itself as another character; what was read is its runner-up, and the first of what else it may be."""
        others = self.text + self.candidates.replace(other, "").replace(self.text, "")
        return self.model_copy(update={"text": other, "runner_up": self.text, "candidates": others})


class Variant(Record):
    """What one reader made of one ink layer of the same place."""

    reader: str
    layer: str
    text: str
    confidence: float


Value: TypeAlias = str | tuple[int, ...]
"""A normalised value, as the contract writes it: plain text, or direction numbers."""


class Reading(Record):
    """A value as one witness has it.

    `value` is normalised ("" = read and blank; a value never read is an absent Reading, not an empty one); `raw` as it
    stands. For paper read from pixels, `chars` holds a Char for every character of `raw` (else empty), `confidence` is
    the least sure character's, and `looks` counts the looks that went into it (1 = page reading, 2 = second look).
    `certain[i]` says, after the second look, whether raw character i was read alike by all looks, surely enough;
    `agreed[i]` with what probability they did (0 where they differ); both are empty before it.
    """

    value: Value
    raw: str = ""
    confidence: float = 1.0
    source: Source
    places: tuple[Place, ...] = ()
    cells: tuple[Cell, ...] = ()
    chars: tuple[Char, ...] = ()
    variants: tuple[Variant, ...] = ()
    looks: int = 1
    certain: tuple[bool, ...] = ()
    agreed: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        """The value as one string; direction numbers joined by `、`."""
        return self.value if isinstance(self.value, str) else "、".join(str(number) for number in self.value)

    @property
    def from_pixels(self) -> bool:
        """Whether a reader looked at a picture for it (so that a second look makes sense)."""
        return self.source is Source.PAPER and bool(self.chars)
