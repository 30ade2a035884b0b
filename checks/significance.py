"""Which differences in running text may be errors: digits, Latin letters, units, names, or whole phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.values import fold

PHRASE = 4
"""Characters put in or left out from which on it is no slip (contract section 6)."""

UNITS = re.compile(
    r"[%‰℃°Ωμ±≥≤]|(?<=\d)(?:[万亿千百十]+|[毫厘微纳千]?[米克秒升瓦伏安]|[万亿]?元|吨|分钟|分|小时|时|天|年|月|日|人|项|件|台|套|个|种|类|倍|条|张|公里|赫兹)"
)
"""Units of measure: signs, or Chinese words directly behind a number."""

CODE = re.compile(r"[0-9a-z./-]")
"""Digits and Latin letters of a folded text, and the signs that a key keeps only between them."""

PRINTED_ALIKE = ("1li|!", "0oq", "5s", "8b", "2z")
"""Letters and figures of folded texts that a reader takes for one another; no two figures are in one group."""

Piece = tuple[int, int, int, int]


def is_grave(left: str, right: str, piece: Piece, names: Sequence[str] = ()) -> bool:
    """Whether a difference between two running texts (their keys) may be an error.

    Args:
        left: One text's key.
        right: The other's.
        piece: Start and end of the difference on the left, then on the right.
        names: Names of units, persons and products; a difference inside one of them is grave.
    """
    start, end, other_start, other_end = piece
    mine, other = left[start:end], right[other_start:other_end]
    if CODE.search(mine) or CODE.search(other):
        return True
    if abs(len(mine) - len(other)) >= PHRASE or min(len(mine), len(other)) >= PHRASE:
        return True
    if _touches(left, start, end, UNITS) or _touches(right, other_start, other_end, UNITS):
        return True
    keys = tuple(key for name in names if len(key := fold(name)) > 1)
    return _inside(left, start, end, keys) or _inside(right, other_start, other_end, keys)


def told_apart_by_a_hair(mine: str, other: str, *, figures: bool) -> bool:
    """Whether two stretches differ in nothing but letters that some faces print alike (AI, Al).

    `figures`: they too may be taken for letters, and letters for them; in a number or an e-mail address they count.
    """
    if not figures and any(one.isdigit() or two.isdigit() for one, two in zip(mine, other, strict=False)):
        return False
    return len(mine) == len(other) and all(
        one == two or any(one in group and two in group for group in PRINTED_ALIKE)
        for one, two in zip(mine, other, strict=True)
    )


def in_a_word(key: str, piece: Piece) -> bool:
    """Whether a difference stands between Latin letters of a folded text."""
    start, end = piece[:2]
    around = key[start - 1 : start] + key[end : end + 1]
    return len(around) == 2 and around.isascii() and around.isalpha()


def _touches(text: str, start: int, end: int, pattern: re.Pattern[str]) -> bool:
    """Whether a match of the pattern overlaps the stretch; an empty stretch overlaps nothing."""
    window = max(0, start - PHRASE)
    return any(
        window + found.start() < end and window + found.end() > start
        for found in pattern.finditer(text[window : end + PHRASE])
    )


def _inside(text: str, start: int, end: int, names: Sequence[str]) -> bool:
    """Whether the stretch (or the gap, where it is empty) lies in an occurrence of a name."""
    for name in names:
        at = text.find(name)
        while at >= 0:
            if at < max(end, start) and start < at + len(name) and (start < end or at < start):
                return True
            at = text.find(name, at + 1)
    return False
