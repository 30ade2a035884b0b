from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.forms.cover import cover_fields, without_seal_note
from extractors.forms.flow import flow_of_lines
from pipeline.model.document import Section
from pipeline.model.text import Line
from pipeline.notices.profile import load_profile
from tests.extractors.records import SCAN, line, page, stacked, table


def values(*lines: Line) -> dict[str, str]:
    found = cover_fields(page(lines, section=Section.COVER), load_profile())
    return {key: reading.text for key, reading in found.items()}


def test_the_lines_of_a_cover() -> None:
    lines = stacked(
        "揭榜单位申报材料",
        "揭榜方向：方向10：智能机器人",
        "揭榜单位：成都某某科技有限公司（加盖单位公章）",
        "推荐单位：成都市经济和信息化局（加盖单位公章）",
        "申报日期：二〇二一年11月10日",
        step=0.05,
    )
    assert values(*lines) == {
        "directions": "10",
        "applicant": "成都某某科技有限公司",
        "recommender": "成都市经济和信息化局",
        "filing_date": "2021-11-10",
    }


def test_spaced_labels_and_lines_to_write_on() -> None:
    lines = stacked("申 报 单 位 ：__成都某某科技有限公司____", "填报日期：2021年 11 月 10 日", step=0.05)
    assert values(*lines) == {"applicant": "成都某某科技有限公司", "filing_date": "2021-11-10"}


@pytest.mark.parametrize("beside", [" 科技", "\n有限公司", "公司"])
def test_a_seals_letters_beside_the_date_are_no_part_of_it(beside: str) -> None:
    first, _, below = beside.partition("\n")
    lines = stacked("推荐单位：成都市经济和信息化局", f"申报日期：2021年11月10日{first}", *([below] if below else []))
    assert values(*lines)["filing_date"] == "2021-11-10"


def test_a_seal_note_before_the_colon() -> None:
    lines = stacked("揭榜单位（盖章）：成都某某公司", "推荐单位（加盖单位公章）：成都市经信局", step=0.05)
    assert values(*lines) == {"applicant": "成都某某公司", "recommender": "成都市经信局"}
    assert values(line("揭榜单位（成都某某公司）")) == {}


def test_a_value_that_runs_on_in_the_next_row() -> None:
    label = line("揭榜单位：成都某某智能", 0.1, 0.3)
    below = line("科技有限公司", 0.1 + 0.018 * 5, 0.318)
    assert values(label, below, line("推荐单位：成都市经信局", 0.1, 0.36))["applicant"] == "成都某某智能科技有限公司"


def test_what_stands_further_down_or_further_left_is_not_the_value() -> None:
    label = line("推荐单位：成都市经信局", 0.1, 0.3)
    assert values(label, line("工业和信息化部", 0.2, 0.5))["recommender"] == "成都市经信局"
    assert values(label, line("二〇二一年", 0.05, 0.318))["recommender"] == "成都市经信局"


def test_what_a_black_seals_rim_leaves_is_no_more_of_the_value() -> None:
    label, rest = line("推荐单位：成都市经信局", 0.1, 0.3), line("一1", 0.1 + 0.018 * 5, 0.318)
    under = rest.model_copy(update={"chars": tuple(c.model_copy(update={"covered": True}) for c in rest.chars)})
    assert values(label, under)["recommender"] == "成都市经信局"
    assert values(label, rest)["recommender"] == "成都市经信局一1"


def test_a_value_beside_its_label() -> None:
    assert values(line("揭榜单位：", 0.1, 0.3), line("成都某某公司", 0.3, 0.3005)) == {"applicant": "成都某某公司"}


def test_blank_lines_are_read_as_blank() -> None:
    found = cover_fields(page(stacked("揭榜单位：______", "申报日期：    年   月   日", step=0.05)), load_profile())
    assert {key: reading.text for key, reading in found.items()} == {"applicant": "", "filing_date": ""}
    assert found["applicant"].places


def test_the_first_of_two_lines_counts() -> None:
    assert values(*stacked("揭榜单位：甲公司", "揭榜单位：乙公司", step=0.1)) == {"applicant": "甲公司"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("成都某某公司（加盖单位公章）", "成都某某公司"),
        ("成都某某公司(加盖公章)", "成都某某公司"),
        ("成都某某公司（盖章）", "成都某某公司"),
        ("成都某某公司(加盖单位公", "成都某某公司"),
        ("成都某某公司【公 章】", "成都某某公司"),
        ("成都某某公司（加单位公章）", "成都某某公司"),
        ("（加盖单位公章）", ""),
        ("成都某某公司（加", "成都某某公司"),
        ("成都某某公司(加位公", "成都某某公司"),  # what a black seal leaves of it
        ("成都某某公司（加鑫单位章）", "成都某某公司"),
        ("成都某某公司（加__", "成都某某公司"),
        ("成都市经济和信息化局如盖单", "成都市经济和信息化局"),
        ("成都某某公司（成都）", "成都某某公司（成都）"),
        ("成都市经济和信息化局加盖单位公革)", "成都市经济和信息化局"),
        ("成都盖亚科技有限公司", "成都盖亚科技有限公司"),
        ("成都某某（集团）公司", "成都某某（集团）公司"),
        ("成都公章刻制有限公司", "成都公章刻制有限公司"),
    ],
)
def test_the_note_where_the_seal_goes(text: str, left: str) -> None:
    assert without_seal_note(flow_of_lines([line(text)], SCAN, 1)).text == left


def test_a_note_in_the_middle_leaves_both_sides() -> None:
    flow = without_seal_note(flow_of_lines([line("成都某某（盖章）有限公司")], SCAN, 1))
    assert flow.text == "成都某某有限公司" == "".join(char.text for char in flow.chars)


@pytest.mark.parametrize(
    ("text", "covered", "left"),
    [
        ("成都市经济和信息化局(加", 1, "成都市经济和信息化局"),
        ("成都市经济和信息化局（力单位章）1", 7, "成都市经济和信息化局"),
        ("成都市经济和信息化局盖", 1, "成都市经济和信息化局"),
        ("成都市经济和信息化局盖", 0, "成都市经济和信息化局盖"),
        ("成都某某公司（成", 2, "成都某某公司（成"),
        ("成都市经济和信息化局古", 1, "成都市经济和信息化局"),
        ("成都市经济和信息化局古", 0, "成都市经济和信息化局古"),
        ("成都市经济和信息化局古革由", 3, "成都市经济和信息化局古革由"),
        ("成都某某公司二厂", 2, "成都某某公司二厂"),
        ("成都市经济和信息化局（加单位公章）息化局", 8, "成都市经济和信息化局"),  # the seal's own letters behind it
        ("成都市经济和信息化局（加息化局", 3, "成都市经济和信息化局"),
        ("四川某某科技有（加盖单位公章）限公司", 11, "四川某某科技有限公司"),  # the name's own end
    ],
)
def test_what_a_black_seal_leaves_of_the_note_is_no_name(text: str, covered: int, left: str) -> None:
    read = line(text)
    first = len(text) - covered
    chars = tuple(char.model_copy(update={"covered": index >= first}) for index, char in enumerate(read.chars))
    flow = flow_of_lines([read.model_copy(update={"chars": chars})], SCAN, 1)
    assert without_seal_note(flow).text == left


@pytest.mark.parametrize("covered", [True, False])
def test_a_name_before_a_note_under_a_black_seal_may_go_on_under_it(covered: bool) -> None:
    read = line("成都市经济和信息化（加盖单位公章）")
    note = read.text.index("（")
    chars = tuple(char.model_copy(update={"covered": covered and at >= note}) for at, char in enumerate(read.chars))
    name = without_seal_note(flow_of_lines([read.model_copy(update={"chars": chars})], SCAN, 1))
    assert [char.covered for char in name.chars] == [False] * 8 + [covered]


def test_a_label_at_the_foot_of_its_cell_has_its_value_above_the_note() -> None:
    found = values(
        line("揭榜方向", 0.1, 0.4), line("智能无人机", 0.35, 0.4),
        line("四川某某无人机有限公司", 0.35, 0.46), line("揭榜单位", 0.1, 0.48), line("（加盖单位公章）", 0.35, 0.48),
        line("绵阳市经济和信息化局", 0.35, 0.54), line("推荐单位", 0.1, 0.56), line("（加盖单位公章）", 0.35, 0.56),
    )  # fmt: skip
    assert found == {"directions": "11", "applicant": "四川某某无人机有限公司", "recommender": "绵阳市经济和信息化局"}


def test_a_title_above_a_blank_row_is_not_its_value() -> None:
    noted = (line("揭榜单位", 0.1, 0.5), line("（加盖单位公章）", 0.35, 0.5))
    box = noted[1].bbox
    title = line("重点任务揭榜单位申报书", 0.35, 0.5)
    just_above = replace(title.bbox, y0=box.y0 - 2.3 * box.height, y1=box.y0 - 0.3 * box.height)
    assert values(title.model_copy(update={"bbox": just_above}), *noted) == {"applicant": ""}
    assert values(line("（2021年）", 0.35, 0.48), line("揭榜单位：", 0.1, 0.5)) == {"applicant": ""}


def test_the_end_of_the_value_before_is_not_a_blank_lines() -> None:
    found = values(
        line("揭榜单位：成都某某人工智能", 0.1, 0.4), line("科技有限公司（加盖单位公章）", 0.22, 0.42),
        line("推荐单位：", 0.1, 0.44), line("（加盖单位公章）", 0.3, 0.44),
    )  # fmt: skip
    assert found == {"applicant": "成都某某人工智能科技有限公司", "recommender": ""}


def test_two_columns_the_left_of_which_goes_on() -> None:
    found = values(
        line("揭榜单位：成都某某软件股份有限 推荐单位：成都市经济和信息化局", 0.1, 0.4), line("公司", 0.1, 0.42),
        line("（加盖单位公章）", 0.1, 0.44), line("（加盖单位公章）", 0.5, 0.44),
        line("申报日期：2021年11月10日", 0.1, 0.52),
    )  # fmt: skip
    assert found == {
        "applicant": "成都某某软件股份有限公司",
        "recommender": "成都市经济和信息化局",
        "filing_date": "2021-11-10",
    }


def test_labels_with_their_note_in_cells() -> None:
    rows = table([["揭榜单位（加盖单\n位公章）", "成都某某公司"], ["推荐单位（加盖单\n位公章）", "成都市经信局"]])
    found = cover_fields(page((), rows, section=Section.COVER), load_profile())
    assert {key: reading.text for key, reading in found.items()} == {
        "applicant": "成都某某公司",
        "recommender": "成都市经信局",
    }


@pytest.mark.parametrize("applicant", ["成都某某公司", ""])
def test_labels_of_two_columns_in_cells(applicant: str) -> None:
    rows = table([["揭榜单位", applicant, "推荐单位（加盖公章）", "成都市经信局"]])
    found = cover_fields(page((), rows, section=Section.COVER), load_profile())
    assert {key: reading.text for key, reading in found.items()} == {
        "applicant": applicant,
        "recommender": "成都市经信局",
    }
