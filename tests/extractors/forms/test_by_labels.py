from __future__ import annotations

from collections.abc import Sequence

from extractors.forms.by_labels import tables_by_labels
from extractors.forms.fields import form_fields
from pipeline.model.text import Line
from pipeline.notices.profile import load_profile
from tests.extractors.records import line, page, table

PROFILE = load_profile()
LEFT, VALUE, SECOND, OTHER = 0.1, 0.3, 0.55, 0.75


def values(*lines: Line, levels: Sequence[float] = ()) -> dict[str, str]:
    found = form_fields(tables_by_labels(page(lines, levels=tuple(levels)), PROFILE), PROFILE)
    return {key: reading.text for key, reading in found.items()}


def test_values_stand_beside_their_labels_without_any_ruling() -> None:
    found = values(
        line("揭榜单位申报表", 0.4, 0.05),
        line("单位名称", LEFT, 0.1), line("成都某某科技有限公司", VALUE, 0.1),
        line("揭榜负责人 姓名", LEFT, 0.14), line("李一", VALUE + 0.1, 0.14), line("手机", SECOND, 0.14),
        line("13800000001", OTHER, 0.14),
        line("申报联系人", LEFT, 0.18),
        line("姓名", LEFT, 0.22), line("赵二", VALUE, 0.22), line("传真", SECOND, 0.22), line("无", OTHER, 0.22),
        line("法定代表人", LEFT, 0.27), line("王小明", VALUE, 0.27), line("5000", OTHER, 0.27),
        line("注册资本", SECOND, 0.262), line("（万元）", SECOND, 0.28),
        line("- 2 -", 0.48, 0.95),
    )  # fmt: skip
    assert found == {
        "applicant": "成都某某科技有限公司",
        "leader_name": "李一",
        "leader_mobile": "13800000001",
        "contact_name": "赵二",
        "contact_fax": "无",
        "legal_representative": "王小明",
        "registered_capital": "5000",
    }


def test_a_label_stands_in_the_middle_of_its_text_or_at_its_top() -> None:
    found = values(
        line("公司成立于2010年，", VALUE, 0.1), line("揭榜单位简介", LEFT, 0.12), line("主营人工智能，", VALUE, 0.12),
        line("有员工20人。", VALUE, 0.14),
        line("揭榜产品概述", LEFT, 0.16), line("产品用于检测，", VALUE, 0.16), line("精度高，", VALUE, 0.18),
        line("已装10套。", VALUE, 0.2),
        line("参与单位", LEFT, 0.22), line("无", VALUE, 0.22),
    )  # fmt: skip
    assert found["unit_profile"] == "公司成立于2010年，主营人工智能，有员工20人。"
    assert found["product_summary"] == "产品用于检测，精度高，已装10套。"
    assert found["partners"] == "无"


def test_a_blank_is_told_only_where_all_else_fits() -> None:
    rows = (
        line("法定代表人", LEFT, 0.1), line("王小明", VALUE, 0.1),
        line("单位人数", LEFT, 0.14), line("120", VALUE, 0.14),
        line("单位地址", LEFT, 0.18), line("参与单位", LEFT, 0.22), line("无", VALUE, 0.22),
    )  # fmt: skip
    assert values(*rows)["address"] == ""
    assert "address" not in values(*rows, line("成都市高新区", 0.01, 0.14))


def test_a_page_with_a_ruled_table_is_left_to_it() -> None:
    ruled = page((line("单位名称", LEFT, 0.1), line("法定代表人", LEFT, 0.14)), table([["单位名称", "某公司"]]))
    assert tables_by_labels(ruled, PROFILE) == ()


def test_labels_of_tight_rows_are_not_joined() -> None:
    found = values(
        line("单位地址", LEFT, 0.1), line("成都市高新区", VALUE, 0.1),
        line("组织机构代码/三证合", LEFT, 0.118), line("一码", LEFT, 0.134), line("91510100pdy00001x3", VALUE, 0.126),
        line("单位性质", LEFT, 0.152), line("国有企业（√）民营企业（ ）外资企业（ ）", VALUE, 0.152),
        line("揭榜", LEFT, 0.18), line("负责人", LEFT, 0.196),
        line("姓名", LEFT + 0.1, 0.188), line("李一", VALUE, 0.188),
    )  # fmt: skip
    assert found == {
        "address": "成都市高新区",
        "uscc": "91510100PDY00001X3",
        "ownership": "国有企业",
        "leader_name": "李一",
    }


def test_text_goes_on_over_a_pages_end_without_the_next_pages_head() -> None:
    first = (
        line("单位名称", LEFT, 0.1), line("成都某某公司", VALUE, 0.1),
        line("揭榜产品概述", LEFT, 0.9), line("产品用于检测，", VALUE, 0.9), line("精度高，", VALUE, 0.92),
    )  # fmt: skip
    second = (
        line("重点任务揭榜单位申报表", 0.3, 0.03), line("已装十套，", VALUE, 0.1), line("用于工厂。", VALUE, 0.12),
        line("单位地址", LEFT, 0.2), line("成都市高新区", VALUE, 0.2),
        line("法定代表人", LEFT, 0.3), line("王小明", VALUE, 0.3),
    )  # fmt: skip
    tables = [table for lines in (first, second) for table in tables_by_labels(page(lines), PROFILE)]
    assert form_fields(tables, PROFILE)["product_summary"].text == "产品用于检测，精度高，已装十套，用于工厂。"


def test_the_last_value_is_not_torn_where_something_stands_below_it() -> None:
    text = tuple(line(f"第{number}行文字，", VALUE, 0.2 + 0.02 * number) for number in range(6))
    found = values(
        line("单位名称", LEFT, 0.1), line("成都某某公司", VALUE, 0.1),
        line("揭榜产品概述", LEFT, 0.2), *text, line("- 2 -", 0.48, 0.95),
    )  # fmt: skip
    assert found["product_summary"] == "".join(each.text for each in text)


def two_texts(second: float, levels: Sequence[float] = ()) -> dict[str, str]:
    """The values of two running texts, each at its label's top, the second one that far down, and of a name."""
    return values(
        line("揭榜单位简介", LEFT, 0.1), line("公司成立于2010年，", VALUE, 0.1), line("主营人工智能，", VALUE, 0.12),
        line("有员工20人。", VALUE, 0.14),
        line("揭榜产品概述", LEFT, second), line("产品用于检测，", VALUE, second),
        line("已装10套。", VALUE, second + 0.02),
        line("参与单位", LEFT, 0.26), line("无", VALUE, 0.26),
        levels=levels,
    )  # fmt: skip


def test_of_two_texts_that_may_be_parted_otherwise_neither_is_read() -> None:
    found = two_texts(0.16)
    assert not {"unit_profile", "product_summary"} & set(found) and found["partners"] == "无"


def test_a_ruling_between_two_texts_parts_them() -> None:
    found = two_texts(0.16, levels=(line("", 0.1, 0.16).row.y0,))
    assert found["unit_profile"] == "公司成立于2010年，主营人工智能，有员工20人。"
    assert found["product_summary"] == "产品用于检测，已装10套。"


def test_white_between_two_texts_parts_them() -> None:
    found = two_texts(0.18)
    assert found["unit_profile"] == "公司成立于2010年，主营人工智能，有员工20人。"
    assert found["product_summary"] == "产品用于检测，已装10套。"
