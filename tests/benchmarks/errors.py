"""Character errors of a page's reading against its print, whatever order the lines were read in.

Both sides are lines of letters, digits and ideographs (NFKC; blanks and punctuation are left out, since engines differ
in which of them they give). Again and again the pair of pieces that has most characters in common is taken: a whole
line of the one and the best window of the other, so that lines cut or joined differently cost nothing. What the window
gets wrong (Levenshtein) are errors; what is left of both lines goes back. Print that nothing was matched with is
missed, and every character of it an error; read characters left over are extra. Handwriting and the letters of seals
are extra as well, since the print has neither; so extra characters are told apart from errors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

UNREAD = re.compile(r"[\W_]+")
LEAST_ALIKE = 0.5
"""Of a window's characters, the share that must be right: below it two pieces have nothing to do with each other."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Counts in characters; `wrong` includes what was missed."""

    printed: int
    wrong: int
    extra: int

    @property
    def rate(self) -> float:
        """Errors a printed character."""
        return self.wrong / max(1, self.printed)


@dataclass(frozen=True, slots=True)
class _Match:
    """A window of a printed piece and one of a read piece; `gain` is what is alike less what is not."""

    gain: int
    print_span: tuple[int, int]
    read_span: tuple[int, int]


@dataclass(slots=True)
class _Pieces:
    """The pieces of print and reading not yet matched, and how each pair of them would match."""

    printed: dict[int, str] = field(default_factory=dict)
    read: dict[int, str] = field(default_factory=dict)
    matches: dict[tuple[int, int], _Match] = field(default_factory=dict)
    serial: int = 0

    def add_printed(self, text: str) -> None:
        if not text:
            return
        self.serial += 1
        self.printed[self.serial] = text
        self._match([(self.serial, other) for other in self.read])

    def add_read(self, text: str) -> None:
        if not text:
            return
        self.serial += 1
        self.read[self.serial] = text
        self._match([(other, self.serial) for other in self.printed])

    def _match(self, pairs: Iterable[tuple[int, int]]) -> None:
        for one, other in pairs:
            if (match := _matched(self.printed[one], self.read[other])) is not None:
                self.matches[one, other] = match

    def take_best(self) -> tuple[str, str]:
        """Take the best pair of windows out; what is left of their pieces goes back."""
        one, other = max(self.matches, key=lambda key: (self.matches[key].gain, [-number for number in key]))
        match = self.matches[one, other]
        self.matches = {key: value for key, value in self.matches.items() if key[0] != one and key[1] != other}
        printed, read = self.printed.pop(one), self.read.pop(other)
        for span, text, add in (
            (match.print_span, printed, self.add_printed),
            (match.read_span, read, self.add_read),
        ):
            add(text[: span[0]])
            add(text[span[1] :])
        return printed[slice(*match.print_span)], read[slice(*match.read_span)]


def bare(text: str) -> str:
    """Letters, digits and ideographs of a text, in their compatibility form and lower case."""
    return UNREAD.sub("", unicodedata.normalize("NFKC", text)).lower()


def count_errors(printed: Iterable[str], read: Iterable[str]) -> Errors:
    """Errors of the read lines against the printed ones, in any order."""
    printed = tuple(printed)
    pairs, extra = _paired(printed, read)
    total = sum(len(bare(line)) for line in printed)
    return Errors(total, sum(Levenshtein.distance(one, other) for one, other in pairs), extra)


def misread(printed: Iterable[str], read: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The pieces of print that were read otherwise, with what was read: nothing where they were missed."""
    return tuple((one, other) for one, other in _paired(printed, read)[0] if one != other)


def _paired(printed: Iterable[str], read: Iterable[str]) -> tuple[list[tuple[str, str]], int]:
    """All print in pieces, each with what was read for it, and the number of characters read beyond it."""
    pieces = _Pieces()
    for line in printed:
        pieces.add_printed(bare(line))
    for line in read:
        pieces.add_read(bare(line))
    pairs = []
    while pieces.matches:
        pairs.append(pieces.take_best())
    pairs += [(text, "") for text in pieces.printed.values()]
    return pairs, sum(map(len, pieces.read.values()))


def _matched(printed: str, read: str) -> _Match | None:
    """How the shorter piece best lies in the longer; None where they have nothing to do with each other."""
    aligned = fuzz.partial_ratio_alignment(printed, read)
    if aligned is None:
        return None
    print_span, read_span = (aligned.src_start, aligned.src_end), (aligned.dest_start, aligned.dest_end)
    distance = Levenshtein.distance(printed[slice(*print_span)], read[slice(*read_span)])
    size = max(print_span[1] - print_span[0], read_span[1] - read_span[0])
    if size == 0 or distance > (1 - LEAST_ALIKE) * size:
        return None
    return _Match(size - 2 * distance, print_span, read_span)
