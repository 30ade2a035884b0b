"""Whether one quantity is better than another, as far as their words allow to say."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pipeline.model.quantity import PRECISION, SCENE, SPARSITY, YEAR, Comparator, Heading, Measure
from pipeline.model.record import Record
from pipeline.values.unit_names import COUNTERS, joined
from pipeline.values.units import converted

Direction = Literal["higher", "lower"]
NEARLY = Decimal("0.1")
"""约 may be a tenth off: what lies so near the bound is not decided."""
_SAME = ("种 个 类 款 项 小类 模型 语种", "台 套 台套 架 辆", "条 句 例 次 组", "张 幅 帧 片", "人 名 人次", "家 户")
ALIKE = tuple(frozenset(words.split()) for words in _SAME)
"""Counters that count the same things in other words."""
_DIRECTIONS: dict[Comparator, Direction] = {
    Comparator.AT_LEAST: "higher", Comparator.ABOVE: "higher", Comparator.AT_MOST: "lower", Comparator.BELOW: "lower",
}  # fmt: skip
_STRICT = (Comparator.ABOVE, Comparator.BELOW, Comparator.BETTER)
UNIT_UNSAID, CONDITION_UNSAID = "单位未写明", "一方未写明条件"
KINDS_MIXED, COUNTS_DIFFER = "整数与浮点算力不可直接比较", "计数单位不同"
UNSAID = frozenset({UNIT_UNSAID, CONDITION_UNSAID, KINDS_MIXED, COUNTS_DIFFER})
"""Reasons of doubt that the writer can settle, and only he: what unit or condition his number has."""
TIMES = "次"
DENSE = "稠密"
"""What operations are counted in if nothing is said."""
SHARES = ("%", "‰")
LIKE_SHARES = ("百分点", "分")
"""Units in which shares are told as well, and not surely the same: a difference of two, marks out of a hundred."""
PIECES = ("卡", "颗", "片", "块", "枚")
"""What a level is of, if it is told per piece (W/卡)."""
FROM_NEAR = Decimal("0.1")
"""A distance from less than this part of the reference up to some other is a working range: its far end counts."""
NEAR = Decimal(3)
"""A goal for a reference lies within this factor of it: applicants aim at it or somewhat beyond."""
_FREE = (SCENE, YEAR)
"""Conditions in free words: two that differ are doubt, one alone is none."""


class Outcome(StrEnum):
    """How an answer stands to a reference."""

    BETTER = "better"
    EQUAL = "equal"
    WORSE = "worse"
    NOT_COMPARABLE = "not_comparable"
    UNDECIDED = "undecided"


_ENDED = (Outcome.BETTER, Outcome.EQUAL, Outcome.WORSE)


class Standing(Record):
    """An outcome and its reason; `on_open_bound` where the answer is just the number that the reference excludes."""

    outcome: Outcome
    reason: str = ""
    on_open_bound: bool = False


def compare(reference: Measure, answer: Measure, better: Direction | None = None) -> Standing:
    """How an answer stands to a reference: same kind of quantity, same conditions, then which of the two is better.

    `better` says which way is better where the reference's comparator does not (达到, none); the comparator goes first.
    """
    direction = _DIRECTIONS.get(reference.comparator, better) if reference.comparator else better
    answer = _single(reference, _of_a_piece(reference, answer), direction)
    ends = _ends(reference, answer)
    if ends is None and reference.unit == "%" and answer.unit in LIKE_SHARES:
        return _undecided(f"百分比与{answer.unit}")
    if ends is None:
        return Standing(outcome=Outcome.NOT_COMPARABLE, reason="单位不可比")
    if _is_bare_share(reference, answer):
        return _bare_share(reference, answer, direction)
    obstacle = _units_differ(reference, answer) or _conditions_differ(reference, answer)
    if obstacle:
        return obstacle
    if reference.upper is not None or reference.tolerance != answer.tolerance:
        return _whole_ranges(reference, answer, ends)
    if direction is None:
        same = set(ends) == {reference.value} and answer.comparator in (None, reference.comparator, Comparator.REACHES)
        return Standing(outcome=Outcome.EQUAL) if same else _undecided("优劣方向不明")
    return _against(reference, answer, ends, direction)


def _single(reference: Measure, answer: Measure, direction: Direction | None) -> Measure:
    """The answer as one number where it is written as a range and means one.

    ±60° is a field of 120°, -15° to 10° one of 25°, ±0.8 mm a precision of 0.8 mm, 0.5 to 260 m a distance of 260 m.
    """
    if reference.tolerance or reference.upper is not None or direction is None:
        return answer
    if answer.tolerance and answer.upper is None and (direction == "lower" or reference.unit == answer.unit == "°"):
        return answer.model_copy(
            update={"tolerance": False, "value": answer.value * (1 if direction == "lower" else 2)}
        )
    if answer.upper is not None and reference.unit == answer.unit == "°" and answer.value < 0 < answer.upper:
        return answer.model_copy(update={"value": answer.upper - answer.value, "upper": None})
    if answer.upper is not None and direction == "higher" and reference.unit == answer.unit == "m":
        far = answer.value < reference.value * FROM_NEAR
        return answer.model_copy(update={"value": answer.upper, "upper": None}) if far else answer
    return answer


def _of_a_piece(reference: Measure, answer: Measure) -> Measure:
    """The answer without the piece that it is told per, where the reference tells none."""
    unit, _, piece = answer.unit.partition("/")
    return answer.model_copy(update={"unit": unit}) if piece in PIECES and "/" not in reference.unit else answer


def _is_bare_share(reference: Measure, answer: Measure) -> bool:
    """Whether an answer to a share is a number below one without a unit (8×10^-7)."""
    return reference.unit in SHARES and not answer.unit and answer.upper is None and 0 < answer.value < 1


def _bare_share(reference: Measure, answer: Measure, direction: Direction | None) -> Standing:
    """Better or worse where it is that both as a part of one and in the reference's unit; else its unit is wanting."""
    read = [
        answer.model_copy(update={"unit": "%", "value": answer.value * 100}),
        answer.model_copy(update={"unit": reference.unit}),
    ]
    outcomes = {compare(reference, each, direction).outcome for each in read}
    told = outcomes in ({Outcome.BETTER}, {Outcome.WORSE})
    return Standing(outcome=outcomes.pop()) if told else _undecided(UNIT_UNSAID)


def _undecided(reason: str) -> Standing:
    return Standing(outcome=Outcome.UNDECIDED, reason=reason)


def _units_differ(reference: Measure, answer: Measure) -> Standing | None:
    """Doubt where a unit is missing, or counts in words that need not be the same things; None where all is well."""
    one, other = reference.unit, answer.unit
    if one == other:
        return None
    bare = one if not other else other if not one else None
    if bare is not None:
        return None if bare in COUNTERS and bare not in ("分", "级", "倍", "百分点") else _undecided(UNIT_UNSAID)
    if {_operations(one), _operations(other)} == {"OPS", "FLOPS"}:
        same = reference.condition(PRECISION) is not None and reference.condition(PRECISION) == answer.condition(
            PRECISION
        )
        return None if same else _undecided(KINDS_MIXED)
    counted = [unit.split("/")[0] for unit in (one, other)]
    if all(unit in COUNTERS for unit in counted) and not any(set(counted) <= {*group} for group in ALIKE):
        return None if counted[0] == counted[1] else _undecided(COUNTS_DIFFER)
    return None


def _operations(unit: str) -> str:
    numerator = unit.split("/")[0]
    return "FLOPS" if numerator.endswith("FLOPS") else "OPS" if numerator.endswith("OPS") else ""


def _conditions_differ(reference: Measure, answer: Measure) -> Standing | None:
    for kind in dict.fromkeys(condition.kind for condition in (*reference.conditions, *answer.conditions)):
        mine, theirs = reference.condition(kind), answer.condition(kind)
        if mine == theirs or kind == YEAR:
            continue
        if mine is None and theirs == DENSE:
            continue
        if mine is None or theirs is None:
            if kind in _FREE or (mine is None and kind not in (PRECISION, SPARSITY)):
                continue
            return _undecided(CONDITION_UNSAID)
        if kind in _FREE:
            return _undecided("条件表述不同")
        return Standing(outcome=Outcome.NOT_COMPARABLE, reason=f"条件不同：{mine}与{theirs}")
    return None


def _ends(reference: Measure, answer: Measure) -> tuple[Decimal, ...] | None:
    """The answer's value, or both ends of its range, in the reference's unit."""
    values = (answer.value,) if answer.upper is None else (answer.value, answer.upper)
    if not (reference.unit and answer.unit):
        return values
    changed = tuple(converted(value, answer.unit, reference.unit) for value in values)
    return None if None in changed else tuple(value for value in changed if value is not None)


def _whole_ranges(reference: Measure, answer: Measure, ends: tuple[Decimal, ...]) -> Standing:
    wanted = (reference.value,) if reference.upper is None else (reference.value, reference.upper)
    if ends == wanted and reference.tolerance == answer.tolerance:
        return Standing(outcome=Outcome.EQUAL)
    return _undecided("范围与单值不可直接比较" if len(ends) != len(wanted) else "范围不同")


def _against(reference: Measure, answer: Measure, ends: tuple[Decimal, ...], direction: Direction) -> Standing:
    """One bound against the answer's ends; an answer bounded the other way only shows that it is worse."""
    outcomes = {_one(end, reference.value, direction) for end in ends}
    if answer.comparator is Comparator.ABOUT and any(_near(end, reference.value) for end in ends):
        return _undecided("约数与参考值相近")
    bounded = _DIRECTIONS.get(answer.comparator) if answer.comparator else None
    if bounded not in (None, direction):
        return Standing(outcome=Outcome.WORSE) if outcomes == {Outcome.WORSE} else _undecided("比较方向相反")
    if Outcome.WORSE in outcomes and len(outcomes) > 1:
        return _undecided("范围跨过参考值")
    if Outcome.EQUAL in outcomes:
        opened = reference.comparator in _STRICT and answer.comparator not in _STRICT
        return Standing(outcome=Outcome.EQUAL, on_open_bound=opened)
    return Standing(outcome=outcomes.pop())


def _one(value: Decimal, bound: Decimal, direction: Direction) -> Outcome:
    if value == bound:
        return Outcome.EQUAL
    return Outcome.BETTER if (value > bound) == (direction == "higher") else Outcome.WORSE


def _near(value: Decimal, bound: Decimal) -> bool:
    return abs(value - bound) <= abs(bound) * NEARLY


def within(measure: Measure, wanted: Measure, factor: Decimal = NEAR) -> bool:
    """Whether a quantity is of the wanted one's kind and within a factor of it, whatever its bound and conditions."""
    plain = measure.model_copy(update={"conditions": (), "comparator": None, "upper": None})
    bare = wanted.model_copy(update={"conditions": ()})
    if compare(bare, plain, "higher").outcome not in _ENDED:
        return False
    ends = [bare.model_copy(update={"value": value}) for value in (wanted.value / factor, wanted.value * factor)]
    return len({compare(end, plain, "higher").outcome for end in ends}) > 1


def under(heading: Heading, measure: Measure) -> Measure:
    """The measure with the unit and the conditions that its row's name gives, where it says none of its own."""
    own = {condition.kind for condition in measure.conditions}
    added = tuple(condition for condition in heading.conditions if condition.kind not in own)
    return measure.model_copy(
        update={"unit": _unit_under(heading, measure), "conditions": (*measure.conditions, *added)}
    )


def _unit_under(heading: Heading, measure: Measure) -> str:
    """The measure's own unit, or the name's; times, and bare numbers, in the time that the name says."""
    if heading.per and (measure.unit or heading.unit) in ("", TIMES):
        return joined(TIMES, heading.per)
    return measure.unit or heading.unit
