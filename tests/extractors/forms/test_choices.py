"""Which options of a question are ticked, and when nobody can be sure."""

from __future__ import annotations

import pytest

from extractors.forms.choices import choice_reading, directions_reading, ticked
from extractors.forms.flow import Flow, flow_of_lines, flow_of_text
from pipeline.model.evidence import Source
from pipeline.model.geometry import BBox
from pipeline.model.text import CheckBox
from pipeline.notices.profile import load_profile
from tests.extractors.records import form_tables, line, stacked

PLACE = BBox(0.1, 0.1, 0.2, 0.2)
LISTED, OWNERSHIP = (next(spec for spec in load_profile().fields if spec.key == key) for key in ("listed", "ownership"))


def box(option: str, state: bool | None, boxed: bool = False, fill: float = 0.0) -> CheckBox:
    return CheckBox(option=option, bbox=PLACE, label=PLACE, fill=fill, ticked=state, boxed=boxed)


@pytest.mark.parametrize(
    ("boxes", "said", "sure"),
    [
        ((box("是", False, True), box("否", True, fill=0.4)), "否", True),
        ((box("是", False, True), box("否", False, True)), "", True),
        ((box("是", False, True), box("否", False)), "否", False),  # a sign that no ink was told of, where the box was
        ((box("是", False), box("否", False)), "", True),  # no boxes are printed
        ((box("国有企业", False, True), box("民营企业", False), box("外资企业", False)), "", False),
        ((box("国有企业", False, True), box("其他", False)), "", True),  # its box is often not printed
        ((box("方向6", True, True), box("方向7", False, True), box("方向8", True, fill=0.28)), "方向8", True),
        ((box("方向1", True, fill=0.3), box("方向2", None, fill=0.2), box("方向3", False, True)), "方向1", False),
    ],
)
def test_what_is_ticked(boxes: tuple[CheckBox, ...], said: str, sure: bool) -> None:
    marked, certain = ticked(boxes)
    assert ("、".join(each.option for each in marked), certain) == (said, sure)


def test_an_empty_box_beside_an_answer_that_was_not_read_leaves_the_question_open() -> None:
    reading = choice_reading(LISTED, flow_of("√至 □是"), [box("是", False, True)])
    assert reading.confidence < 0.9
    both = choice_reading(LISTED, flow_of("□否 □是"), [box("否", False, True), box("是", False, True)])
    assert both.confidence > 0.9 and both.value == ""


def test_so_does_one_of_several_answers_that_was_not_read() -> None:
    read = [box(option, False, True) for option in ("国有企业", "外资企业", "事业单位")]
    text = "□国有企业 √民营全业 □外资企业 □事业单位"
    assert choice_reading(OWNERSHIP, flow_of(text), read).confidence < 0.9
    blank = choice_reading(OWNERSHIP, flow_of(text), [*read, box("民营企业", False, True)])
    assert blank.confidence > 0.9 and blank.value == ""


def test_an_answer_typed_without_boxes_is_sure() -> None:
    reading = choice_reading(LISTED, flow_of("是"), [box("是", False)])
    assert reading.confidence > 0.9 and reading.value == "是"


def flow_of(text: str) -> Flow:
    (table,) = form_tables([[text]])
    return table.cells[0].flow


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("国有企业（√）民营企业（）外资企业（ ）事业单位（）其他（请注明）：__（）", "国有企业"),
        ("国有企业（ ） 民营企业（N） 外资企业（ ）\n事业单位（ ）", "民营企业"),
        ("国有企业[ ]民营企业[ ]外资企业[V]事业单位[ ]", "外资企业"),
    ],
)
def test_a_mark_in_the_brackets_behind_an_option_is_its_own(text: str, said: str) -> None:
    """The ink between the bracketed mark and the next option's word stands before that word, too."""
    reading = choice_reading(OWNERSHIP, flow_of_text(text, Source.PAPER), (box("民营企业", True, fill=0.4),))
    assert (reading.text, reading.confidence > 0.9) == (said, True)


def test_brackets_behind_that_disagree_or_stand_before_decide_nothing() -> None:
    several = choice_reading(LISTED, flow_of_text("否（√）是（1）", Source.PAPER), ())
    assert (several.text, several.confidence < 0.9) == ("", True)
    worded = choice_reading(LISTED, flow_of_text("是（主板）否（）", Source.PAPER), (box("是", False), box("否", True)))
    assert worded.text == "否"
    before = flow_of_text("（√）国有企业（ ）民营企业（ ）外资企业（ ）事业单位", Source.PAPER)
    assert choice_reading(OWNERSHIP, before, (box("国有企业", True), box("民营企业", False))).text == "国有企业"


@pytest.mark.parametrize("first", ["]", "", "["])
def test_brackets_stand_before_the_options_whatever_became_of_the_first_pair(first: str) -> None:
    flow = flow_of_text(f"{first}国有企业[√]民营企业[]外资企业[]事业单位", Source.PAPER)
    boxes = (box("国有企业", False), box("民营企业", True), box("外资企业", False), box("事业单位", False))
    assert choice_reading(OWNERSHIP, flow, boxes).text == "民营企业"


def test_directions_with_their_brackets_behind_them() -> None:
    text = "智能产品：方向10:智能机器人（）方向11:智能无人机（√）方向12:智能导盲产\n品（ ）"
    assert directions_reading(flow_of_text(text, Source.PAPER), ()).value == (11,)


def test_a_pages_end_cuts_the_last_direction_off_from_its_brackets() -> None:
    text = (
        "方向9:自动驾驶虚拟仿真测\n试平台（） 方向10:智能机器人（）方向11:智能无人机（√）\n"
        "方向12:智能导盲产品（） 方向16:大规模预训练"
    )
    assert directions_reading(flow_of_text(text, Source.PAPER), ()).value == (11,)


def test_a_tick_in_brackets_that_decides_nothing_leaves_doubt() -> None:
    """Before their options or behind them: blanks don't tell, and the ink of the brackets shows no tick."""
    text = "方向10:智能机器人（）方向11:智能无人机（√）方向12:智能导盲产品"
    boxes = tuple(box(f"方向{number}", False) for number in (10, 11, 12))
    blank = directions_reading(flow_of_text(text.replace("√", ""), Source.PAPER), boxes)
    ticked_ = directions_reading(flow_of_text(text, Source.PAPER), boxes)
    assert blank.value == ticked_.value == () and blank.confidence > 0.9 and ticked_.confidence == 0.5


def test_a_lone_tick_is_the_nearer_words() -> None:
    """A tick set behind its word stands before the next word as well."""
    wrong = (box("其他", True, fill=0.4), box("是", True, fill=0.4))
    behind, before = line("国有企业民营企业事业单位√    其他"), line("国有企业民营企业事业单位    √其他")
    for each, said in ((behind, "事业单位"), (before, "其他")):
        spread = each.model_copy(
            update={
                "text": each.text.replace(" ", ""),
                "chars": tuple(char for char in each.chars if char.text != " "),
            }
        )
        assert choice_reading(OWNERSHIP, flow_of_lines([spread], "件.pdf", 1), wrong).text == said
    lines = stacked(
        "方向13: 智能制造关键技术装备与系统", "方向14: 高精度工业视觉检测系统√", "方向15: 人工智能训练资源库"
    )
    assert directions_reading(flow_of_lines(lines, "件.pdf", 1), ()).value == (14,)
    row = line("方向13：智能制造装备 方向14：视觉检测√")
    assert directions_reading(flow_of_lines([row], "件.pdf", 1), ()).value == (14,)
