"""What a cell of the indicator table says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from extractors.texts.quantities.conditions import find_conditions
from extractors.texts.quantities.joining import Joined, join
from extractors.texts.quantities.masks import IMPLIED, rates, unsure_figures, without_names
from extractors.texts.quantities.measures import left_over, scan, shared_bounds
from extractors.texts.quantities.members import latin_lists, listed
from extractors.texts.quantities.numbers import MULTIPLIERS
from extractors.texts.quantities.plain import Plain, plain
from extractors.texts.quantities.scanned import NO_NUMBER, Scanned
from extractors.texts.quantities.words import stance
from pipeline.model.quantity import Heading, Measure, Members, Part, Statement, Undecided, Words
from pipeline.values.levels import TIMES
from pipeline.values.unit_names import TIMES_IN_WORDS, canonical_unit, joined, single_unit

_UNIT_IN_NAME = re.compile(
    r"\((?:单位:?)?([^()@]+)(?:@[^()]*)?\)|(?<=[一-鿿])/([A-Za-zμΩ%‰]+)$|((?:[TGP](?:FL)?OPS)(?:/W)?)$|单位:([^，,;。)]+)$"
)

_SCALED_UNIT = re.compile("|".join(sorted(MULTIPLIERS, key=len, reverse=True)))
_PER_TIME = re.compile(r"(?:每|(?<!\d)(?=\d))(\d*)个?(秒|分钟|小时|天|日|h)")


@lru_cache(maxsize=4096)
def read_statement(text: str) -> Statement:
    """The quantities, sets and answers of a cell; every figure is in a part, in a condition or in a name."""
    source = plain(text)
    conditions, masked = find_conditions(source.text)
    masked = without_names(masked)
    unsure = tuple(_undecided_spans(masked))
    every, masked = rates(_blotted(masked, unsure))
    numbers = list(scan(masked, every))
    numbers += [Scanned(start, end, reason=NO_NUMBER) for start, end in unsure]
    numbers += [Scanned(*span, reason=NO_NUMBER) for span in left_over(masked, [(e.start, e.end) for e in numbers])]
    joined, lost = join(masked, tuple(shared_bounds(masked, _apart(numbers))), conditions)
    parts: list[Part] = [_part(source, each) for each in joined]
    if not parts and lost:
        parts = [Undecided(reason=NO_NUMBER, start=0, end=len(text))]
    if parts:
        parts += latin_lists(source, masked)
        return Statement(text=text, parts=tuple(sorted(parts, key=lambda part: part.start)))
    return Statement(text=text, parts=(_without_numbers(source, text),))


def _without_numbers(source: Plain, text: str) -> Members | Words:
    told = stance(source.text)
    members = listed(source) if told in ("yes", "text") else None
    return members or Words(stance=told, start=0, end=len(text))


def _undecided_spans(masked: str) -> Sequence[tuple[int, int]]:
    """The unsure figures with what belongs to them: a unit behind, up to the clause's end of figures."""
    return [(start, _unit_end(masked, end)) for start, end in unsure_figures(masked)]


def _unit_end(text: str, end: int) -> int:
    match = re.compile(r"[A-Za-z%‰°℃μΩ0-9./]*[个种类款项台套条张路家件次]?").match(text, end)
    return match.end() if match else end


def _blotted(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\2" * (end - start) + text[end:]
    return text


def _apart(numbers: Sequence[Scanned]) -> list[Scanned]:
    """The numbers without those that stand inside another."""
    kept: list[Scanned] = []
    for each in sorted(numbers, key=lambda number: (number.start, -number.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _part(source: Plain, joined: Joined) -> Measure | Undecided:
    found = joined.scanned
    start, end = source.start(found.start), source.end(joined.end)
    if found.reason:
        return Undecided(reason=found.reason, start=start, end=end)
    return Measure(comparator=found.comparator, value=found.value, upper=found.upper, tolerance=found.tolerance,
                   unit=found.unit, conditions=joined.conditions, start=start, end=end)  # fmt: skip


@lru_cache(maxsize=1024)
def read_heading(text: str) -> Heading:
    """The unit and the conditions that an indicator's name gives to the values in its row."""
    source = plain(text)
    match = _UNIT_IN_NAME.search(source.text)
    written = next((group for group in match.groups() if group), "") if match else ""
    scale, named = _scale_and_unit(written)
    unit = canonical_unit(named) if named else None
    without_unit = source.text.replace(f"({written})", "") if unit or scale > 1 else source.text
    conditions, _ = find_conditions(without_unit)
    implied = next((unit for name, unit in IMPLIED.items() if name in source.text.upper()), "")
    per = _counted_per(source.text)
    if per and TIMES in source.text:
        implied = implied or joined(TIMES, per)
    return Heading(text=text, unit=unit or implied, scale=scale if unit or (scale > 1 and not named) else Decimal(1),
                   per=per, conditions=tuple(each.condition for each in conditions))  # fmt: skip


def scaled(statement: Statement, heading: Heading) -> Statement:
    """The statement with its bare numbers multiplied by what the row's name says they are counted in (万小时)."""
    if heading.scale == 1:
        return statement
    parts = tuple(_scaled(part, statement.text, heading.scale) for part in statement.parts)
    return statement.model_copy(update={"parts": parts})


def _scaled(part: Part, text: str, scale: Decimal) -> Part:
    if not isinstance(part, Measure) or part.unit or any(word in text[part.start : part.end] for word in MULTIPLIERS):
        return part
    upper = None if part.upper is None else part.upper * scale
    return part.model_copy(update={"value": part.value * scale, "upper": upper})


def _scale_and_unit(written: str) -> tuple[Decimal, str]:
    """What a unit in a name counts in, and the unit itself (万小时)."""
    match = _SCALED_UNIT.match(written)
    return (Decimal(MULTIPLIERS[match.group()]), written[match.end() :]) if match else (Decimal(1), written)


def _counted_per(text: str) -> str:
    """The time in which a name counts times (每秒检索次数, 24小时误唤醒)."""
    match = _PER_TIME.search(text)
    if not match:
        return ""
    factor, unit = match.group(1), single_unit(match.group(2)) or ""
    return f"{factor}{TIMES_IN_WORDS[unit]}" if factor else unit
