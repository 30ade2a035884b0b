from __future__ import annotations

from tests.benchmarks.errors import Errors, count_errors, misread


def test_order_and_cuts_cost_nothing() -> None:
    printed = ("项目名称 智能巡检系统", "负责人 李明", "研发投入 1200 万元")
    read = ("研发投入", "1200万元", "负责人李明项目名称", "智能巡检系统")
    assert count_errors(printed, read) == Errors(25, 0, 0)


def test_a_wrong_character_is_one_error() -> None:
    printed = ("四川朗图微电子有限责任公司", "申报日期2021年11月12日")
    read = ("申报日期2021年11月12日", "四川郎图微电子有限责任公司")
    assert count_errors(printed, read).wrong == 1
    assert misread(printed, read) == (("四川朗图微电子有限责任公司", "四川郎图微电子有限责任公司"),)


def test_what_was_not_read_is_wrong_and_what_was_not_printed_is_extra() -> None:
    counted = count_errors(("揭榜单位意见", "联系人"), ("揭榜单位意见", "合同专用章"))
    assert counted == Errors(9, 3, 5)


def test_pieces_unlike_each_other_are_not_matched() -> None:
    assert count_errors(("技术路线与实施方案",), ("年度财务审计报告",)) == Errors(9, 9, 8)


def test_blanks_and_punctuation_do_not_count() -> None:
    assert count_errors(("（一）项目 概述：",), ("(一)项目概述",)).wrong == 0
