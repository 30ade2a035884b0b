"""Looks at a line: which of them outvotes what the page reading made of it, and where its characters then stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.model.evidence import Char
from pipeline.values import fold

MAJORITY = 0.6
"""Share of the looks that must agree against the page reading to replace it."""


@dataclass(frozen=True, slots=True)
class Look:
    """One reading of one crop."""

    reader: str
    layer: str
    text: str
    chars: tuple[Char, ...]


def outvoting(text: str, looks: Sequence[Look]) -> Look | None:
    """The look most others agree with, where that is another text than the page reading's."""
    votes = Counter(fold(look.text) for look in looks)
    if not votes:
        return None
    best, count = votes.most_common(1)[0]
    if best == fold(text) or count < 2 or count < MAJORITY * len(looks) or _lost_figures(fold(text), best):
        return None
    return next(look for look in looks if fold(look.text) == best)


def _lost_figures(text: str, other: str) -> bool:
    """Whether all that the other text lacks are figures beside a like one, and it has nothing else instead.

    A decoder that sees two like figures touch reads one, however often it looks and however sure it is; it hardly ever
    sees one figure twice.
    """
    edits = [op for op in Levenshtein.opcodes(text, other) if op.tag != "equal"]
    return bool(edits) and all(
        op.tag == "delete" and all(_is_repeated(text, index) for index in range(op.src_start, op.src_end))
        for op in edits
    )


def _is_repeated(text: str, index: int) -> bool:
    """Whether a character is a figure beside a like one."""
    return text[index].isdigit() and text[index] in (text[index - 1 : index], text[index + 1 : index + 2])


def in_their_places(chars: Sequence[Char], before: Sequence[Char]) -> tuple[Char, ...]:
    """Characters in the places of those read before: what stands for one under a black seal is under it, too."""
    made = []
    for index, char in enumerate(chars):
        first, beyond = (at * len(before) // len(chars) for at in (index, index + 1))
        places = before[first : max(beyond, first + 1)]
        made.append(char.model_copy(update={"bbox": places[0].bbox, "covered": any(each.covered for each in places)}))
    return tuple(made)
