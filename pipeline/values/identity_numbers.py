"""Identity card numbers (GB 11643-1999) in a text: found by their check digit, and masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stdnum.cn import ric

from pipeline.values.codes import valid_code

LABELLED = 15
"""Digits from which a run behind a label is taken for a number though its check digit fails: it may be misread."""
KEPT_FIRST, KEPT_LAST = 3, 2
"""Characters that stay, so that a person can tell which number is meant."""
MASK = "*"
MASKED_RUN = MASK * 10
"""Tells that a text holds a masked number."""
EVERY_RUN = ("",)
"""Labels that every text holds: each run of digits that may be a misread number is one."""
YEARS = ("19", "20")
"""Centuries of birth: 18 digits without one are a code."""
_DIGIT, _BLANKS = "[0-9０-９]", r"[ \t\u3000]*"
_RUN = re.compile(rf"(?<![0-9A-Za-z]){_DIGIT}(?:{_BLANKS}{_DIGIT}){{13,16}}{_BLANKS}[0-9０-９XxＸｘ](?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a number stands in a text: `start` to `end` (exclusive)."""

    start: int
    end: int


def identity_numbers(text: str, labels: Sequence[str]) -> Iterator[Found]:
    """Where identity card numbers stand; `labels` are words (身份证) that make a misread number one too."""
    labelled = any(label in text for label in labels)
    for run in _RUN.finditer(text):
        if _is_number(run.group()) or (labelled and _is_like_one(run.group())):
            yield Found(run.start(), run.end())


def masked(text: str, labels: Sequence[str]) -> str:
    """The text with all but the first and last characters of each number replaced."""
    for found in identity_numbers(text, labels):
        text = text[: found.start] + mask(text[found.start : found.end]) + text[found.end :]
    return text


def mask(number: str) -> str:
    """A number masked, character for character."""
    hidden = len(number) - KEPT_FIRST - KEPT_LAST
    return number[:KEPT_FIRST] + MASK * hidden + number[-KEPT_LAST:]


def _plain(run: str) -> str:
    return "".join(str(int(char)) if char.isdigit() else "X" for char in run if not char.isspace())


def _is_number(run: str) -> bool:
    plain = _plain(run)
    return len(plain) == 18 and plain[6:8] in YEARS and bool(ric.is_valid(plain))


def _is_like_one(run: str) -> bool:
    plain = _plain(run)
    is_code = valid_code(plain) and plain[6:8] not in YEARS  # one number in 31 passes a credit code's check too
    return len(plain) >= LABELLED and not is_code
