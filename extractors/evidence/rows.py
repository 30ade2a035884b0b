"""A page's rows of text, each a Flow: lines beside each other are parted by line breaks."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.forms.flow import Flow, flow_of_lines
from extractors.texts.order import rows
from pipeline.model.document import Page
from pipeline.values import fold

folded = lru_cache(maxsize=1 << 14)(fold)
"""`fold`, kept for the words of the profile and the lines of a page, which are asked for again and again."""


def page_rows(page: Page) -> tuple[Flow, ...]:
    """The rows from the top down."""
    return tuple(flow_of_lines(row, page.file, page.page) for row in rows(page.reading.lines))


def holds(text: str, word: str) -> bool:
    """Whether a text has a word in it; a Latin one only where no letter goes on from it (AI is not in main)."""
    if not (word.isascii() and word.isalpha()):
        return word in text
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text, re.IGNORECASE) is not None


@cache
def spaced(word: str) -> str:
    """A regular expression for a word that may be printed with blanks between its characters (专 利 权 人)."""
    return r"[ 　]*".join(re.escape(char) for char in word)
