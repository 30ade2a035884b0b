"""Where two texts differ, as pieces to be shown: equal ones plain, different ones marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST_COMPARED = 4000
"""Characters; difflib's time grows with the square, and nobody reads marks in longer texts."""
CONTEXT = 14
"""Equal characters kept on each side of a difference in a long text: about half a printed line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that either stands in both texts or in one only."""

    text: str
    differs: bool


def marked(text: str, other: str) -> tuple[Piece, ...]:
    """`text` in pieces, marked where `other` does not have the same; long equal runs are cut with `…`."""
    if text == other or not text or not other:
        return (Piece(text, False),)
    return tuple(_abridged(_pieces(text[:LONGEST_COMPARED], other[:LONGEST_COMPARED])))


def _pieces(text: str, other: str) -> list[Piece]:
    matcher = SequenceMatcher(None, text, other, autojunk=False)
    pieces: list[Piece] = []
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind == "insert":
            pieces.append(Piece("‸", True))
        else:
            pieces.append(Piece(text[start:end], kind != "equal"))
    return pieces


def _abridged(pieces: list[Piece]) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        head = CONTEXT if number > 0 else 0
        tail = CONTEXT if number < len(pieces) - 1 else 0
        if piece.differs or len(piece.text) <= head + tail + CONTEXT:
            yield piece
        else:
            yield Piece(piece.text[:head] + "…" + piece.text[len(piece.text) - tail :], False)
