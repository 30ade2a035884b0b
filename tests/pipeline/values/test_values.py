from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.notices.profile import load_profile
from pipeline.values import (
    amount,
    fold,
    is_blank_word,
    normalise,
    normalise_directions,
    parse_date,
    parse_moment,
    phone_digits,
    spelled_amount,
    valid_code,
    valid_email,
    valid_fax,
    valid_mobile,
    word_count,
)

VALID_CODES = (
    "91350100M000100Y43", "91440300708461136T", "9144030071526726XG", "91341000MA2N0ABGXX", "91110108735106340Y",
    "112302070019030687", "11610923MB2900168E", "51610700305332460K", "1134082855783407XL", "91510100PDY0002040",
    "771583283", "80210043-3", "740084270", "71526726X", "MA2N0ABGX", "M000100Y4", "PDY00001X", "PDY000060",
)  # fmt: skip
"""Vectors of GB 32100-2015, GB 11714-1997 and public test files; PDY is the range never assigned."""
OWNERSHIP = ("国有企业", "民营企业", "外资企业", "事业单位", "其他")


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("amount", "5,000.00万元", "5000"),
        ("amount", " 23456.780 ", "23456.78"),
        ("amount", "１２，３４５．６", "12345.6"),
        ("amount", "7,196,99", "7196.99"),
        ("amount", "1,234,567,8万元", "1,234,567,8万元"),
        ("amount", "7196,99", "7196,99"),
        ("amount", "人民币5000万元", "5000"),
        ("amount", "1.2亿元", "12000"),
        ("amount", "50000000元", "5000"),
        ("amount", "1000", "1000"),
        ("amount", "0.00", "0"),
        ("amount", "见附件", "见附件"),
        ("amount", "伍仟万元", "伍仟万元"),
        ("amount", "5000万美元", "5000万美元"),
        ("amount", "1,23", "1,23"),
        ("count", "120 人", "120"),
        ("count", "1,200名", "1200"),
        ("code", "91510100pdy00001x3", "91510100PDY00001X3"),
        ("code", "9151 0100 PDY0 0001 X3", "91510100PDY00001X3"),
        ("code", "PDY00001－X", "PDY00001X"),
        ("mobile", "+86 138-0000-0000", "13800000000"),
        ("mobile", "８６１３８００００００００", "13800000000"),
        ("mobile", "1380000000", "1380000000"),
        ("fax", "028 - 8555 1234", "028-85551234"),
        ("email", "zhang.san＠example.cn ", "zhang.san@example.cn"),
        ("date", "2021年 11 月12日", "2021-11-12"),
        ("date", "二〇二一年十一月十二日", "2021-11-12"),
        ("date", "二○二一年十一月三十日", "2021-11-30"),
        ("date", "2021.1.2", "2021-01-02"),
        ("date", "  年  月  日", ""),
        ("date", "2021年11月", "2021年11月"),
        ("person", "张　三", "张三"),
        ("person", "John  Smith", "John Smith"),
        ("name", "成都某某科技（集团）有限公司", "成都某某科技(集团)有限公司"),
        ("name", " 成都某某\n科技有限公司 ", "成都某某科技有限公司"),
        ("product", "ＡＢＣ－１ 芯片", "ABC－1芯片"),
        ("text", "deep\nlearning 技术\n领先", "deep learning技术领先"),
        ("text", "____", ""),
        ("yesno", "☑是 □否", "是"),
        ("yesno", "□是 □否", ""),
        ("yesno", "是", "是"),
        ("yesno", "是□ 否☑", "否"),
        ("yesno", "[√]是 [ ]否", "是"),
        ("yesno", "是（ ） 否（√）", "否"),
        ("text", "算力32 TFLOP\nS@FP32", "算力32 TFLOPS@FP32"),
        ("text", "Deep\nLearning", "Deep Learning"),
        ("text", "功率5 kW\nh", "功率5 kW h"),
    ],
)
def test_normalise(kind: str, raw: str, value: str) -> None:
    assert normalise(kind, raw) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("民营企业", "民营企业"),
        ("□国有企业 ☑民营企业 □其他（请注明）", "民营企业"),
        ("民营", "民营企业"),
        ("其他:合伙企业", "其他：合伙企业"),
        ("■其它（请注明）民办非企业", "其他：民办非企业"),
        ("☑国有企业 ☑民营企业", "☑国有企业☑民营企业"),
        ("其他（请注明）", "其他"),
        ("集体", "集体"),
        ("□国有企业 □民营企业 □外资企业 ☑事业单位 其他（请注明）：____", "事业单位"),
        ("□国有企业 □民营企业 □外资企业 ☑事业单位\n其他(请注明)", "事业单位"),
        ("□国有企业 ☑民营企业 □外资企业 □事业单位 其他（请注明）：＿＿＿", "民营企业"),
        ("□国有企业 □民营企业 ☑其他（请注明）：____", "其他"),
        ("单位性质：□国有企业 □民营企业 ☑其他（请注明）：社会团体", "其他：社会团体"),
        ("[  ]国有企业 [√]民营企业 [ ]外资企业 [ ]事业单位 [ ]其他", "民营企业"),
        ("（ ）国有企业 （√）民营企业 （　）外资企业", "民营企业"),
        ("国有企业（ ） 民营企业（√） 外资企业( ) 事业单位( ) 其他（请注明）：____", "民营企业"),
        ("【 】国有企业 【✓】事业单位", "事业单位"),
        ("国有企业□ 民营企业□ 事业单位☑ 其他（请注明）：____", "事业单位"),
        ("[ ]国有企业 [ ]民营企业", ""),
        ("( √ ) 国有企业 ( √ ) 民营企业", "(√)国有企业(√)民营企业"),
        ("☑事业单位 其他（请注明）：社会团体", "事业单位其他(请注明)：社会团体"),
        ("其他（ ）", "其他"),
    ],
)
def test_choice(raw: str, value: str) -> None:
    assert normalise("choice", raw, OWNERSHIP) == value


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        ("方向1: 高性能云端人工智能芯片", (1,)),
        ("方向 10：智能机器人；方向3：智能传感器", (3, 10)),
        ("方向十二", (12,)),
        ("智能机器人", (10,)),
        (
            "□方向 1: 高性能云端人工智能芯片\n☑方向 2: 高性能边缘端/终端计算人工智能芯片\n√方向18: 其他",
            (2, 18),
        ),
        ("终端人工智能推断框架", (4,)),
        ("高性能边缘端/终端计算\n人工智能芯片", (2,)),
        ("1、3", (1, 3)),
        ("人工智能产业发展涉及的其他重要技术、产品、服务和平台等", (18,)),
        ("人工智能\n产业发展\n涉及的其\n他重要技\n术、产", (18,)),  # a page ends there
        ("智能", ()),  # several begin so
        ("大规模预训练模形", (16,)),
        ("", ()),
        ("养猪", ()),
    ],
)
def test_directions(raw: str, numbers: tuple[int, ...]) -> None:
    names = {direction.number: direction.name for direction in load_profile().directions}
    assert normalise_directions(raw, names) == numbers


@pytest.mark.parametrize("code", VALID_CODES)
def test_valid_codes(code: str) -> None:
    assert valid_code(code)


def test_one_wrong_character_fails_the_check() -> None:
    code = "91510100PDY00001X3"
    for place in range(18):
        for char in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            if char != code[place]:
                assert not valid_code(code[:place] + char + code[place + 1 :])


@pytest.mark.parametrize("text", ["", "无", "123", "91510100PDY00001X", "91510100PDY0O001X3", "510100000000000"])
def test_invalid_codes(text: str) -> None:
    assert not valid_code(text)


def test_contacts() -> None:
    assert valid_mobile("138 0000 0000") and not valid_mobile("12800000000") and not valid_mobile("028-85551234")
    for number in ("028-85551234", "(028)85551234", "02885551234", "+86-28-85551234", "028-85551234转801", "85551234"):
        assert valid_fax(number), number
    for number in ("无", "028-855", "12", "abc"):
        assert not valid_fax(number), number
    assert phone_digits("（028）8555 1234") == phone_digits("028-85551234") == "02885551234"
    assert valid_email("a.b@example.com") and valid_email("x_1@qq.com")
    for address in ("a.b", "a@b", "a@@b.cn", "张三@qq.com", "a b@", "a@qq,com"):
        assert not valid_email(address), address


def test_amount_words() -> None:
    assert amount("1.5亿") == Decimal(15000)
    assert spelled_amount("伍仟万元整") == Decimal(5000)
    assert spelled_amount("人民币壹亿元") == Decimal(10000)
    assert spelled_amount("壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分") == Decimal("123.456789")
    assert spelled_amount("伍佰元伍角整") == Decimal("0.05005")
    assert spelled_amount("见附件") is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021/11/18 16:20", datetime(2021, 11, 18, 16, 20)),
        ("2021-11-12 16:20:05", datetime(2021, 11, 12, 16, 20, 5)),
        ("2021-11-12T16:20:05", datetime(2021, 11, 12, 16, 20, 5)),
        ("2021年11月18日下午4时20分", datetime(2021, 11, 18, 16, 20)),
        ("2021年11月18日 17时", datetime(2021, 11, 18, 17, 0)),
        ("2021-11-18 17：00", datetime(2021, 11, 18, 17, 0)),
        ("2021-11-18", datetime(2021, 11, 18)),
        ("2021-11-18 25:00", None),
        ("昨天", None),
    ],
)
def test_moments(text: str, moment: datetime | None) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "二〇二一年10月31日", "二O二一年10月31日", "二Ｏ二一年１０月３１日", "二0二一年十月31日",
        "二○二一年10月三十一日", "二零二一年十月三十一日", "二 O 二 一 年 1 0 月 3 1 日", "2021年十月31日",
        "2021年10月31号",
    ],
)  # fmt: skip
def test_chinese_and_arabic_numerals_mixed(text: str) -> None:
    assert parse_date(text) == date(2021, 10, 31)
    assert normalise("date", text) == "2021-10-31"


def test_a_letter_is_a_digit_only_among_chinese_ones() -> None:
    assert parse_date("2O21年10月31日") is None
    assert parse_date("OOOO年1月1日") is None
    assert parse_date("二〇二一年1O月31日") is None


def test_dates_that_are_none() -> None:
    assert parse_date("二〇二一年13月1日") is None
    assert parse_date("二〇二一年 月 日") is None
    assert parse_date("2021年2月30日") is None
    assert parse_date("2021年十一月") is None
    assert parse_date("二〇二一年一二月〇三日") == date(2021, 12, 3)


def test_fold_keeps_confusables_and_powers_apart() -> None:
    assert fold("（ＡＩ） 芯片，") == fold("(ai)芯片,")
    assert fold("〔2021〕") == fold("【2021】") == fold("[2021]")
    assert fold("10²") != fold("102") and fold("0") != fold("O") and fold("己") != fold("已")
    assert fold("⼈⼯智能") == "人工智能"


def test_blank_words() -> None:
    words = load_profile().blank_words
    assert all(is_blank_word(text, words) for text in ("无", " 无 ", "/", "／", "—", "－", "-"))
    assert not any(is_blank_word(text, words) for text in ("", "无锡某公司", "0"))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("人工智能。", (5, 5)),
        ("AI 芯片，2023年", (6, 10)),
        ("deep learning", (2, 12)),
        ("“揭榜”", (4, 4)),
        ("", (0, 0)),
        (" \n　", (0, 0)),
        ("精度≥99.9%", (4, 8)),
    ],
)
def test_word_count(text: str, counts: tuple[int, int]) -> None:
    assert word_count(text) == counts


KINDS = ("name", "person", "email", "mobile", "fax", "amount", "count", "code", "choice", "yesno", "text", "date")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KINDS), st.text(max_size=40))
def test_normalising_is_total_and_settles(kind: str, raw: str) -> None:
    once = normalise(kind, raw, OWNERSHIP if kind == "choice" else ())
    if kind not in ("amount", "mobile"):
        assert normalise(kind, once, OWNERSHIP if kind == "choice" else ()) == once
    normalise_directions(raw, {1: "智能芯片", 2: "机器人"})
    parse_moment(raw)
    spelled_amount(raw)
