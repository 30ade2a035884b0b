"""Headings of a task book: which part a line opens, whatever numbering, sign or text stands around its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.notices.profile import TaskBookPart
from pipeline.values import fold

NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:\.\d{1,2}){0,2}|[ivx]{1,4}|[ⅰ-ⅻ①-⒛㈠-㈩]|[-~=])"
"""A number as `fold` leaves it; a lone 一 or 二 is also read as a dash or as =."""
NUMBERING = re.compile(rf"[*#■◆●▶★\[]*\(?(?:第{NUMBER}(?:部分|章|节|篇)?|{NUMBER})\)?[,.:、)\]]*")
TEMPLATES_NUMBER = re.compile(r"[(]?[一二三四五六七八九十]+[),]+")
AROUND = "*#■◆●▶★[]"
CLOSING = ":.,;-)]"
"""Signs that may end a heading."""
HEADING_SLACK = 4
"""Characters that a numbered heading may have beyond the template's words (现有基础情况)."""
LONG_WORDS = 6
"""Characters of a heading's words from which text may follow without a sign, and one may be misread."""
SENTENCE_ENDS = ".!?"


@dataclass(frozen=True, slots=True)
class Opening:
    """A part that a line opens, and how many of the line's characters are its heading."""

    spec: TaskBookPart
    end: int


@dataclass(frozen=True, slots=True)
class _Folded:
    """A line without its differences of width and sign; `indices[i]` is where `text[i]` stands in the line."""

    text: str
    indices: tuple[int, ...]
    length: int

    def raw_index(self, index: int) -> int:
        """Where a folded character stands in the line."""
        return self.indices[index] if index < len(self.indices) else self.length


def opening(line: str, parts: Sequence[TaskBookPart]) -> Opening | None:
    """The part a line opens; None for a line of text.

    A heading is numbered in whatever way, or stands alone. Behind it may stand a colon, text after a sign or blank,
    or the next heading.
    """
    folded = _folded(line)
    found = (_exact(line, folded, spec, parts) for spec in parts)
    return next((each for each in found if each), None) or _misread(folded, parts)


def opening_of_two(one: str, other: str, parts: Sequence[TaskBookPart]) -> Opening | None:
    """A heading broken over two lines; `end` counts the second line's characters."""
    begun = NUMBERING.match(fold(one))
    if begun is None or opening(one, parts) is not None:
        return None
    rest = fold(one)[begun.end() :]
    whole = opening(one + other, parts)
    if whole is None or whole.end <= len(one) or not words_of(whole.spec).startswith(rest):
        return None
    return Opening(whole.spec, whole.end - len(one))


def words_of(spec: TaskBookPart) -> str:
    """A heading's words, folded, without the template's number."""
    return TEMPLATES_NUMBER.sub("", fold(spec.heading), count=1)


def _exact(line: str, folded: _Folded, spec: TaskBookPart, parts: Sequence[TaskBookPart]) -> Opening | None:
    words = words_of(spec)
    start = folded.text.find(words)
    prefix, after = folded.text[: max(start, 0)].strip(AROUND), start + len(words)
    numbered = bool(NUMBERING.fullmatch(prefix))
    if start < 0 or (prefix and not numbered):
        return None
    tail = folded.text[after:]
    signs = len(tail) - len(tail.lstrip(CLOSING))
    if not tail[signs:]:
        return Opening(spec, len(line)) if numbered or not set(tail) & set(SENTENCE_ENDS) else None
    if not numbered:
        return None
    blank = folded.raw_index(after) > folded.raw_index(after - 1) + 1
    if signs or blank or opening(line[folded.raw_index(after) :], parts) is not None:
        return Opening(spec, folded.raw_index(after + signs))
    if len(tail) <= HEADING_SLACK and not set(tail) & set(SENTENCE_ENDS):
        return Opening(spec, len(line))
    return Opening(spec, folded.raw_index(after)) if len(words) >= LONG_WORDS else None


def _misread(folded: _Folded, parts: Sequence[TaskBookPart]) -> Opening | None:
    """A numbered heading alone on its line, one of whose characters was taken for another."""
    number = NUMBERING.match(folded.text)
    if number is None:
        return None
    rest = folded.text[number.end() :].rstrip(CLOSING)
    near = [spec for spec in parts if _one_off(rest, number.group(), spec)]
    return Opening(near[0], folded.length) if len(near) == 1 else None


def _one_off(rest: str, number: str, spec: TaskBookPart) -> bool:
    words = words_of(spec)
    own = fold(spec.heading).removesuffix(words)
    if len(words) < LONG_WORDS and number != own:
        return False
    return len(rest) == len(words) and Levenshtein.distance(rest, words) <= 1


def _folded(line: str) -> _Folded:
    chars = [(char, index) for index, raw in enumerate(line) for char in fold(raw)]
    return _Folded("".join(char for char, _ in chars), tuple(index for _, index in chars), len(line))
