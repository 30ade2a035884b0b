"""Characters: width, blanks, look-alikes that are one character by Unicode's own word. Nothing here guesses."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.values.unit_names import single_unit

ZERO_WIDTH = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)])
"""Characters that show nothing: soft hyphen, zero-width joiners, direction marks, BOM, variation selectors."""

BRACKETS = str.maketrans("（）［］｛｝", "()[]{}")
LETTERS_AND_DIGITS = {
    code: code - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}
ASCII_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_SAME_SIGNS = {
    ".": "。",
    ",": "、",
    '"': "“”„«»「」『』",
    "'": "‘’`",
    "[": "【〔〖",
    "]": "】〕〗",
    "-": "—–‐‑−―─",
    "~": "～〜∼",
    "·": "•・‧∙",
    "...": "…",
    "≥": "≧⩾",
    "≤": "≦⩽",
    "μ": "µ",
    "Ω": "\u2126",
    "m²": "㎡",
    "m³": "㎥",
    "°c": "℃",
    "〇": "○",
}
FOLDED_SIGNS = str.maketrans({sign: plain for plain, signs in _SAME_SIGNS.items() for sign in signs})

KEPT_FOLDED = 1 << 15
"""Folded texts remembered: a package's rules fold the same few thousand words and characters over and over."""

_BLANKS = re.compile(r"[\s　]+")
_LAST_LETTERS, _FIRST_LETTERS = re.compile(r"[A-Za-zμΩ]+$"), re.compile(r"[A-Za-zμΩ]+")
_OPENING = "([{《“‘<"
_CLOSING = ")]}》”’>,.;:!?%"


def is_wide(char: str) -> bool:
    """Whether a character takes a full square: Chinese characters, kana, full-width signs."""
    return unicodedata.east_asian_width(char) in ("W", "F")


def clean(text: str) -> str:
    """The text in NFC without characters that show nothing; radicals and compatibility ideographs as the plain ones."""
    plain = unicodedata.normalize("NFC", text).translate(ZERO_WIDTH)
    return "".join(_plain_ideograph(char) for char in plain)


def _plain_ideograph(char: str) -> str:
    if "⺀" <= char <= "⿟" or "豈" <= char <= "﫿":  # what PDF producers write for 一, 人, 不 …
        return unicodedata.normalize("NFKC", char)
    return char


def half_width(text: str) -> str:
    """Full-width letters, digits and brackets made half-width; other signs stay (the contract's 'normalised')."""
    return text.translate(LETTERS_AND_DIGITS).translate(BRACKETS)


def ascii_width(text: str) -> str:
    """Every full-width form made half-width, and the dashes one: for codes, numbers and addresses of the net."""
    return text.translate(ASCII_FORMS).translate({ord(dash): "-" for dash in "—–‐‑−―─"})


def join_lines(text: str) -> str:
    """One line: blanks and breaks vanish beside Chinese characters, become one blank between Latin words."""
    stripped = text.strip()
    return _BLANKS.sub(lambda gap: _kept_blank(stripped, gap.start(), gap.end(), gap.group()), stripped)


def _kept_blank(text: str, start: int, end: int, gap: str) -> str:
    before, after = text[start - 1], text[end]
    if is_wide(before) or is_wide(after) or before in _OPENING or after in _CLOSING:
        return ""
    if "\n" in gap and (before == "-" or _parts_a_unit(text[:start], text[end:])):  # a word broken at its hyphen
        return ""
    return " "


def _parts_a_unit(before: str, after: str) -> bool:
    """Whether a line ends within a unit's name (TFLOP and S): a narrow column breaks words anywhere."""
    head, tail = _LAST_LETTERS.search(before), _FIRST_LETTERS.match(after)
    if head is None or tail is None or single_unit(head.group()):
        return False
    return single_unit(head.group() + tail.group()) is not None


def without_blanks(text: str) -> str:
    """The text with all blanks and breaks out."""
    return _BLANKS.sub("", text)


@lru_cache(maxsize=KEPT_FOLDED)
def fold(text: str) -> str:
    """The text as comparisons see it: no blanks, one width, one form of each sign, lower-case.

    Unlike NFKC it leaves ², ①, ½ alone: 10² is not 102. Characters that merely look alike (0/O) stay apart.
    """
    one_width = half_width(without_blanks(clean(text))).translate(ASCII_FORMS).translate(FOLDED_SIGNS)
    return "".join(_unit(char) for char in one_width).lower()


def _unit(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if "㎀" <= char <= "㏟" else char  # ㎜ ㎏ ㎞ …
