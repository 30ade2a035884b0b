"""A text in one width with one form of each sign, and where each of its characters stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.values.characters import ASCII_FORMS, ZERO_WIDTH

_LATEX = {
    "\\geqslant": "≥", "\\leqslant": "≤", "\\geq": "≥", "\\leq": "≤", "\\ge": "≥", "\\le": "≤", "^\\circ": "°",
    "\\circ": "°", "\\times": "×", "\\pm": "±", "\\sim": "~", "\\%": "%", "\\text": "", "\\mathrm": "", "$": "",
    "{": "", "}": "",
}  # fmt: skip
_SIGNS = {">=": "≥", "<=": "≤", "=>": "≥", "=<": "≤", "°C": "℃", "°c": "℃", "º": "°", "&gt;": ">", "&lt;": "<",
          "<sup>": "^", "</sup>": "", "dB(A)": "dBA", "dB（A）": "dBA"}  # fmt: skip
_ONE_FORM = str.maketrans({
    "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "﹥": ">", "﹤": "<", "〈": "<", "〉": ">",
    "—": "-", "–": "-", "−": "-", "‐": "-", "‑": "-",
    "～": "~", "〜": "~", "∼": "~", "µ": "μ", "\u2126": "Ω", "％": "%", "＊": "*",
    "〔": "(", "【": "(", "】": ")", "〕": ")",
    })  # fmt: skip
_LATEX_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted((*_LATEX, *_SIGNS), key=len, reverse=True)))
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)))
_ALL = {**_LATEX, **_SIGNS}
_WIDE_DIGITS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` to be searched; its character i stands in the source from `starts[i]` to before `ends[i]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def start(self, position: int) -> int:
        """Where a character of the plain text stands in the source."""
        return self.starts[position]

    def end(self, position: int) -> int:
        """Where, in the source, the piece before `position` of the plain text ends."""
        return self.ends[position - 1] if position else 0


def plain(source: str) -> Plain:
    """The text folded; blanks stay between two figures, two Latin letters, or a letter and a figure after it."""
    kept = _without_blanks(_folded(source))
    starts, ends = tuple(start for _, start, _ in kept), tuple(end for _, _, end in kept)
    return Plain("".join(char for char, _, _ in kept), starts, ends)


def _folded(source: str) -> list[tuple[str, int, int]]:
    signs = _LATEX_SIGN if "\\" in source else _SIGN
    text = _WIDE_DIGITS.sub(",", source)
    made: list[tuple[str, int, int]] = []
    position = 0
    for match in signs.finditer(text):
        made += _characters(text, position, match.start())
        made += [(char, match.start(), match.end()) for char in _ALL[match.group()]]
        position = match.end()
    return made + _characters(text, position, len(text))


def _characters(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    return [(form, at, at + 1) for at in range(start, end) for form in _form(text[at])]


def _form(char: str) -> str:
    if char.isascii():
        return char
    if ord(char) in ZERO_WIDTH:
        return ""
    if "㎀" <= char <= "㏟":
        return unicodedata.normalize("NFKC", char).translate(_ONE_FORM)
    if char == "，":
        return char
    return char.translate(_ONE_FORM).translate(ASCII_FORMS)


def _without_blanks(characters: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    kept: list[tuple[str, int, int]] = []
    gap: tuple[str, int, int] | None = None
    for entry in characters:
        char = entry[0]
        if char == "\n":
            gap = ("\n", entry[1], entry[2])
        elif char.isspace():
            gap = gap or (" ", entry[1], entry[2])
        else:
            if gap and kept and (gap[0] == "\n" or _parts(kept[-1][0], char)):
                kept.append(gap)
            gap = None
            kept.append(entry)
    return kept


def _parts(before: str, after: str) -> bool:
    """Whether a blank between two characters means something: not between a figure and its unit."""
    latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    if before in "%°℃":
        return after.isascii() and after.isalnum()
    return latin and not (before.isdigit() and after.isalpha())
