"""Units by pint: one registry, made when it is first asked for."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from pipeline.model.quantity import Measure
from pipeline.values.unit_names import COUNTERS, single_unit

_OWN = {"℃": "degC", "天": "day", "月": "month", "年": "year", "周": "week", "%": "percent", "‰": "permille",
        "°": "degree", "元": "yuan", "秒": "second", "dB": "level_db", "dBm": "level_dbm", "dBA": "level_db",
        "dBi": "level_dbi", "rpm": "turn/min"}  # fmt: skip
"""Canonical names that pint knows by another name, or not at all."""
_DEFINED = (
    "yuan = [money]", "item = [item]", "operation = [operation]", "OPS = operation / second", "FLOPS = OPS",
    "grade = [grade]", "mark = [mark]", "percentage_point = [percentage_point]", "fold = [fold]",
    "level_db = [level_db]", "level_dbm = [level_dbm]", "level_dbi = [level_dbi]",
)  # fmt: skip
"""Units pint has not. Levels in dB stay a kind of their own: they are compared, never made linear; those
weighted for the ear (dBA) are levels like the others."""
_COUNTED = {"分": "mark", "级": "grade", "百分点": "percentage_point", "倍": "fold"}


@cache
def registry() -> Any:
    """The registry (0.2 s to make), in decimals."""
    import pint

    made: Any = pint.UnitRegistry(non_int_type=Decimal)
    for definition in _DEFINED:
        made.define(definition)
    return made


@cache
def _unit(name: str) -> Any:
    """A canonical unit, whole or with a denominator, as one of it in pint; pint's errors for other names."""
    numerator, _, denominator = name.partition("/")
    if not denominator:
        return registry().Quantity(Decimal(1), _term(numerator)[1]) if numerator else registry().Quantity(Decimal(1))
    over, under = _term(numerator), _term(denominator)
    return registry().Quantity(over[0], _difference(over[1])) / registry().Quantity(under[0], _difference(under[1]))


def _difference(unit: str) -> str:
    """In a ratio, degrees Celsius are a difference of temperatures."""
    return "delta_degC" if unit == "degC" else unit


def _term(name: str) -> tuple[Decimal, str]:
    """A factor and pint's name of a unit: `24小时` is 24 hours."""
    match = re.fullmatch(r"(\d*)(.+)", name)
    factor, plain = (match.group(1), match.group(2)) if match else ("", name)
    plain = (single_unit(plain) or plain) if factor else plain
    named = _COUNTED.get(plain) or ("item" if plain in COUNTERS else _OWN.get(plain, plain))
    return Decimal(factor or 1), named


def quantity(measure: Measure) -> Any:
    """The measure's value as a pint Quantity."""
    return _with(measure.value, measure.unit)


def _with(value: Decimal, unit: str) -> Any:
    if unit == "℃":
        return registry().Quantity(value, "degC")
    return value * _unit(unit)


def converted(value: Decimal, unit: str, to: str) -> Decimal | None:
    """The value in another canonical unit; None where the two have not one dimension."""
    import pint

    if unit == to:
        return value
    try:
        source, target = _with(value, unit), _unit(to)
        return Decimal(source.to(target.units).magnitude) / Decimal(target.magnitude)
    except (pint.errors.PintError, AssertionError, ValueError):
        return None
