"""A seal's name out of the lines a reader made of its ring: which letters belong to it, several looks made one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Levenshtein

from extractors.readers.protocol import RecognisedChar, RecognisedLine
from pipeline.model.evidence import Char

SURE = 0.90
"""Mean confidence of a few characters that stand apart below which they are no part of the name."""
WIDE = 2.7
"""Letters of one name stand evenly; a step this much wider than the usual one ends it."""
LETTER_GAP = 1.6
"""A step this much wider than the usual one has a letter in it that was not read."""
ASIDE = 2
"""As few characters as this, unsure and a gap away from the others, are no part of the name."""
WEAK = 0.2
"""A character at the ring's end less sure than this is a flourish, not a letter."""
NUMBER_FIRST, NUMBER_LAST = re.compile(r"\d{3,}"), re.compile(r"\d{3,}$")
CHINESE = re.compile(r"[\u3400-\u9fff]")
FEW = 4
"""Chinese letters from which a name is Chinese."""
STRAY = re.compile(r"[^0-9A-Za-z\u3400-\u9fff()（）·.&\-]")


@dataclass(frozen=True, slots=True)
class Name:
    """The owner's name in a line read: how sure it is, where it and its letters stand (0-1), whether some were lost."""

    text: str
    confidence: float
    x0: float = 0.0
    x1: float = 1.0
    chars: tuple[Char, ...] = ()
    lost: bool = False
    middles: tuple[float, ...] = ()
    hidden: int = 0
    """Letters not read that stand under print."""


UNCERTAIN = 0.85
"""A letter that may be another is no surer than this: no name is held against a unit on it."""


def with_letters_doubted(name: Name, which: Collection[int]) -> Name:
    """The name, its letters of these indices left in some doubt."""
    chars = tuple(
        char.model_copy(update={"confidence": min(char.confidence, UNCERTAIN)}) if index in which else char
        for index, char in enumerate(name.chars)
    )
    return replace(name, chars=chars, confidence=float(np.mean([char.confidence for char in chars])))


def name_in(line: RecognisedLine) -> Name:
    """The longest run of evenly spaced, sure characters: what stands apart from it is not the ring's text."""
    read = _without_flourish(_without_numbers([char for char in line.chars if not STRAY.match(char.text)]))
    if not read:
        return Name("", line.confidence)
    best = max(_evenruns_of(read), key=lambda run: sum(char.confidence for char in run))
    while len(best) > 1 and best[0].confidence < WEAK:
        best = best[1:]
    while len(best) > 1 and best[-1].confidence < WEAK:
        best = best[:-1]
    chars = tuple(spelt(char) for char in best)
    confidence = float(np.mean([char.confidence for char in best]))
    text = "".join(char.text for char in chars)
    return Name(text, confidence, best[0].x0, best[-1].x1, chars, _letters_lost(best), _middles(best))


def _without_numbers(chars: list[RecognisedChar]) -> list[RecognisedChar]:
    """The characters without a number at either end: the serial, which shares the ring."""
    text = "".join(char.text for char in chars)
    start = found.end() if (found := NUMBER_FIRST.match(text)) else 0
    end = found.start() if (found := NUMBER_LAST.search(text)) else len(text)
    return chars[start:end] if start < end else chars


def _without_flourish(chars: list[RecognisedChar]) -> list[RecognisedChar]:
    """A Chinese name without the Latin letters at its ends: the serial upside down, or the rim."""
    chinese = [index for index, char in enumerate(chars) if CHINESE.match(char.text)]
    if len(chinese) < FEW:
        return chars
    brackets = [index for index, char in enumerate(chars) if char.text in "()（）"]
    return chars[min(chinese + brackets) : max(chinese + brackets) + 1]


def _middle(char: RecognisedChar) -> float:
    return (char.x0 + char.x1) / 2


def _middles(chars: Sequence[RecognisedChar]) -> tuple[float, ...]:
    return tuple(_middle(char) for char in chars)


def usual_step(middles: Sequence[float]) -> float:
    """The usual distance from one character's middle to the next, in widths of the strip."""
    steps = np.diff(middles)
    return float(np.median(steps)) if len(steps) else 1.0


def _letters_lost(chars: Sequence[RecognisedChar]) -> bool:
    """Whether there is room for a letter between two characters, or before the first, or after the last.

    The strip begins and ends half a letter away from the ring's ink, so more room at its ends is a letter not read.
    """
    usual = usual_step(_middles(chars))
    inside = any(_middle(after) - _middle(before) > LETTER_GAP * usual for before, after in pairwise(chars))
    return inside or _middle(chars[0]) > LETTER_GAP * usual or 1 - _middle(chars[-1]) > LETTER_GAP * usual


def _evenruns_of(chars: Sequence[RecognisedChar]) -> list[list[RecognisedChar]]:
    """The characters, parted at wide gaps, at smaller ones beside a few unsure characters, and at unsure digits."""
    usual = usual_step(_middles(chars))
    runs = [[chars[0]]]
    for index, (before, char) in enumerate(pairwise(chars), start=1):
        step = (_middle(char) - _middle(before)) / usual
        digit = before.text.isdigit() != char.text.isdigit() and min(before.confidence, char.confidence) < SURE
        if step > WIDE or digit or (step > LETTER_GAP and (_aside(chars[:index]) or _aside(chars[index:]))):
            runs.append([])
        runs[-1].append(char)
    return runs


def _aside(chars: Sequence[RecognisedChar]) -> bool:
    return len(chars) <= ASIDE and float(np.mean([char.confidence for char in chars])) < SURE


def spelt(char: RecognisedChar) -> Char:
    """A recognised character as evidence, its other candidates kept."""
    return Char(
        text=half_width_brackets(char.text),
        confidence=round(char.confidence, 4),
        runner_up=half_width_brackets(char.runner_up),
        runner_up_confidence=round(char.runner_up_confidence, 4),
        candidates=char.candidates,
    )


def half_width_brackets(text: str) -> str:
    """Brackets as the contract writes them."""
    return text.replace("（", "(").replace("）", ")")


def outvote(names: Sequence[Name]) -> Name:
    """One name of several looks at the same ring: every letter the one the looks are together surest of.

    The surest look of the length most looks have says where the letters stand.
    """
    read = [name for name in names if name.text]
    if not read:
        return names[0]
    usual = Counter(len(name.text) for name in read).most_common(1)[0][0]
    base = max((name for name in read if len(name.text) == usual), key=lambda name: name.confidence)
    chars = tuple(_likeliest(index, base, read) for index in range(len(base.chars)))
    confidence = float(np.mean([char.confidence for char in chars]))
    return replace(base, text="".join(char.text for char in chars), chars=chars, confidence=confidence)


def _likeliest(index: int, base: Name, names: Sequence[Name]) -> Char:
    """The letter at an index of `base`; its probability is the mean over the looks that have a letter there."""
    seen = [char for name in names if (char := _counterpart(index, base, name)) is not None]
    weights: Counter[str] = Counter()
    for char in seen:
        weights[char.text] += char.confidence  # type: ignore[assignment]
        if char.runner_up:
            weights[char.runner_up] += char.runner_up_confidence  # type: ignore[assignment]
    ranked = [text for text, _ in weights.most_common()]
    others = dict.fromkeys(other for char in seen for other in (char.text, char.runner_up, *char.candidates))
    return Char(
        text=ranked[0],
        confidence=round(weights[ranked[0]] / len(seen), 4),
        runner_up=ranked[1] if len(ranked) > 1 else "",
        runner_up_confidence=round(weights[ranked[1]] / len(seen), 4) if len(ranked) > 1 else 0.0,
        candidates="".join(other for other in others if other and other != ranked[0]),
    )


def _counterpart(index: int, base: Name, name: Name) -> Char | None:
    """The letter of another look that stands where `base` has its letter."""
    for step in Levenshtein.opcodes(base.text, name.text):
        even = step.src_end - step.src_start == step.dest_end - step.dest_start
        if step.src_start <= index < step.src_end and step.tag in ("equal", "replace") and even:
            return name.chars[step.dest_start + index - step.src_start]
    return None


def kept_text(line: RecognisedLine, least: float) -> str:
    """A line's text without stray signs and without unsure characters at its ends; "" where it is not sure enough."""
    chars = list(line.chars)
    while chars and (chars[0].confidence < WEAK or STRAY.match(chars[0].text)):
        chars.pop(0)
    while chars and (chars[-1].confidence < WEAK or STRAY.match(chars[-1].text)):
        chars.pop()
    if not chars or float(np.mean([char.confidence for char in chars])) < least:
        return ""
    return half_width_brackets(STRAY.sub("", "".join(char.text for char in chars)))


def spelling(text: str, chars: Sequence[RecognisedChar]) -> tuple[Char, ...]:
    """The characters that spell the text, those left out of it skipped; none where they don't spell it."""
    spelling, rest = [], [spelt(char) for char in chars]
    for wanted in text:
        while rest and rest[0].text != wanted:
            rest.pop(0)
        if not rest:
            return ()
        spelling.append(rest.pop(0))
    return tuple(spelling)
