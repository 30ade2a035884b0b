"""Defects of the indicator table as samples plant them, and applications without any, judged by what is filed."""

from __future__ import annotations

from random import Random

import pytest

from checks.engine import judge
from checks.rule import all_rules
from pipeline.model.finding import Outcome, Verdict
from samples.applicants import make_filing
from samples.banks import bank
from samples.defects import DefectSpec, plant
from samples.filing import Filing
from samples.submission import clean_submission
from tests.checks.building import build, profile

CODES = {"I101", "I102", "I103", "I105", "F146"}
RULES = [rule for rule in all_rules() if CODES & set(rule.codes)]
GOALS = "（一）2023年预期目标"
SEEDS = range(40)


def filing(seed: int) -> Filing:
    return make_filing(seed, bank("cities")[seed % 12], profile(), Random(seed), "short", rephrase=False)


def accused(filed: Filing) -> list[Verdict]:
    rows = [{"name": row.name, "current": row.current, "target": row.target, "note": row.note} for row in filed.rows]
    paper = {
        "directions": list(filed.directions), "product": filed.values["product"], "indicators": rows,
        "taskbooks": [{GOALS: filed.taskbook["plan.goal"]}],
    }  # fmt: skip
    verdicts = judge(build({"paper": paper}), RULES).verdicts
    return [each for each in verdicts if each.outcome in (Outcome.FAILED, Outcome.UNDECIDED)]


def test_applications_in_order_are_neither_accused_nor_doubted() -> None:
    assert [(seed, each.code, each.subject) for seed in SEEDS for each in accused(filing(seed))] == []


@pytest.mark.parametrize("code", ["I101", "I102", "I103"])
def test_a_planted_defect_is_found_and_nothing_else(code: str) -> None:
    found = []
    for seed in SEEDS:
        submission = plant(clean_submission(filing(seed)), DefectSpec(code), Random(seed))
        if submission.planted:
            found.append([(each.code, each.outcome.value) for each in accused(submission.paper)])
    assert len(found) >= 5
    assert found == [[(code, "failed")]] * len(found)
