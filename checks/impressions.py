"""Another impression's word for a seal whose own name is in doubt: letter by letter, as pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapidfuzz.distance import Levenshtein

from checks.owners import LOST
from pipeline.model.seal import Seal

AGREES = 0.5
"""Agreement from which a letter is the other seal's. Of drawn black seals among print (37 held against the 18 that were
read) 88 of 100 letters of their own reach it, 1.4 of others; a name with two letters changed was borne out in 0.5 % of
pairs, one's own in 33 of 37."""
SEEN = 0.6
"""Share of the name's letters that must agree as pictures, whatever was read of it."""


def borne_out(seal: Seal, seals: Sequence[Seal], is_units: Callable[[Seal], bool]) -> bool:
    """Whether a seal is a further impression of one that is the unit's.

    Every letter of the other's name must agree as a picture or have been read, but for as many as may be lost in a name
    that is the unit's for the rest. Several impressions of one name show each what the others don't.
    """
    likes = {like.place: like.letters for like in seal.like}
    told: dict[str, list[tuple[float, ...]]] = {}
    for other in seals:
        letters = likes.get(other.on_page)
        if letters and len(letters) == len(other.mark.text) and is_units(other):
            told.setdefault(other.mark.text, []).append(letters)
    return any(_borne_out(seal.mark.text, name, several) for name, several in told.items())


def _borne_out(said: str, name: str, several: Sequence[tuple[float, ...]]) -> bool:
    pictured = [max(letters) >= AGREES for letters in zip(*several, strict=True)]
    read = _read(said, name)
    lost = sum(not (seen or was_read) for seen, was_read in zip(pictured, read, strict=True))
    return lost <= LOST and sum(pictured) >= SEEN * len(name)


def _read(said: str, name: str) -> list[bool]:
    """Which letters of a name stand in what was read."""
    read = [False] * len(name)
    for block in Levenshtein.editops(said, name).as_matching_blocks():
        read[block.b : block.b + block.size] = [True] * block.size
    return read
