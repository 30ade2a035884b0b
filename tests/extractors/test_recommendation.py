from __future__ import annotations

import pytest

from extractors.recommendation import read_recommender, read_rows
from pipeline.model.document import Page, Section
from pipeline.model.recommendation import RecommendationRow
from pipeline.notices.profile import load_profile
from tests.extractors.records import CellText, page, stacked, table

PROFILE = load_profile()
HEAD: list[CellText] = ["序号", "单位名称", "所属方向", "揭榜产品", "推荐理由", "联系人", "手机"]
FIRST: list[CellText] = [
    "1",
    "成都某某科\n技有限公司",
    "方向10：智能机器人",
    "机器人",
    "技术领先",
    "赵二",
    "138 0000 0002",
]
SECOND: list[CellText] = ["2", "绵阳某某公司", "智能传感器", "雷达", "", "钱三", "13800000003"]


def sheet(rows: list[list[CellText]], *texts: str, number: int = 1) -> Page:
    lines = stacked(*texts, y=0.02)
    return page(lines, table(rows), number=number, section=Section.RECOMMENDATION)


def said(row: RecommendationRow) -> dict[str, object]:
    return {key: reading.value for key, reading in row.cells}


def test_rows_by_their_heads() -> None:
    found = read_rows([sheet([HEAD, FIRST, SECOND])], PROFILE)
    assert [said(row) for row in found] == [
        {
            "no": "1",
            "applicant": "成都某某科技有限公司",
            "direction": (10,),
            "product": "机器人",
            "reason": "技术领先",
            "contact": "赵二",
            "mobile": "13800000002",
        },
        {
            "no": "2",
            "applicant": "绵阳某某公司",
            "direction": (3,),
            "product": "雷达",
            "reason": "",
            "contact": "钱三",
            "mobile": "13800000003",
        },
    ]


@pytest.mark.parametrize(
    ("at", "head", "read"),
    [
        (3, "提榜产品", True),
        (3, "备注", False),
        (6, "手札", True),
        (1, "单位各称", True),
        (0, "序", True),
    ],
)
def test_a_misread_head_is_told_by_its_place(at: int, head: str, read: bool) -> None:
    heads = [*HEAD[:at], head, *HEAD[at + 1 :]]
    (row,) = read_rows([sheet([heads, FIRST])], PROFILE)
    assert len(said(row)) == len(HEAD) - (not read)


def test_pre_printed_rows_are_no_rows() -> None:
    numbered: list[CellText] = ["3", "", "", "", "", "", ""]
    dotted: list[CellText] = ["...", "……", "", "", "", "", ""]
    assert len(read_rows([sheet([HEAD, FIRST, numbered, dotted])], PROFILE)) == 1


def test_a_table_goes_on_over_pages_with_or_without_a_head() -> None:
    for second in ([HEAD, SECOND], [SECOND]):
        found = read_rows([sheet([HEAD, FIRST]), sheet(second, number=2)], PROFILE)
        assert [said(row)["no"] for row in found] == ["1", "2"]


def test_columns_in_another_order_and_one_left_out() -> None:
    rows: list[list[CellText]] = [
        ["单位名称", "手机", "联系人", "揭榜产品", "所属方向"],
        ["某公司", "13800000002", "赵二", "机器人", "10"],
    ]
    (row,) = read_rows([sheet(rows)], PROFILE)
    assert said(row) == {
        "applicant": "某公司",
        "direction": (10,),
        "product": "机器人",
        "contact": "赵二",
        "mobile": "13800000002",
    }
    assert row.get("reason") is None


def test_a_row_broken_by_the_end_of_a_page_is_whole_whether_the_head_is_repeated_or_not() -> None:
    upper: list[CellText] = ["1", "成都某某科", "方向10：智能机器人", "机器人", "技术领先，", "赵二", "13800000002"]
    rest: list[CellText] = ["", "技有限公司", "", "", "市场前景好", "", ""]
    for second in ([rest, SECOND], [HEAD, rest, SECOND]):
        one, other = map(said, read_rows([sheet([HEAD, upper]), sheet(second, number=2)], PROFILE))
        assert (one["no"], one["applicant"], one["mobile"]) == ("1", "成都某某科技有限公司", "13800000002")
        assert str(one["reason"]).replace("\n", "") == "技术领先，市场前景好"
        assert other["applicant"] == "绵阳某某公司"


def test_a_row_without_a_rank_on_the_next_page_is_a_row() -> None:
    unranked: list[CellText] = ["", *SECOND[1:]]
    assert len(read_rows([sheet([HEAD, FIRST]), sheet([unranked], number=2)], PROFILE)) == 2
    sparse: list[CellText] = ["", "绵阳某某公司", "", "雷达", "", "", ""]
    assert len(read_rows([sheet([HEAD, ["", *FIRST[1:]]]), sheet([sparse], number=2)], PROFILE)) == 2
    assert len(read_rows([sheet([HEAD, FIRST, sparse])], PROFILE)) == 2


def test_only_pages_of_the_recommendation_count() -> None:
    other = page((), table([HEAD, FIRST]), section=Section.FORM)
    assert read_rows([other], PROFILE) == ()
    assert read_rows([sheet([["甲", "乙"], ["丙", "丁"]])], PROFILE) == ()


def test_the_recommending_unit() -> None:
    for text in (
        "推荐单位（盖章）：成都市经济和信息化局",
        "推荐单位(盖章)：成都市经济和信息化局",
        "推荐单位：成都市经济和信息化局（盖章）",
        "推荐单位（加盖公章）：成都市经济和信息化局",
    ):
        reading = read_recommender([sheet([HEAD, FIRST], "揭榜单位推荐表", text)], PROFILE)
        assert reading is not None and reading.text == "成都市经济和信息化局", text
    assert read_recommender([sheet([HEAD, FIRST], "揭榜单位推荐表")], PROFILE) is None


def test_the_recommending_unit_with_another_colon_in_its_row() -> None:
    reading = read_recommender([sheet([HEAD, FIRST], "揭榜单位推荐表", "推荐单位：成都市经济和信息化局 ：")], PROFILE)
    assert reading is not None and reading.text.startswith("成都市经济和信息化局")
