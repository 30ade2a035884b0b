"""Looks at a line: which of them outvotes what the page reading made of it, and where its characters then stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from pipeline.model.evidence import Char
from pipeline.values import fold

AT = "@"
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
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


def with_its_at(look: Look, text: str) -> Look:
    """The look with @ where the address that was read has its own and the look none: an address has one.

    On poor copies @ is read as o or a, at one size as at another; what told it was that it must be there.
    """
    plain = "".join(text.split())
    if not ADDRESS.fullmatch(plain) or AT in look.text or len(look.chars) != len(look.text):
        return look
    edits = Levenshtein.opcodes(text, look.text)
    at = text.index(AT)
    edit = next(op for op in edits if op.src_start <= at < op.src_end)
    if edit.tag != "replace" or edit.src_end - edit.src_start != edit.dest_end - edit.dest_start:
        return look
    place = edit.dest_start + at - edit.src_start
    chars = (*look.chars[:place], look.chars[place].taken_for(AT), *look.chars[place + 1 :])
    return replace(look, text="".join(char.text for char in chars), chars=chars)


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
