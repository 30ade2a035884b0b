"""Unified social credit codes (GB 32100-2015) and organisation codes (GB 11714-1997)."""

from __future__ import annotations

import re

from pipeline.values.characters import ascii_width, clean, without_blanks

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def normal_code(text: str) -> str:
    """The code upper-case without blanks; hyphens out where what is left has the length of a code."""
    plain = without_blanks(ascii_width(clean(text))).upper()
    bare = plain.replace("-", "")
    return bare if re.fullmatch(r"[0-9A-Z]{9}|[0-9A-Z]{15}|[0-9A-Z]{18}", bare) else plain


def valid_code(text: str) -> bool:
    """Whether an 18-character credit code or a 9-character organisation code passes its check digit."""
    code = normal_code(text)
    return _valid_credit_code(code) if len(code) == 18 else _valid_organisation_code(code)


def _valid_credit_code(code: str) -> bool:
    # stdnum.cn.uscc wants digits in the first eight places and so refuses the standard's own A, N and Y codes.
    if not re.fullmatch(r"[0-9ANY][0-9A-HJ-NP-RTUWXY]\d{6}[0-9A-HJ-NP-RTUWXY]{10}", code):
        return False
    values = [CREDIT_ALPHABET.index(char) for char in code]
    total = sum(value * weight for value, weight in zip(values, CREDIT_WEIGHTS, strict=False))
    return (31 - total % 31) % 31 == values[17]


def _valid_organisation_code(code: str) -> bool:
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return False
    values = [ORGANISATION_ALPHABET.index(char) for char in code[:8]]
    total = sum(value * weight for value, weight in zip(values, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11] == code[8]
