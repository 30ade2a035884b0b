"""What two values are compared by (their key), and which characters of the paper each character of it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from checks.certainty import Span
from pipeline.model.evidence import Reading
from pipeline.values import amount, count, fold, normalise, plain_decimal, spelled_amount

LISTS = frozenset({"name", "title", "address"})
"""Kinds in whose values the sign between two parts means nothing but that there are two."""

KEPT = 2048
"""Texts remembered: a package's are aligned with two other witnesses, and again after a second look."""
SEPARATORS = str.maketrans(dict.fromkeys(",;；/|，", "、"))
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－─", "-"))
MEANT_SIGNS = frozenset("%‰@#&+-/")
"""Signs that belong to a value in running text, though Unicode calls some of them punctuation."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A value as it is compared: `origin[i]` is the index in the reading's `raw` that key character i came from."""

    reading: Reading
    key: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of `raw` behind key characters `start` to `end`; between two, where start == end."""
        if not self.origin:
            return 0, len(self.reading.raw)
        if start >= end:
            here = self.origin[min(start, len(self.origin) - 1)]
            return (here, here) if start < len(self.origin) else (here + 1, here + 1)
        return self.origin[start], self.origin[end - 1] + 1


def align(reading: Reading, kind: str, prompts: Sequence[str] = (), options: Sequence[str] = ()) -> Aligned:
    """A reading ready to be compared as a value of `kind`, the template's own prompts left out."""
    kept = without_prompts(reading.raw, prompts)
    if len(kept) == len(reading.raw) or not isinstance(reading.value, str):
        value = reading.text
    else:
        value = normalise(kind, "".join(reading.raw[index] for index in kept), options)
    key = key_of(kind, value)
    return Aligned(reading, key, _origins(key, reading.raw, kept) if reading.chars else ())


def key_of(kind: str, value: str) -> str:
    """What a value of a kind is compared by; nothing that could be a confusable character is folded."""
    number = number_of(kind, value)
    if number is not None:
        return plain_decimal(number)
    if kind == "text":
        return running(value)
    key = fold(value).translate(DASHES)
    if kind == "cell":
        return "".join(char for index, char in enumerate(key) if char == "-" or _is_meant(key, index))
    if kind == "fax":
        return re.sub(r"[-()]", "", key)
    if kind in LISTS:
        return key.translate(SEPARATORS).rstrip(".")
    return key


def number_of(kind: str, value: str) -> Decimal | None:
    """The number in a box that wants one, in figures or in words; None where there is none."""
    if kind == "amount":
        figure = amount(value)
        return spelled_amount(value) if figure is None else figure
    return count(value) if kind == "count" else None


@lru_cache(maxsize=KEPT)
def running(text: str) -> str:
    """Running text without its punctuation; a point or a sign inside a number stays."""
    folded = fold(text).translate(DASHES)
    return "".join(char for index, char in enumerate(folded) if _is_meant(folded, index))


def _is_meant(text: str, index: int) -> bool:
    char = text[index]
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    between = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    if char == ".":
        return before.isdigit() and after.isdigit()
    if char in "-/&":
        return between
    return char in MEANT_SIGNS or not unicodedata.category(char).startswith(("P", "Z"))


def without_prompts(raw: str, prompts: Sequence[str]) -> tuple[int, ...]:
    """The indices of `raw` that are left when the template's prompts are taken out."""
    return _without_prompts(raw, tuple(prompts))


@lru_cache(maxsize=KEPT)
def _without_prompts(raw: str, prompts: tuple[str, ...]) -> tuple[int, ...]:
    folded, indices = _folded(raw, range(len(raw)))
    taken: set[int] = set()
    for prompt in prompts:
        wanted = fold(prompt)
        start = folded.find(wanted) if wanted else -1
        if start >= 0:
            taken.update(range(indices[start], indices[start + len(wanted) - 1] + 1))
    return tuple(index for index in range(len(raw)) if index not in taken)


def answer_of(reading: Reading, prompts: Sequence[str]) -> str:
    """What stands in a box besides the template's prompts, blanks trimmed."""
    if not prompts:
        return reading.text
    return "".join(reading.raw[index] for index in without_prompts(reading.raw, prompts)).strip()


def spot(reading: Reading, words: str) -> Span:
    """Where words stand in a reading's raw text, line breaks and width aside; all of it where they are not found."""
    folded, indices = _folded(reading.raw, range(len(reading.raw)))
    wanted = fold(words)
    start = folded.find(wanted) if wanted else -1
    if start < 0:
        return Span(reading, 0, len(reading.raw))
    return Span(reading, indices[start], indices[start + len(wanted) - 1] + 1)


def _folded(raw: str, kept: Sequence[int]) -> tuple[str, list[int]]:
    """The kept characters of `raw` folded one by one, and where each came from."""
    letters: list[str] = []
    indices: list[int] = []
    for index in kept:
        for char in fold(raw[index]):
            letters.append(char)
            indices.append(index)
    return "".join(letters), indices


@lru_cache(maxsize=KEPT)
def _origins(key: str, raw: str, kept: tuple[int, ...]) -> tuple[int, ...]:
    """For every character of `key` the index in `raw` it came from, or the nearest to it."""
    folded, indices = _folded(raw, kept)
    if not indices:
        return ()
    origins: list[int] = []
    for operation in Levenshtein.opcodes(key, folded):
        length = operation.src_end - operation.src_start
        last = len(indices) - 1
        for step in range(length):
            place = min(operation.dest_start + step, max(operation.dest_start, operation.dest_end - 1), last)
            origins.append(indices[place])
    return tuple(origins)
