"""What a cell of the indicator table says: quantities, sets, answers in words, and what could not be decided."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from pipeline.model.record import Record

SCENE, PRECISION, SPARSITY, DISTANCE, FIELD_OF_VIEW, YEAR = "scene", "precision", "sparsity", "distance", "fov", "year"
BASELINE = "baseline"
"""What a text says its number has risen or fallen from (`由95%提升至98%`)."""


class Comparator(StrEnum):
    """How a text bounds its number; `REACHES` and `BETTER` leave to the indicator which way is better."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    REACHES = "reach"
    BETTER = "better"
    ABOUT = "about"


class Condition(Record):
    """Under what a number holds: `kind` (precision, distance, fov, year, sparsity, scene) and what it is (`INT8`)."""

    kind: str
    text: str


class _Part(Record):
    """A piece of the text, from character `start` to before `end`."""

    start: int = 0
    end: int = 0


class Measure(_Part):
    """A number with its unit: `value`, or `value` to `upper`, or ±`value` where it is a tolerance.

    `unit` is the canonical name (`pipeline.values.unit_names`), "" where none is written; no comparator, none written.
    """

    kind: Literal["measure"] = "measure"
    comparator: Comparator | None = None
    value: Decimal
    upper: Decimal | None = None
    tolerance: bool = False
    unit: str = ""
    conditions: tuple[Condition, ...] = ()

    def condition(self, kind: str) -> str | None:
        """The condition of a kind; None where the text names none."""
        return next((condition.text for condition in self.conditions if condition.kind == kind), None)


class Members(_Part):
    """Things listed; `more` where the text leaves the list open (等)."""

    kind: Literal["members"] = "members"
    members: tuple[str, ...]
    more: bool = False


class Words(_Part):
    """An answer in words; `stance` is what it amounts to, `text` where it neither says yes nor no."""

    kind: Literal["words"] = "words"
    stance: Literal["yes", "partly", "no", "none", "blank", "text"]


class Undecided(_Part):
    """A piece that holds a number which is not surely understood, and why."""

    kind: Literal["undecided"] = "undecided"
    reason: str


Part = Annotated[Measure | Members | Words | Undecided, Field(discriminator="kind")]


class Statement(Record):
    """A cell's text and what it says, in the order of the text."""

    text: str
    parts: tuple[Part, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The quantities alone."""
        return tuple(part for part in self.parts if isinstance(part, Measure))

    @property
    def is_decided(self) -> bool:
        """Whether nothing in the text is in doubt."""
        return not any(isinstance(part, Undecided) for part in self.parts)


class Heading(Record):
    """What an indicator's name says of its values: the unit they are in and the conditions they hold under.

    `scale` is what bare numbers are multiplied by (10000 where the name says 万小时), `per` the time in which the name
    counts times (24小时).
    """

    text: str
    unit: str = ""
    scale: Decimal = Decimal(1)
    per: str = ""
    conditions: tuple[Condition, ...] = ()
