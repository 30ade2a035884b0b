"""Indicator rows that answer a direction's reference indicators."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from pipeline.notices.directions import Direction, ReferenceIndicator
from samples.banks import bank
from samples.filing import Row

QUANTITIES = {"漏检率": "%", "误报率": "%", "测量精度": "μm", "识别速度": "件/分钟", "重复定位精度": "mm"}
"""Indicators without a reference value whose answer is a quantity all the same, with its unit."""
TAIL = (("年产量", "台"), ("已部署用户数", "家"), ("软件著作权数量", "项"))
"""Rows that applicants add of their own."""


def indicator_rows(
    direction: Direction, group: str, rng: Random, rephrase: bool, scenes: frozenset[str] = frozenset()
) -> tuple[Row, ...]:
    """Rows for the groups that always apply and for the named one; `rephrase` says them in words of no alias list.

    `scenes` are ids of indicators asked for in their scene alone, where the product is for it.
    """
    wanted = [
        indicator
        for entry in direction.groups
        if entry.applies == "always" or entry.id == group
        for indicator in entry.indicators
        if indicator.required == "true" or indicator.id in scenes
    ]
    rows = [_row(indicator, rng, rephrase) for indicator in wanted]
    name, unit = rng.choice(TAIL)
    current = rng.randint(3, 60)
    rows.append(Row(f"其他指标：{name}", f"{current}{unit}", f"{current * rng.randint(2, 5)}{unit}", ""))
    return tuple(rows)


def _row(indicator: ReferenceIndicator, rng: Random, rephrase: bool) -> Row:
    current, target = _levels(indicator, rng)
    return Row(_name(indicator, rng, rephrase), current, target, rng.choice(bank("sentences")["notes"]))


def _name(indicator: ReferenceIndicator, rng: Random, rephrase: bool) -> str:
    if rephrase:
        phrased: dict[str, str] = bank("phrasings")
        return phrased.get(indicator.name, indicator.name)
    alone = [alias for alias in indicator.aliases if alias not in ("算力", "功耗")]
    return rng.choice([indicator.name, indicator.name, *alone[:2]])


def _levels(indicator: ReferenceIndicator, rng: Random) -> tuple[str, str]:
    if indicator.number is not None:
        return _amounts(indicator, indicator.number, rng)
    if members := indicator.members:
        return f"支持{'、'.join(members[:-1])}", f"支持{'、'.join(members)}"
    if indicator.kind == "boolean":
        return "部分支持", "支持"
    if indicator.name in QUANTITIES:
        base = rng.choice([0.5, 0.8, 1.2, 2, 3])
        unit = QUANTITIES[indicator.name]
        if indicator.name == "识别速度":
            return f"{rng.randint(60, 120)}{unit}", f"{rng.randint(150, 300)}{unit}"
        return f"{base}{unit}", f"{_plain(base * 0.6)}{unit}"
    words = bank("sentences")
    return rng.choice(words["qualitative_current"]), rng.choice(words["qualitative_target"])


def _amounts(indicator: ReferenceIndicator, number: Decimal, rng: Random) -> tuple[str, str]:
    """Current level and goal of a number: the goal meets the reference and is no worse than the current level."""
    reference, unit = float(number), indicator.unit or ""
    lower = indicator.better == "lower"
    if unit in ("%", "°", "‰", "分") and not lower:
        room = 100 - reference if unit == "%" else reference * 0.1
        target, current = reference + room * rng.choice([0.2, 0.4, 0.6]), reference - room * rng.choice([0.3, 0.6, 1])
        if unit == "°":
            target = reference
    elif lower:
        target, current = reference * rng.choice([0.7, 0.8, 0.9]), reference * rng.choice([1.0, 1.2, 1.5])
    else:
        target, current = reference * rng.choice([1.1, 1.25, 1.5]), reference * rng.choice([0.6, 0.8, 1.0])
    if indicator.kind == "count" or unit in ("个", "张", "条", "小时", "级", "min", "款", "种"):
        target, current = (float(-(-target // 1)), float(max(1, current // 1)))
    sign = rng.choice(["", "", "≤" if lower else "≥", "不高于" if lower else "不低于"])
    return with_unit(current, unit), sign + with_unit(target, unit)


def with_unit(value: float, unit: str) -> str:
    """An amount as applicants write it: large ones in 万 and 亿."""
    if value >= 1e11:
        return f"{_plain(value / 1e8)}亿{unit}"
    if value >= 1e5:
        return f"{_plain(value / 1e4)}万{unit}"
    return f"{_plain(value)}{unit}"


def _plain(value: float) -> str:
    return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
