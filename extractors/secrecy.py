"""Secrecy marks: 秘密, 机密, 绝密 as a mark on a page, not as a word in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pipeline.model.document import PageReading
from pipeline.values import fold

MARGIN = 0.16
"""Share of the straight page's height, at the top and the bottom, where a mark stands without a star."""
STARS = "★☆✩✪*⭐"
TERM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:年|个?月|天|日)|长期|启用前|解密前"
"""How long, or until when."""


def secrecy_mark(reading: PageReading, words: Sequence[str]) -> str | None:
    """The word of a secrecy mark on a page; None where there is none.

    A mark stands alone on its line: with its star or term anywhere, bare in the upper or lower margin, or as a stamp.
    """
    for line in reading.lines:
        in_margin = line.row.y1 < MARGIN or line.row.y0 > 1 - MARGIN
        texts = (line.text, *(other.text for other in line.others))
        found = next((word for text in texts if (word := mark_of_line(text, words, bare=in_margin))), None)
        if found is not None:
            return found
    stamps = (mark_of_line(seal.text, words, bare=True) for seal in reading.seals)
    return next((word for word in stamps if word), None)


def mark_of_texts(texts: Iterable[str], words: Sequence[str]) -> str | None:
    """The word of a secrecy mark among the paragraphs of a document; bare it stands first."""
    found = (mark_of_line(text, words, bare=number == 0) for number, text in enumerate(texts))
    return next((word for word in found if word), None)


def mark_of_line(text: str, words: Sequence[str], *, bare: bool) -> str | None:
    """The word of the mark that a line is; `bare`: without star, term and label too.

    Before a term the star may be read as any sign.
    """
    match = _pattern(tuple(words)).fullmatch(fold(text))
    if match is None:
        return None
    starred = match["star"] or (match["sign"] and match["sign"] in STARS)
    unsigned = match["sign"] is None and match["term"] is None
    is_mark = starred or match["term"] or (unsigned and (match["label"] or bare))
    return match["word"] if is_mark else None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(map(re.escape, words))
    return re.compile(
        rf"(?P<label>密级:?)?[(\[]?(?P<star>[{STARS}])?(?P<word>{alternatives})[)\]]?(?P<sign>[^\w]|[★女大太])?"
        rf"(?P<term>{TERM})?[)\]]?\.?"
    )
