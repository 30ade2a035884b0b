"""Where two texts differ, as pieces to be shown: equal ones plain, different ones marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

LONGEST_COMPARED = 8000
"""Characters; more than the longest task book, and still compared in a blink."""
LEAST_ALIKE = 0.35
"""Similarity below which two texts have nothing in common, and scattered marks would only confuse."""
CONTEXT = 14
"""Equal characters kept on each side of a difference in a long text: about half a printed line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; one that differs and is empty says that the other text has something more here."""

    text: str
    differs: bool


def marked(text: str, other: str) -> tuple[Piece, ...]:
    """`text` in pieces, marked where `other` does not have the same; long equal runs are cut with `…`."""
    text, other = text[:LONGEST_COMPARED], other[:LONGEST_COMPARED]
    if text == other or not text or not other:
        return (Piece(text, False),)
    if Levenshtein.normalized_similarity(text, other) < LEAST_ALIKE:
        return (Piece(text, True),)
    return tuple(_abridged(_joined(_pieces(text, other))))


def _pieces(text: str, other: str) -> list[Piece]:
    return [
        Piece(mine, step.tag != "equal" and _meant(mine) != _meant(other[step.dest_start : step.dest_end]))
        for step in Levenshtein.opcodes(text, other)
        for mine in (text[step.src_start : step.src_end],)
    ]


def _meant(text: str) -> str:
    """A run without what is only typesetting: blanks, and the width of letters, digits and brackets."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Two differences with a single equal character between them are seen as one (56 for 65)."""
    joined: list[Piece] = []
    for number, piece in enumerate(pieces):
        between = len(piece.text) == 1 and 0 < number < len(pieces) - 1 and _differ(pieces[number - 1 : number + 2 : 2])
        differs = piece.differs or between
        if joined and joined[-1].differs == differs:
            joined[-1] = Piece(joined[-1].text + piece.text, differs)
        else:
            joined.append(Piece(piece.text, differs))
    return joined


def _differ(pieces: list[Piece]) -> bool:
    return all(piece.differs for piece in pieces)


def _abridged(pieces: list[Piece]) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        head = CONTEXT if number > 0 else 0
        tail = CONTEXT if number < len(pieces) - 1 else 0
        if piece.differs or len(piece.text) <= head + tail + CONTEXT:
            yield piece
        else:
            yield Piece(piece.text[:head] + "…" + piece.text[len(piece.text) - tail :], False)
