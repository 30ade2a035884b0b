"""How sure a reading is of the characters something rests on: the one home of doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.evidence import Char, Reading, Source
from pipeline.values import fold

SECOND_LOOK = 2
"""`Reading.looks` from which on the per-character certainty of two readers is there."""

EVEN_ODDS = 0.5
"""A paper value without characters (a tick, an empty box) is believed when it is more likely right than wrong."""


class Certainty(StrEnum):
    """Whether characters may carry an accusation, surest first."""

    SURE = "sure"
    UNSEEN = "unseen"
    """Read from pixels once only: look again before judging."""
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a reading's `raw`.

    `against` is what another witness says in their place, character for character; "" where that can't be told.
    """

    reading: Reading
    start: int
    end: int
    against: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What one difference or fault rests on: it stands only if all its spans are sure."""

    spans: tuple[Span, ...]


def whole(reading: Reading) -> Ground:
    """The ground that a statement about the reading's whole text rests on."""
    return Ground((Span(reading, 0, len(reading.raw)),))


def certainty(span: Span) -> Certainty:
    """How sure the reader was of a span; a person, a text layer and another witness always are."""
    reading = span.reading
    if reading.source is not Source.PAPER:
        return Certainty.SURE
    if not reading.chars:
        return Certainty.SURE if reading.confidence > EVEN_ODDS else Certainty.UNSURE
    if reading.looks < SECOND_LOOK:
        return Certainty.UNSEEN
    here = range(max(0, span.start), min(span.end, len(reading.raw)))
    if len(reading.certain) != len(reading.raw) or _is_covered(reading, here):
        return Certainty.UNSURE
    if span.against and len(span.against) == len(here):
        pairs = zip(here, span.against, strict=True)
        sure = any(_cannot_be(reading.chars[index], reading.certain[index], other) for index, other in pairs)
    else:
        sure = all(reading.certain[index] for index in here)
    return Certainty.SURE if sure else Certainty.UNSURE


def _is_covered(reading: Reading, here: range) -> bool:
    """Whether a black seal lies over characters, or over one right beside them: it may hide what seems left out."""
    return any(char.covered for char in reading.chars[max(0, here.start - 1) : here.stop + 1])


def _cannot_be(char: Char, certain: bool, other: str) -> bool:
    """Whether a character can't be what the other witness says there, whatever exactly it is.

    It is surely read, or the likeliest ten of every unsure look are known: the other one is not among them.
    """
    if fold(char.text) == fold(other) or fold(other) in fold(char.candidates):
        return False
    return certain or bool(char.candidates)


def of_ground(ground: Ground) -> Certainty:
    """The least certainty among a ground's spans."""
    return worst(certainty(span) for span in ground.spans)


def of_grounds(grounds: Iterable[Ground]) -> Certainty:
    """The best certainty among several grounds, each of which alone would do; sure if there are none."""
    found = {of_ground(ground) for ground in grounds}
    for level in (Certainty.SURE, Certainty.UNSEEN):
        if level in found:
            return level
    return Certainty.UNSURE if found else Certainty.SURE


def worst(levels: Iterable[Certainty]) -> Certainty:
    """Unsure before unseen before sure; sure if there are none."""
    found = set(levels)
    for level in (Certainty.UNSURE, Certainty.UNSEEN):
        if level in found:
            return level
    return Certainty.SURE
