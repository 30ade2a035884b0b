"""What rows say, and what a task book states of the same goals."""

from __future__ import annotations

import pytest

from extractors.levels import with_levels
from pipeline.model.application import Application, TaskBook, TaskBookSection
from pipeline.model.evidence import Reading, Source
from pipeline.model.indicator import Indicator, IndicatorLevels, RowKind
from pipeline.notices.profile import load_profile
from pipeline.values import normalise

PROFILE = load_profile()
GOALS = "（一）2023年预期目标"


def said(text: str) -> Reading:
    return Reading(value=normalise("text", text), raw=text, source=Source.PAPER)


def told(row: Indicator, goals: str = "", heading: str = GOALS) -> IndicatorLevels | None:
    section = TaskBookSection(heading=heading, text=goals, words=0, reading=said(goals))
    paper = Application(source=Source.PAPER, indicators=(row,), taskbooks=(TaskBook(sections=(section,)),))
    return with_levels(paper, PROFILE).indicators[0].levels


def test_name_and_note_give_unit_and_conditions() -> None:
    row = Indicator(
        name=said("峰值性能（TOPS）"), current=said("18"), target=said("不低于24"), note=said("INT8精度下实测")
    )
    levels = told(row)
    assert levels is not None and levels.current is not None and levels.target is not None
    assert levels.heading.unit == "TOPS"
    assert [(each.kind, each.text) for each in levels.noted] == [("precision", "INT8")]
    assert [measure.value for measure in (*levels.current.measures, *levels.target.measures)] == [18, 24]


def test_a_note_that_names_two_precisions_gives_none() -> None:
    levels = told(Indicator(name=said("峰值性能"), target=said("24TOPS"), note=said("INT8精度下实测，FP16精度下估算")))
    assert levels is not None and levels.noted == ()


@pytest.mark.parametrize(
    ("name", "unit"), [("水平视场角", "°"), ("云台转动范围", "°"), ("周视范围", "°"), ("用户满意度", None)]
)
def test_degrees_are_an_angle_s_where_the_name_speaks_of_one(name: str, unit: str | None) -> None:
    levels = told(Indicator(name=said(name), target=said("不小于120度")))
    assert levels is not None and levels.target is not None
    assert [measure.unit for measure in levels.target.measures] == ([unit] if unit else [])


def test_the_templates_own_rows_say_nothing() -> None:
    assert told(Indicator(name=said("算力"), kind=RowKind.EXAMPLE)) is None


BROKEN = [
    ("不低于35.2TFL\nOPS@FP32", "35.2 TFLOPS"),
    ("500000000\n00个", "50000000000 个"),
    ("99.9\n4%", "99.94 %"),
    ("128TFLOP\nS", "128 TFLOPS"),
    ("40\n30ms", None),
    ("99\n98", None),
    ("1250亿\n个", "125000000000 个"),
]


@pytest.mark.parametrize(("text", "wanted"), BROKEN)
def test_a_value_that_a_narrow_cell_breaks(text: str, wanted: str | None) -> None:
    levels = told(Indicator(name=said("甲"), target=said(text)))
    assert levels is not None and levels.target is not None
    decided = levels.target.is_decided
    assert [f"{each.value} {each.unit}" for each in levels.target.measures if decided] == ([wanted] if wanted else [])


STATED = [
    ("主要指标为典型功耗：≤10W；算力：40TOPS。", ["：≤10W"]),
    ("到2023年，典型功\n耗不高于1\n0W。", ["不高于1\n0W"]),
    ("2022年典型功耗降至20W，2023年典型功耗降至10W。", ["降至10W"]),
    ("（1）典型功耗达到10 W；", ["达到10 W"]),
    ("典型功耗10W，典型功耗8W。", ["10W", "8W"]),
    ("目前典型功耗为20W。", []),
    ("国外同类产品典型功耗为20W。", []),
    ("2022年典型功耗降至20W。", []),
    ("满载典型功耗为20W。", []),
    ("典型功耗保持领先，达到10W。", []),
    ("典型功耗由20W降至10W。", []),
    ("典型功耗10W~12W、8W。", []),
]


@pytest.mark.parametrize(("text", "wanted"), STATED)
def test_goals_that_a_task_book_states(text: str, wanted: list[str]) -> None:
    levels = told(Indicator(name=said("典型功耗"), target=said("10W")), text)
    assert levels is not None
    assert [text[promise.start : promise.end] for promise in levels.promises] == wanted


def test_a_bare_figure_behind_a_name_that_says_in_what_it_counts_is_scaled_as_the_cell_is() -> None:
    levels = told(Indicator(name=said("累计运行时长(万小时)"), target=said("5")), "累计运行时长(万小时)达到5。")
    assert levels is not None and levels.target is not None
    (promise,) = levels.promises
    stated = [measure.value for measure in promise.statement.measures]
    assert stated == [measure.value for measure in levels.target.measures] == [50000]


def test_other_parts_of_a_task_book_state_no_goals() -> None:
    levels = told(Indicator(name=said("典型功耗"), target=said("10W")), "典型功耗为20W。", "（一）现有基础")
    assert levels is not None and levels.promises == ()
