"""Plantings stand where they are counted: what is found, open, silent, said besides; and all codes are planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.engine import judge, scope_of
from checks.rule import rules_of
from pipeline.model.finding import Finding, Outcome, Severity, Verdict
from tests.accuracy.rules import outcomes
from tests.accuracy.rules.night import Night, Told, judged
from tests.accuracy.rules.outcomes import CLEAN, Kept, fate_of, measured
from tests.accuracy.rules.plot import Planted, cases, clean_night, planters

CONTRACT = Path(__file__).parents[2] / "checks" / "contract_codes.txt"
ON_PAGES = {code for code in CONTRACT.read_text("utf-8").split() if code.startswith("S")} - {"S163:I"}
"""Codes that hang on pixels: seals, seams, signatures; a digital signature is the file's own data."""


def told(*findings: Finding, verdicts: tuple[Verdict, ...] = ()) -> Told:
    return Told(findings, verdicts, "correct")


def finding(code: str, field: str | None = None) -> Finding:
    return Finding(id=code, code=code, severity=Severity.ERROR, field=field, message="", basis="")


def verdict(code: str, outcome: Outcome, field: str | None = None) -> Verdict:
    return Verdict(id=code, code=code, subject="", field=field, outcome=outcome)


def test_a_defect_is_found_in_its_own_field_alone() -> None:
    assert fate_of(told(finding("F101", "address")), "F101", "address") == "found"
    assert fate_of(told(finding("F101", "staff")), "F101", "address") == "silent"
    assert fate_of(told(finding("F103", "address")), "F101", "address") == "silent"
    assert fate_of(told(finding("Q102", "address")), "F101", "address") == "undecided"
    assert fate_of(told(finding("Q102", "staff")), "F101", "address") == "silent"
    assert fate_of(told(finding("I101")), "I101", None) == "found"


def test_what_stays_open_is_neither_found_nor_silent() -> None:
    open_one = verdict("F101", Outcome.UNDECIDED, "address")
    assert fate_of(told(verdicts=(open_one,)), "F101", "address") == "undecided"
    assert fate_of(told(verdicts=(open_one,)), "F101", "staff") == "silent"
    assert fate_of(told(verdicts=(verdict("F101", Outcome.PASSED, "address"),)), "F101", "address") == "silent"


def test_every_code_of_the_contract_is_planted_here_or_on_pages() -> None:
    due = {line.partition(":")[0] for line in set(CONTRACT.read_text("utf-8").split()) - ON_PAGES}
    assert set(planters()) == due


def test_a_rule_that_says_nothing_leaves_its_defects_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = cases("F102", planters()["F102"], 1, 1)
    assert fate_of(judged(case.planted.night), "F102", "uscc") == "found"
    monkeypatch.setattr(
        "tests.accuracy.rules.night.judge",
        lambda it: judge(it, [each for each in rules_of(scope_of(it)) if "F102" not in each.codes]),
    )
    assert fate_of(judged(case.planted.night), "F102", "uscc") == "silent"


def test_the_same_seed_plants_the_same_cases_of_different_applicants() -> None:
    one, other = (list(cases("X101", planters()["X101"], 8, 5)) for _ in range(2))
    assert [(each.seed, each.way, each.planted.field) for each in one] == [
        (each.seed, each.way, each.planted.field) for each in other
    ]
    assert len({each.seed for each in one}) == 8
    assert {each.way for each in one} == {"samples_X101", "ticks_filed_otherwise"}


def test_what_was_judged_is_not_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def kept(code: str, seed: int, times: int = 1) -> tuple[Kept, ...]:
        return (Kept(code=code, number=seed, fate="found"),)

    class Here:
        def __init__(self, workers: int) -> None: ...
        def __enter__(self) -> Here:
            return self

        def __exit__(self, *_: object) -> None: ...
        def map(self, make, *given):  # type: ignore[no-untyped-def]
            return map(make, *given)

    monkeypatch.setattr(outcomes, "ProcessPoolExecutor", Here)
    monkeypatch.setattr(outcomes, "measure", kept)
    first = measured(tmp_path, 3)
    assert {each.code for each in first} == {CLEAN, *planters()}
    monkeypatch.setattr(outcomes, "measure", lambda *_: pytest.fail("judged again"))
    assert measured(tmp_path, 3) == first
    (gone,) = tmp_path.glob("records-3-*/F101.jsonl")
    gone.unlink()
    monkeypatch.setattr(outcomes, "measure", kept)
    assert measured(tmp_path, 3) == first


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_clean_night_is_clean(seed: int) -> None:
    said = judged(clean_night(seed))
    assert (said.conclusion, [each.code for each in said.findings], said.faults) == ("clean", ["N101"], 0)


def test_what_follows_or_stands_in_every_run_is_no_false_error(monkeypatch: pytest.MonkeyPatch) -> None:
    night: Night = clean_night(0)
    (case,) = cases("R108", planters()["R108"], 1, 1)
    kept = outcomes._kept(case)
    assert kept.fate == "found" and kept.errors == ()
    bare = Planted(case.planted.night, case.planted.field)
    alone = outcomes.Case(case.code, case.number, case.seed, case.way, bare)
    assert set(outcomes._kept(alone).errors) == {"R201"}
    assert judged(night).faults == 0
