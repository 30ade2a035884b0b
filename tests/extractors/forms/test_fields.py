from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from extractors.forms.cells import FormTable, page_tables
from extractors.forms.fields import form_fields
from pipeline.model.evidence import Reading
from pipeline.notices.profile import load_profile
from tests.extractors.records import CellText, form_tables, page, table

KINDS = "□国有企业 □民营企业 □外资企业\n□事业单位 □其他（请注明）："


def read(*tables: FormTable) -> Mapping[str, Reading]:
    return form_fields(tables, load_profile())


def values(rows: Sequence[Sequence[CellText]], ticks: Mapping[str, bool | None] | None = None) -> dict[str, str]:
    return {key: reading.text for key, reading in read(*form_tables(rows, ticks)).items()}


def test_values_beside_their_labels() -> None:
    rows: list[list[CellText]] = [
        ["单位名称", ("成都某某科技有限公司", 1, 3), None, None],
        ["法定代表人", "王小明", "注册资本（万元）", "5,000.00"],
        ["单位地址", "成都市高新区", "组织机构代码/三证合一码", "91510100pdy00001x3"],
    ]
    assert values(rows) == {
        "applicant": "成都某某科技有限公司",
        "legal_representative": "王小明",
        "registered_capital": "5000",
        "address": "成都市高新区",
        "uscc": "91510100PDY00001X3",
    }


def test_values_beneath_their_labels() -> None:
    rows: list[list[CellText]] = [
        [("单位名称（全称）", 1, 3), None, None, "组织机构代码/三证合一码"],
        [("成都某某科技有限公司", 1, 3), None, None, "91510100PDY00001X3"],
        [("揭榜负责人", 1, 4), None, None, None],
        ["姓名", "职务职称", "手机", "邮箱"],
        ["李一", "", "13800000001", "li@example.cn"],
        [("申报联系人", 1, 4), None, None, None],
        ["姓名", "传真", "手机", "邮箱"],
        ["赵二", "无", "13800000002", "zhao@example.cn"],
        [("揭榜单位简介", 1, 4), None, None, None],
        [("公司成立于2010年。", 1, 4), None, None, None],
    ]
    assert values(rows) == {
        "applicant": "成都某某科技有限公司",
        "uscc": "91510100PDY00001X3",
        "leader_name": "李一",
        "leader_title": "",
        "leader_mobile": "13800000001",
        "leader_email": "li@example.cn",
        "contact_name": "赵二",
        "contact_fax": "无",
        "contact_mobile": "13800000002",
        "contact_email": "zhao@example.cn",
        "unit_profile": "公司成立于2010年。",
    }


def test_one_label_of_a_row_of_labels_may_be_unknown() -> None:
    rows: list[list[CellText]] = [
        ["法定代表人", "所属行业门类", "注册资本（万元）"],
        ["王小明", "软件业", "5000"],
        ["单位人数", "研发人员人数", "参与单位"],
        ["120", "45", ""],
    ]
    found = values(rows)
    assert found["legal_representative"] == "王小明"
    assert found["registered_capital"] == "5000"
    assert (found["staff"], found["rd_staff"], found["partners"]) == ("120", "45", "")


def test_a_blank_beside_a_label_is_its_answer_whatever_stands_beneath() -> None:
    rows: list[list[CellText]] = [
        ["法定代表人", "", "注册资本（万元）", ""],
        ["王小明", "无", "5000", "无"],
    ]
    found = values(rows)
    assert found["legal_representative"] == ""
    assert found["registered_capital"] == ""


def test_a_label_without_a_box_of_its_own_is_not_blank() -> None:
    """Where a table's side was not seen no cell stands right of its last labels."""
    assert values([["姓名"], ["职务职称"], ["邮箱"]]) == {}
    assert values([["法定代表人", ""], ["单位地址", "成都市"]])["legal_representative"] == ""


def test_labels_broken_over_lines_blanked_and_reworded() -> None:
    rows: list[list[CellText]] = [
        ["单 位 名 称", "成都某某科技有限公司", "其中与人工智能业相\n关的业务收入\n(万元）", "1200"],
        ["法人代表", "王小明", "研发人员\n人数", "45 人"],
        ["整体业务收人（万元）", "3000", "统一社会信用代吗", "91510100PDY00001X3"],
    ]
    found = values(rows)
    assert found["ai_revenue"] == "1200"
    assert found["rd_staff"] == "45"
    assert found["legal_representative"] == "王小明"
    assert found["uscc"] == "91510100PDY00001X3"
    assert found["revenue"] == "3000"


def test_a_value_in_the_cell_of_its_label() -> None:
    rows: list[list[CellText]] = [
        ["单位名称：成都某某科技有限公司", "法定代表人：王小明"],
        [("参与单位：\n无", 1, 2), None],
        [("揭榜单位简介：\n公司成立于2010年，\n主营人工智能。", 1, 2), None],
    ]
    assert values(rows) == {
        "applicant": "成都某某科技有限公司",
        "legal_representative": "王小明",
        "partners": "无",
        "unit_profile": "公司成立于2010年，主营人工智能。",
    }


def test_groups_tell_two_names_apart() -> None:
    rows: list[list[CellText]] = [
        [("揭榜负责人", 2, 1), "姓名", "李一", "职务职称", "高工"],
        [None, "邮箱", "li@example.cn", "手机", "13800000001"],
        [("申报\n联系人", 2, 1), "姓名", "赵二", "手机", "13800000002"],
        [None, "邮箱", "zhao@example.cn", "传真", "无"],
    ]
    assert values(rows) == {
        "leader_name": "李一",
        "leader_title": "高工",
        "leader_email": "li@example.cn",
        "leader_mobile": "13800000001",
        "contact_name": "赵二",
        "contact_mobile": "13800000002",
        "contact_email": "zhao@example.cn",
        "contact_fax": "无",
    }


def test_several_values_in_one_cell() -> None:
    rows: list[list[CellText]] = [
        ["揭榜负责人", "姓名：李一 职务职称：高工\n邮箱：li@example.cn 手机：13800000001"],
        ["申报联系人", "姓名：赵二 手机：13800000002\n邮箱：zhao@example.cn 传真："],
    ]
    found = values(rows)
    assert (found["leader_name"], found["leader_title"], found["leader_mobile"]) == ("李一", "高工", "13800000001")
    assert (found["contact_name"], found["contact_mobile"]) == ("赵二", "13800000002")
    assert (found["contact_email"], found["contact_fax"]) == ("zhao@example.cn", "")


def test_nothing_is_not_no_answer() -> None:
    found = read(*form_tables([["参与单位", "", "传真", "无"], ["单位人数", "", "研发人员人数", "0"]]))
    assert found["partners"].text == ""
    assert found["rd_staff"].text == "0"
    assert "revenue" not in found


def test_an_empty_box_says_where_it_is() -> None:
    found = read(*form_tables([["单位人数", "", "研发人员人数", "45"]]))
    (place,) = found["staff"].places
    assert place.bbox.contains(0.05 + 0.225 * 1.5, 0.5)


def test_a_value_and_its_evidence() -> None:
    reading = read(*form_tables([["单位人数", "1,200人"]], number=3))["staff"]
    assert (reading.value, reading.raw) == ("1200", "1,200人")
    assert "".join(char.text for char in reading.chars) == reading.raw
    assert reading.places[0].page == 3 and reading.places[0].bbox.x0 > 0.5
    assert reading.confidence == pytest.approx(0.98)


def test_a_box_broken_by_the_end_of_a_page() -> None:
    first = form_tables([["揭榜产品名称", "语音平台"], ["揭榜产品概述", "本产品用于\n语音识别，"]], number=1)
    second = form_tables([["", "准确率达到\n百分之九十。"], ["参与单位", "无"]], number=2)
    found = read(*first, *second)
    assert found["product_summary"].text == "本产品用于语音识别，准确率达到百分之九十。"
    assert {place.page for place in found["product_summary"].places} == {1, 2}
    assert found["partners"].text == "无"


def test_a_group_goes_on_over_the_end_of_a_page() -> None:
    first = form_tables([["揭榜负责人", "姓名", "李一"], ["申报联系人", "姓名", "赵二"]])
    second = form_tables([["", "手机", "13800000002"]], number=2)
    assert read(*first, *second)["contact_mobile"].text == "13800000002"


def test_the_first_filled_one_of_two_boxes_of_a_key_counts() -> None:
    assert values([["单位人数", "120"], ["单位人数", "121"]])["staff"] == "120"
    assert values([["单位地址", "成都市"], ["通讯地址", "绵阳市"], ["邮编", "610000"]])["address"] == "成都市"
    assert values([["单位人数", ""], ["职工人数", "121"]])["staff"] == "121"


def test_one_tick() -> None:
    ticks = {"国有企业": False, "民营企业": True, "外资企业": False, "事业单位": False, "其他": False}
    reading = read(*form_tables([["单位性质", KINDS]], ticks))["ownership"]
    assert reading.text == "民营企业"
    assert reading.looks == 2 and all(reading.certain)
    assert reading.places[0].bbox.x0 > 0.5


def test_no_tick_and_two_ticks() -> None:
    ticks = {"国有企业": False, "民营企业": False, "外资企业": False, "事业单位": False, "其他": False}
    assert values([["单位性质", KINDS]], ticks)["ownership"] == ""
    two = ticks | {"民营企业": True, "事业单位": True}
    assert values([["单位性质", KINDS]], two)["ownership"] == "民营企业、事业单位"


def test_other_with_its_words() -> None:
    ticks = {"国有企业": False, "民营企业": False, "外资企业": False, "事业单位": False, "其他": True}
    assert values([["单位性质", KINDS + "社会团体"]], ticks)["ownership"] == "其他：社会团体"
    assert values([["单位性质", KINDS + "____"]], ticks)["ownership"] == "其他"
    both = ticks | {"民营企业": True}
    assert values([["单位性质", KINDS + "社会团体"]], both)["ownership"] == "民营企业、其他：社会团体"


def test_a_box_that_does_not_decide_is_weighed_against_the_others() -> None:
    ticks: dict[str, bool | None] = {"国有企业": False, "民营企业": None, "外资企业": False, "事业单位": False}
    rows: list[list[CellText]] = [["单位性质", KINDS]]
    clear = read(*form_tables(rows, ticks, fills={"民营企业": 0.11}))["ownership"]
    assert clear.text == "民营企业" and all(clear.certain)
    faint = read(*form_tables(rows, ticks, fills={"民营企业": 0.045}))["ownership"]
    assert faint.confidence == 0.5 and faint.text == ""


def test_a_mark_that_is_not_to_be_seen_leaves_a_question_without_tick_in_doubt() -> None:
    first = page((), table([["是否上市公司", "否\n□是"]]), ticks={"否": False, "是": False})

    def with_boxes(*printed: str) -> Reading:
        boxes = tuple(box.model_copy(update={"boxed": box.option in printed}) for box in first.reading.boxes)
        seen = first.model_copy(update={"reading": first.reading.model_copy(update={"boxes": boxes})})
        return read(*page_tables(seen))["listed"]

    none_lost, one_lost = with_boxes("是", "否"), with_boxes("是")
    assert (none_lost.text, none_lost.confidence > 0.5) == ("", True)
    assert (one_lost.text, one_lost.confidence) == ("否", 0.5)


def test_yes_or_no() -> None:
    assert values([["是否上市公司", "□是\n□否"]], {"是": False, "否": True})["listed"] == "否"
    assert values([["是否上市公司", "是"]])["listed"] == "是"


def test_ticks_in_brackets() -> None:
    untouched = {"国有企业": False, "民营企业": False, "外资企业": False}
    for text in ("国有企业（ ） 民营企业（√） 外资企业（ ）", "[ ]国有企业 [√]民营企业 [ ]外资企业"):
        assert values([["单位性质", text]], untouched)["ownership"] == "民营企业"
    assert values([["单位性质", "国有企业（ ） 民营企业（ ） 外资企业（ ）"]], untouched)["ownership"] == ""


def test_a_kind_written_without_boxes() -> None:
    assert values([["单位性质", "民营企业"]])["ownership"] == "民营企业"


def test_directions_by_ticks_and_by_words() -> None:
    text = "□方向1：高性能云端人工智能芯片\n□方向10：智能机器人"
    ticks = {"方向1": False, "方向10": True}
    assert values([["重点产品方向", text]], ticks)["directions"] == "10"
    reading = read(*form_tables([["重点产品方向", "方向10：智能机器人"]]))["directions"]
    assert reading.value == (10,)


def test_labels_whose_end_was_lost_or_stands_on_the_next_page() -> None:
    rows: list[list[CellText]] = [
        [("揭榜负责人", 2, 1), "姓名", "王小明", "职务职称", "总经理"],
        [None, "电子\n邮：", "wang@example.org", "手机", "13800000001"],
        [("整体业务收入（万元）", 1, 2), None, "89951", "共中与人工智\n能业相", "35007.6"],
    ]
    found = values(rows)
    assert found["leader_email"] == "wang@example.org"
    assert (found["revenue"], found["ai_revenue"]) == ("89951", "35007.6")


def test_a_title_that_reads_like_a_groups_label_is_an_answer() -> None:
    rows: list[list[CellText]] = [
        [("揭榜负责人", 2, 1), "姓名", "王小明", "职务职称", "项目负责人"],
        [None, "邮箱", "wang@example.org", "手机", "13800000001"],
    ]
    assert values(rows)["leader_title"] == "项目负责人"


def test_a_line_to_write_on_read_as_a_stroke_is_no_note() -> None:
    ticks = {option: option == "民营企业" for option in ("国有企业", "民营企业", "外资企业", "事业单位", "其他")}
    assert values([["单位性质", KINDS + "一"]], ticks)["ownership"] == "民营企业"


def test_a_tick_stands_on_its_own_page_where_a_pages_end_parts_its_box() -> None:
    first = page((), table([["重点产品方向", "□方向1：芯片\n□方向2：传感器"]]), number=1)
    ticks = {"方向3": False, "方向5": True}
    second = page((), table([["", "□方向3：传感器\n☑方向5：平台"]]), number=2, ticks=ticks)
    reading = read(*page_tables(first), *page_tables(second))["directions"]
    mark = second.reading.boxes[1]
    assert reading.value == (5,)
    assert [(place.page, place.bbox.contains(*mark.label.center)) for place in reading.places] == [(2, True)]


def test_a_value_beneath_its_label_in_one_cell() -> None:
    rows: list[list[CellText]] = [
        [("单位名称\n成都某某科技有限公司", 1, 3), None, None],
        [("揭榜负责人", 1, 3), None, None],
        ["姓名\n李一", "职务职称\n高工", "手机\n13800000001"],
        [("申报联系人", 1, 3), None, None],
        ["姓名\n赵二", "手机\n13800000002", "传真"],
        ["参与单位\n无", "注册资本\n（万元）\n5000", "其中与人工智能业相关\n的业务收入（万元）\n1200"],
        [("单位地址\n成都市高新区天府大道1号\n2号楼", 1, 3), None, None],
    ]
    assert values(rows) == {
        "applicant": "成都某某科技有限公司",
        "leader_name": "李一",
        "leader_title": "高工",
        "leader_mobile": "13800000001",
        "contact_name": "赵二",
        "contact_mobile": "13800000002",
        "contact_fax": "",
        "partners": "无",
        "registered_capital": "5000",
        "ai_revenue": "1200",
        "address": "成都市高新区天府大道1号2号楼",
    }


def test_a_label_that_goes_on_in_the_next_line_has_its_value_beside_it() -> None:
    rows: list[list[CellText]] = [
        ["参与单位\n名", "某某大学"],
        ["揭榜单位简介\n（500字以内）", "公司成立于2010年。"],
        ["单位名称\n（全称）", ""],
        ["法定代表人", "王小明"],
    ]
    found = values(rows)
    assert found["partners"] == "某某大学"
    assert found["unit_profile"] == "公司成立于2010年。"
    assert found["applicant"] == ""
