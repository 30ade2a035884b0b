"""Codes of units that can't exist: bodies PDY00001-PDY99999 are reserved by GB 11714 and never given out."""

from __future__ import annotations

CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: no I, O, S, V, Z."""
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(kind: str, region: str, serial: int) -> str:
    """A unified social credit code with both check digits right; `kind` its first two digits, serial 1-99999."""
    head = f"{kind}{region}{organisation_code(serial)}"
    return head + check_digit(head)


def organisation_code(serial: int) -> str:
    """A nine-character organisation code (GB 11714-1997) out of the reserved range."""
    body = f"PDY{serial:05d}"
    total = sum(
        (int(char) if char.isdigit() else ord(char) - 55) * weight
        for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True)
    )
    rest = 11 - total % 11
    return body + {10: "X", 11: "0"}.get(rest, str(rest))


def check_digit(head: str) -> str:
    """The 18th character of a credit code (GB 32100-2015)."""
    total = sum(CODE_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(head))
    return CODE_ALPHABET[(31 - total % 31) % 31]


PATENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def patent_check(body: str) -> str:
    """The check digit behind the stop of a Chinese patent's number; `body` its twelve digits (ZC 0006-2003)."""
    total = sum(int(char) * weight for char, weight in zip(body, PATENT_WEIGHTS, strict=True))
    return "X" if total % 11 == 10 else str(total % 11)
