"""What is said of levels: no message spells out a value, and each reference indicator is judged by its own."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from checks.engine import judge
from checks.rule import all_rules
from pipeline.model.finding import Outcome
from samples.applicants import scenes_of
from samples.banks import bank
from samples.indicators import indicator_rows
from tests.checks.building import build, profile

CODES = {"I101", "I102", "I103", "I105", "F146"}
RULES = [rule for rule in all_rules() if CODES & set(rule.codes)]
PRODUCTS = [
    (direction, product, group)
    for direction, entry in bank("products").items()
    for product, group in entry["products"]
]  # fmt: skip


def table(direction: int, product: str, group: str, seed: int) -> dict[str, Any]:
    found = profile().direction(direction)
    assert found is not None
    rows = indicator_rows(found, group, Random(seed), rephrase=False, scenes=scenes_of(product, profile()))
    said = [{"name": row.name, "current": row.current, "target": row.target, "note": row.note} for row in rows]
    return {"paper": {"directions": [direction], "product": product, "indicators": said}}


@pytest.mark.parametrize(("direction", "product", "group"), PRODUCTS)
def test_a_table_in_order_is_neither_accused_nor_doubted(direction: int, product: str, group: str) -> None:
    for seed in range(3):
        verdicts = judge(build(table(direction, product, group, seed)), RULES).verdicts
        wrong = [(each.code, each.subject) for each in verdicts if each.outcome in (Outcome.FAILED, Outcome.UNDECIDED)]
        assert wrong == []
        assert {each.outcome for each in verdicts if each.code == "I101"} != set()


@pytest.mark.parametrize(("direction", "product", "group"), [each for each in PRODUCTS if each[0] in (7, 8, 11)])
def test_every_row_taken_out_is_missed(direction: int, product: str, group: str) -> None:
    whole = table(direction, product, group, 1)
    rows = whole["paper"]["indicators"]
    for number in range(len(rows) - 1):  # the last is the applicant's own
        kept = {"paper": {**whole["paper"], "indicators": [*rows[:number], *rows[number + 1 :]]}}
        missed = [each for each in judge(build(kept), RULES).verdicts if each.code == "I101"]
        assert [each.outcome for each in missed].count(Outcome.FAILED) == 1, rows[number]["name"]


def test_no_message_spells_out_a_value() -> None:
    rows = [
        {"name": "远程控制延时", "current": "41ms", "target": "87ms"},
        {"name": "避障模式下最大飞行速度", "current": "13m/s", "target": {"text": "12m/s", "unsure": [0]}},
        {"name": "全向感知避障角", "current": "360°", "target": "77W"},
    ]
    judgement = judge(build({"paper": {"directions": [11], "indicators": rows}}), RULES)
    messages = " ".join(each.message for each in (*judgement.verdicts, *judgement.findings))
    assert {each.code for each in judgement.findings} >= {"I102", "I103", "I105", "Q102"}
    assert not any(value in messages for value in ("87", "41", "12", "77"))
