"""Numbers as written: figures with thousands, powers of ten, 万 and 亿, Chinese numerals."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

import cn2an

MULTIPLIERS = {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
               "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_WORDS = "|".join(sorted(MULTIPLIERS, key=len, reverse=True))
_UNIT_PREFIX = "[欧瓦米克赫帕伏安字焦卡]"
"""What makes a 千 or 百 before it part of a unit: 千欧."""
_EXPONENT = r"(?:\^\(?[+-]?\d+\)?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
FIGURES = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,3}(?: \d{3})+(?![\d ]*\d)|\d+)(?:\.\d+)?"
NUMBER = (
    rf"(?:10{_EXPONENT}|{FIGURES}(?:[eE][+-]?\d+|[×xX*]10{_EXPONENT})?)"
    rf"(?:(?:{_WORDS})(?!{_UNIT_PREFIX}))?"
)
NUMERAL = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"
"""Also words that merely hold such a character; what follows decides."""
_SCIENTIFIC = re.compile(rf"({FIGURES})?(?:[×xX*]?10({_EXPONENT}))")
_SPLIT = re.compile(rf"(.*?)((?:{_WORDS})?)$")
_LARGEST = 30
"""Powers of ten above this are a slip of the pen, not a level of anything."""


@lru_cache(maxsize=4096)
def number(written: str) -> Decimal | None:
    """The value of figures with or without a multiplier; None for what is no number."""
    figures, word = _split(written)
    value = _figures(figures.replace(",", "").replace(" ", ""))
    if value is None:
        return None
    return value * MULTIPLIERS[word] if word else value


def _split(written: str) -> tuple[str, str]:
    match = _SPLIT.fullmatch(written)
    return (match.group(1), match.group(2)) if match else (written, "")


def multiplier(written: str) -> str:
    """The multiplier's word at a number's end, or ""."""
    return _split(written)[1]


def _figures(figures: str) -> Decimal | None:
    match = _SCIENTIFIC.fullmatch(figures)
    if match and match.group(2):
        power = int(match.group(2).strip("^()").translate(SUPERSCRIPTS))
        return Decimal(match.group(1) or 1).scaleb(power) if abs(power) <= _LARGEST else None
    value = Decimal(figures)
    return value if abs(value.adjusted()) <= _LARGEST else None


@lru_cache(maxsize=4096)
def numeral(written: str) -> Decimal | None:
    """The value of a Chinese numeral (`三千五百万`, `千亿`, `两`); None where it is none."""
    if written in MULTIPLIERS:
        return Decimal(MULTIPLIERS[written])
    words = written if written[0] not in "百千万亿" else f"一{written}"
    try:
        return Decimal(str(cn2an.cn2an(words, "smart")))
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError):
        return None
