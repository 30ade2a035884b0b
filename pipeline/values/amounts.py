"""Amounts and counts in the form's unit (万元, 人)."""

from __future__ import annotations

import re
from decimal import Decimal

import cn2an

from pipeline.values.characters import ascii_width, clean, without_blanks

UNITS = {"": Decimal(1), "万元": Decimal(1), "万": Decimal(1), "元": Decimal("0.0001"), "千元": Decimal("0.1"),
         "百万元": Decimal(100), "千万元": Decimal(1000), "亿元": Decimal(10000), "亿": Decimal(10000)}  # fmt: skip
"""What a written unit is in 万元; a bare number is in the form's unit."""

COUNTERS = ("人", "名", "位", "个", "人次")
_CURRENCY = re.compile(r"人民币|rmb|cny|[¥￥]", re.IGNORECASE)
_CENTS = re.compile(r"([-+]?\d{1,3}(?:,\d{3})+),(\d{2})(?!\d)")
"""A grouped number whose decimal point was read, or typed, as a comma: two figures are cents, one a torn group."""
_NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)?(.*)")


def amount(text: str) -> Decimal | None:
    """A sum in 万元; None where it is more than a number with its unit (`5,000.00万元`, `1.2亿元`, `50000元`)."""
    number, unit = _split(_CURRENCY.sub("", _plain(text)))
    factor = UNITS.get(unit.strip("()"))
    return None if number is None or factor is None else number * factor


def count(text: str) -> Decimal | None:
    """A number of people or things; None where it is not one."""
    number, unit = _split(_plain(text))
    unit = unit.strip("()")
    return number if unit in ("", *COUNTERS) else None


def spelled_amount(text: str) -> Decimal | None:
    """A sum in Chinese words (`伍仟万元整`), in 万元; None where it is not one."""
    words = re.sub(r"人民币|整$|正$", "", _plain(text)).replace("圆", "元")
    unit = "元" if words.endswith(("元", "角", "分")) else ""
    words = words.removesuffix("元")
    try:
        value = Decimal(str(cn2an.cn2an(words, "smart")))
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError):
        return None
    return value * UNITS[unit] if unit else value


def plain_decimal(number: Decimal) -> str:
    """The number without exponent, commas or trailing zeros: `5000`, `23456.78`."""
    written = format(number, "f")
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written in ("-0", "") else written


def _plain(text: str) -> str:
    return without_blanks(ascii_width(clean(text)))


def with_point(text: str) -> str:
    """A grouped number (`7,196,99`) with the point that its last comma is, cents behind it."""
    found = _CENTS.match(text)
    return f"{found[1]}.{found[2]}{text[found.end() :]}" if found else text


def _split(text: str) -> tuple[Decimal | None, str]:
    match = _NUMBER.fullmatch(with_point(text))
    if not match or match.group(4)[:1].isdigit():
        return None, ""
    sign, whole, fraction, unit = match.groups()
    return Decimal(f"{sign}{whole.replace(',', '')}{fraction or ''}"), unit
