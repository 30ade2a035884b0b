"""Ticks written behind the words that they tick, without any empty box."""

from __future__ import annotations

import pytest

from pipeline.values import normalise, normalise_directions

NAMES = {13: "智能制造关键技术装备与系统", 14: "高精度工业视觉检测系统", 15: "人工智能训练资源库"}
KINDS = ("国有企业", "民营企业", "外资企业", "事业单位", "其他")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("国有企业    民营企业    外资企业    事业单位√   其他（请注明）：____", "事业单位"),
        ("国有企业√   民营企业   外资企业   事业单位   其他（请注明）：____", "国有企业"),
        ("√国有企业   □民营企业", "国有企业"),
    ],
)
def test_one_tick_among_words_without_boxes(text: str, said: str) -> None:
    assert normalise("choice", text, KINDS) == said


def test_a_tick_at_the_end_of_a_directions_line_is_its_own() -> None:
    assert normalise_directions(
        "智能产品\n方向13: 智能制造关键技术装备与系统 \n方向14: 高精度工业视觉检测系统√\n方向15: 人工智能训练资源库 ",
        NAMES,
    ) == (14,)
    assert normalise_directions(
        "方向13: 智能制造关键技术装备与系统\n√方向14: 高精度工业视觉检测系统\n方向15: 人工智能训练资源库", NAMES
    ) == (14,)
