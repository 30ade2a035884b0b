"""Amounts of the form held against amounts that documents state, up to how either was rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from checks.alignment import answer_of, number_of
from checks.boxes import prompts_of
from checks.case import Case
from checks.certainty import Span
from pipeline.model.evidence import Reading
from pipeline.values import amount
from pipeline.values.amounts import UNITS

FIGURE = re.compile(r"\d[\d,]*(?:\.(\d+))?")
NEAR = Decimal("0.01")
"""How far from ten thousand (a share of it) the ratio of an amount in 元 to the same in 万元 may be, by rounding."""
PRINTED = (UNITS["元"], UNITS["千元"], UNITS["万元"])
YUAN = Decimal(10) ** 4
"""元 in a 万元."""


def box_number(case: Case, key: str) -> Decimal | None:
    """The number in the form's box of a key; None where it was not found or holds none."""
    spec, reading = case.spec(key), case.read(key)
    if spec is None or reading is None:
        return None
    return number_of(spec.kind, answer_of(reading, prompts_of(spec, case.profile)))


def agree(number: Decimal, stated: Reading) -> bool:
    """Whether a number of the form is the stated amount, rounded or cut off where either of them ends."""
    value = amount(stated.text)
    return value is not None and abs(number - value) < max(_last_place(number), resolution(stated))


def resolution(stated: Reading) -> Decimal:
    """What the last figure of a stated amount is worth in 万元: 0.0001 for one in 元; 0 where it can't be told."""
    found, value = FIGURE.search(stated.raw), amount(stated.text)
    if found is None or not value:
        return Decimal(0)
    figure = Decimal(found.group().replace(",", ""))
    unit = abs(value) / figure if figure else Decimal(0)
    return unit.scaleb(-len(found[1] or "")) if unit in UNITS.values() else Decimal(0)


def stands_in(number: Decimal, lines: Iterable[str]) -> bool:
    """Whether a number of the form is printed among these lines in one of the units that statements use."""
    figures = (Decimal(found.group().replace(",", "")) for line in lines for found in FIGURE.finditer(line))
    return any(abs(figure * unit - number) < _last_place(number) for figure in figures for unit in PRINTED if figure)


def times_ten_thousand(larger: Decimal, smaller: Decimal) -> bool:
    """Whether one number is about ten thousand times the other: one of them is in 元."""
    return smaller > 0 and abs(larger / smaller / YUAN - 1) <= NEAR


def digits_of(reading: Reading) -> tuple[Span, ...]:
    """The runs of digits of a reading: what its number rests on."""
    return tuple(Span(reading, *found.span()) for found in re.finditer(r"\d+", reading.raw))


def _last_place(number: Decimal) -> Decimal:
    """What the last figure of a number without trailing zeros is worth; at most 1."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))
