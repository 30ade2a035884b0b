"""Goals in companies' own words against the references: what is met is told so, what is short never is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from checks.engine import judge
from checks.rule import all_rules
from pipeline.model.finding import Outcome
from tests.checks.building import build

Goal = tuple[int, str, str, str] | tuple[int, str, str, str, str]

CODES = {"I102", "I105"}
RULES = [rule for rule in all_rules() if CODES & set(rule.codes)]
GOALS = yaml.safe_load((Path(__file__).parent / "goals.yaml").read_text(encoding="utf-8"))


def outcomes(goal: Goal) -> set[tuple[str, Outcome]]:
    direction, product, name, target, *note = goal
    row = {"name": name, "target": target, "note": "".join(note)}
    case = build({"paper": {"directions": [direction], "product": product, "indicators": [row]}})
    return {(verdict.code, verdict.outcome) for verdict in judge(case, RULES).verdicts if verdict.code in CODES}


def rows(kind: str) -> list[object]:
    return [pytest.param(tuple(goal), id=f"{goal[2]}-{goal[3]}") for goal in GOALS[kind]]


@pytest.mark.parametrize("goal", rows("met"))
def test_a_goal_that_reaches_the_reference_is_neither_doubted_nor_accused(goal: Goal) -> None:
    assert outcomes(goal) == {("I102", Outcome.PASSED), ("I105", Outcome.PASSED)}


@pytest.mark.parametrize("goal", rows("hard"))
def test_a_goal_in_a_hard_notation_is_not_accused(goal: Goal) -> None:
    told = outcomes(goal)
    assert told and Outcome.FAILED not in {outcome for _, outcome in told}


@pytest.mark.parametrize("goal", rows("short"))
def test_a_goal_that_falls_short_is_accused_or_doubted(goal: Goal) -> None:
    told = outcomes(goal)
    assert ("I102", Outcome.PASSED) not in told
    assert {outcome for _, outcome in told} & {Outcome.FAILED, Outcome.UNDECIDED}
