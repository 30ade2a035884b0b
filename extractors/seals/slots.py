"""Letters of a ring that the line as a whole did not give: each looked at by itself, where its place is.

Letters of one name stand evenly, so those that were read say where those that were not must be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import LineReader, RecognisedChar, RecognisedLine
from extractors.seals.names import CHINESE, LETTER_GAP, Name, spelt, usual_step
from extractors.seals.strips import as_print
from pipeline.model.evidence import Char

Map = NDArray[np.uint8]

REACH = 0.56
"""Half the width of a letter's place, in steps from letter to letter."""
CORE = 0.3
"""The same where ink is looked for: the neighbours' does not count."""
INK = 110
"""Ink of a levelled strip."""
LEAST_INK = 0.04
"""Share of a letter's place that its ink covers: of a faint one at least this much is seen."""
HIDDEN = 0.35
"""Share of a letter's place that print covers: what is left of the letter can't be told from it."""
FIRST = 0.45
"""A letter's middle is at least so far (in steps) from the strip's end: the strip ends half a letter off the ink."""
MOST = 3
"""More letters than this in a row are not made up for."""
CERTAIN = 0.49
"""A letter read by itself, out of what the line did not give, is no surer than this: it stays in doubt."""
CHANCE = 0.5
"""A letter less sure than this was read by chance."""
AT_ENDS = 0.5
"""Before the first letter read and after the last one there need not be more: what is added there reads so well."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a letter not read: before which of the name's letters, and its middle (0-1 of the strip)."""

    index: int
    middle: float


def with_missing_letters(name: Name, strips: Sequence[Map], reader: LineReader, hidden: Map | None = None) -> Name:
    """The name with the letters that were lost read one by one; those that can't be read stay lost.

    Letters under print count as hidden where they can't be read.

    Args:
        name: What was read off the whole strip.
        strips: Looks at the same ring, unrolled alike (height, width).
        reader: Reads the letters' crops.
        hidden: Where print was taken out of the first strip, unrolled alike.
    """
    slots = _slots(name, strips)
    if not slots:
        return name
    step = usual_step(name.middles)
    crops = [as_print(_cut(strip, slot.middle, step)) for slot in slots for strip in strips]
    lines = reader.read_crops(crops)
    looks = [lines[index * len(strips) : (index + 1) * len(strips)] for index in range(len(slots))]
    read = [(slot, char) for slot, seen in zip(slots, looks, strict=True) if (char := _letter(seen)) is not None]
    found = [(slot, char) for slot, char in read if _belongs(slot, char, name)]
    unread = [slot for slot in slots if all(slot is not other for other, _ in found)]
    under = 0 if hidden is None else sum(_is_hidden(_cut(hidden, slot.middle, step, CORE)) for slot in unread)
    return _filled(name, found, lost=bool(unread), hidden=under)


def with_covered_letters(name: Name, hidden: Map) -> Name:
    """The name, letters that print lies over and that were not surely read counted among those that it hides.

    What is left of a letter under print reads as some other one, no surer than by chance.

    Args:
        name: What was read, lost letters included.
        hidden: Where print was taken out, unrolled alike.
    """
    if len(name.middles) != len(name.chars):
        return name
    step = usual_step(name.middles)
    letters = zip(name.middles, name.chars, strict=True)
    unsure = [middle for middle, char in letters if char.confidence < CHANCE and CHINESE.match(char.text)]
    return replace(name, hidden=name.hidden + sum(_is_hidden(_cut(hidden, middle, step, CORE)) for middle in unsure))


def _belongs(slot: Slot, char: Char, name: Name) -> bool:
    return 0 < slot.index < len(name.chars) or char.confidence >= AT_ENDS


def _slots(name: Name, strips: Sequence[Map]) -> list[Slot]:
    """Where letters are missing and ink stands."""
    middles = name.middles
    if len(middles) < MOST:
        return []
    step = usual_step(middles)
    slots = [
        Slot(index, before + (after - before) * (number + 1) / (missing + 1))
        for index, (before, after) in enumerate(pairwise(middles), start=1)
        if (missing := _missing(after - before, step)) <= MOST
        for number in range(missing)
    ]
    leading = [Slot(0, middles[0] - step * number) for number in range(MOST, 0, -1)]
    trailing = [Slot(len(middles), middles[-1] + step * number) for number in range(1, MOST + 1)]
    inside = [slot for slot in (*leading, *slots, *trailing) if FIRST * step < slot.middle < 1 - FIRST * step]
    return [slot for slot in inside if any(_has_ink(_cut(strip, slot.middle, step, CORE)) for strip in strips)]


def _missing(distance: float, step: float) -> int:
    return max(1, round(distance / step) - 1) if distance > LETTER_GAP * step else 0


def _cut(strip: Map, middle: float, step: float, share: float = REACH) -> Map:
    """A letter's place out of a strip, `share` steps left and right; nothing beyond its ends."""
    width = strip.shape[1]
    reach = share * step * width
    left, right = max(0, round(middle * width - reach)), min(width, round(middle * width + reach))
    return strip[:, left : max(right, left + 4)]


def _has_ink(place: Map) -> bool:
    return float((place > INK).mean()) >= LEAST_INK


def _is_hidden(place: Map) -> bool:
    return float((place > INK).mean()) >= HIDDEN


def _letter(looks: Sequence[RecognisedLine]) -> Char | None:
    """The likeliest letter of several looks, what the others say kept among its candidates."""
    seen = [char for line in looks if (char := _one(line)) is not None]
    if not seen:
        return None
    best = spelt(max(seen, key=lambda char: char.confidence))
    others = "".join(f"{char.text}{char.runner_up}{char.candidates}" for char in seen)
    candidates = "".join(dict.fromkeys(other for other in others if other != best.text))
    return best.model_copy(update={"candidates": candidates})


def _one(line: RecognisedLine) -> RecognisedChar | None:
    """The one Chinese letter of a line; None where there is none, or digits."""
    letters = [char for char in line.chars if CHINESE.match(char.text)]
    if not letters or sum(char.text.isdigit() for char in line.chars) > 1:
        return None
    return max(letters, key=lambda char: char.confidence)


def _filled(name: Name, found: Sequence[tuple[Slot, Char]], *, lost: bool, hidden: int) -> Name:
    letters = [*zip(name.middles, name.chars, strict=True), *((slot.middle, _doubtful(char)) for slot, char in found)]
    letters.sort(key=lambda letter: letter[0])
    chars = tuple(char for _, char in letters)
    return replace(
        name,
        text="".join(char.text for char in chars),
        chars=chars,
        middles=tuple(middle for middle, _ in letters),
        confidence=float(np.mean([char.confidence for char in chars])),
        lost=lost,
        hidden=hidden,
    )


def _doubtful(char: Char) -> Char:
    return char.model_copy(update={"confidence": min(char.confidence, CERTAIN)})
