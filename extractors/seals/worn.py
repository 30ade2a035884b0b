"""A name read off a worn, faint or small impression: where some letters can't be told, none is certain."""

from __future__ import annotations

from extractors.seals.names import Name, with_letters_doubted

UNTOLD, FEW = 0.5, 2
"""With so many letters less sure than this an impression is bad as a whole: of drawn faint, patchy and small ones a
letter misread there was as sure as 1.0 (信 read as 气 where the pad left half of it)."""


def with_bad_impression_doubted(name: Name) -> Name:
    """The name; if several of its letters could not be told, the others are left in some doubt too."""
    if sum(char.confidence < UNTOLD for char in name.chars) < FEW:
        return name
    return with_letters_doubted(name, range(len(name.chars)))
