"""How long a text is, by Word's way of counting and by characters."""

from __future__ import annotations

import re
import unicodedata


def word_count(text: str) -> tuple[int, int]:
    """Word's 字数, and the characters without blanks.

    Word counts every Chinese character and full-width sign as one, and every other run without blanks as one.
    """
    marked = "".join(_spread(char) for char in text)
    return len(marked.split()), len(re.sub(r"\s", "", text))


def _spread(char: str) -> str:
    return f" {char} " if _counts_alone(char) else char


def _counts_alone(char: str) -> bool:
    width = unicodedata.east_asian_width(char)
    # Signs of ambiguous width (“ ” … —) stand in the East Asian font of a Chinese text; Greek letters don't.
    return width in ("W", "F") or (width == "A" and not char.isalpha())
