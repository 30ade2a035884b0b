"""What a value of a document is by other characters: as its reading told it, from what a second look read."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from extractors.evidence.grids import figure
from extractors.evidence.periods import last_day, year_of
from pipeline.model.evidence import Reading
from pipeline.values import plain_decimal, spelled_amount

LEADING = re.compile(r"[￥¥]?[ 　]*(-?\d[\d,，.]*)(?=[ 　]*[亿万千百]*元)")
"""The figure of a sum in running text, before its unit."""


def restated(key: str, reading: Reading) -> Callable[[str], str]:
    """Raw text to value for a year, a term's last day, or an amount, whose unit stays as the document told it."""
    if key == "year":
        return lambda raw: year_of(raw) or raw
    if key == "valid_until":
        return lambda raw: last_day(raw) or raw
    return _amount(reading)


def _amount(reading: Reading) -> Callable[[str], str]:
    before = _figure(reading.raw)

    def value(raw: str) -> str:
        now = _figure(raw)
        if now is not None and before:
            return plain_decimal(now * (Decimal(reading.text) / before))
        spelled = spelled_amount(raw)
        return raw if spelled is None else plain_decimal(spelled)

    return value


def _figure(raw: str) -> Decimal | None:
    number = figure(raw)
    if number is not None:
        return number
    found = LEADING.match(raw)
    return figure(found[1].replace("，", ",")) if found else None
