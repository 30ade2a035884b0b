"""Rows left over put to indicators left open: what speaks for it together, and when nobody can tell."""

from __future__ import annotations

from pipeline.model.indicator import Standing
from tests.extractors.references.test_rows import Told, told

DRONE = (("全向感知避障角", "360°"), ("避障模式下最大飞行速度", "15m/s"), ("高清图传屏到屏延时", "180ms"))
"""The first three of the notice's indicators for drones; the fourth is 远程控制延时."""


def last_of(*rows: tuple[str, str]) -> Told:
    """What the last row of a drone's table is told to be."""
    *_, last = told({"direction": 11, "product": "无人机", "rows": [[*each, ""] for each in rows]})
    return last


def test_a_row_left_over_is_the_indicator_left_open_where_name_goal_and_place_say_so() -> None:
    alone, in_table = last_of(("远程操作延迟", "50ms")), last_of(*DRONE, ("远程操作延迟", "50ms"))
    assert alone.answer.standing is Standing.UNDECIDED
    assert (in_table.answer.standing, in_table.ids) == (Standing.ANSWERS, {"D11-04"})


def test_not_where_its_goal_is_of_something_else() -> None:
    assert last_of(*DRONE, ("远程操作延迟", "2.5kg")).answer.standing is not Standing.ANSWERS


def test_not_where_another_row_surely_is_it() -> None:
    assert last_of(*DRONE, ("远程控制延时", "50ms"), ("远程操作延迟", "50ms")).answer.standing is not Standing.ANSWERS


def test_not_where_two_open_indicators_have_as_much_for_them() -> None:
    unsaid = last_of(*DRONE[:2], ("延时", "50ms"))
    assert unsaid.answer.standing is Standing.UNDECIDED and {"D11-03", "D11-04"} <= unsaid.ids


def test_a_row_added_by_the_applicant_is_put_to_nothing() -> None:
    assert last_of(*DRONE, ("其他指标：远程操作延迟", "50ms")).answer.standing is not Standing.ANSWERS
