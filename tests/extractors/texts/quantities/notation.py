"""Parts of a statement in the short notation of the tables (phrases.yaml says it)."""

from __future__ import annotations

from pipeline.model.quantity import Heading, Measure, Members, Part, Statement, Words
from pipeline.values import plain_decimal


def written(part: Part) -> str:
    if isinstance(part, Members):
        return "{" + ", ".join([*part.members, *(["..."] if part.more else [])]) + "}"
    if isinstance(part, Words):
        return f":{part.stance}"
    return _measure(part) if isinstance(part, Measure) else "?"


def _measure(measure: Measure) -> str:
    value = plain_decimal(measure.value)
    value = f"±{value}" if measure.tolerance else value
    value = f"{value}..{plain_decimal(measure.upper)}" if measure.upper is not None else value
    said = " ".join(part for part in (measure.comparator or "", value, measure.unit) if part)
    return " | ".join([said, *conditions_of(measure)])


def conditions_of(part: Measure | Heading) -> list[str]:
    return [f"{condition.kind}={condition.text}" for condition in part.conditions]


def said_by(statement: Statement) -> list[str]:
    return [written(part) for part in statement.parts]


def judge(said: list[str], expected: list[str]) -> str:
    """`right`, `undecided` where the statement keeps a doubt, `wrong` where it is sure of something else."""
    if said == expected:
        return "right"
    return "undecided" if "?" in said else "wrong"
