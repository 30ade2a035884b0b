"""Documents that real files hold besides the plain ones: tax returns, supplementary accounts, plaques, contracts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.evidence.grids import figure
from tests.extractors.evidence.sheets import UNIT, one, read, sheet


def test_a_yearly_tax_return() -> None:
    page = sheet(
        "A100000", "中华人民共和国企业所得税年度纳税申报表（A类）", "税款所属期间：2020年01月01日至2020年12月31日",
        "纳税人识别号（统一社会信用代码）：91510100MA62N0000X", f"纳税人名称：{UNIT}|金额单位：人民币元（列至角分）",
        rows=[["行次", "类别", "项目", "金额"], ["1", "利润总额计算", "一、营业收入(填写A101010)", "234,567,800.00"],
              ["2", "", "减：营业成本(填写A102010)", "130,000,000.00"], ["7", "", "研发费用", "45,600,000.00"]],
    )  # fmt: skip
    item = one(page)
    assert (item.item, item.kind, item.owner, item.year) == (1, "纳税证明", UNIT, 2020)
    assert dict(item.amounts) == {"revenue": "23456.78", "rd_spend": "4560"}


def test_a_special_audit_of_income_is_no_rd_audit() -> None:
    page = sheet("高新技术产品（服务）收入专项审计报告", f"{UNIT}：",
                 "我们审计了贵公司2020年度高新技术产品（服务）收入明细表。",
                 "2020年度销售收入总额为人民币123,456,700.00元，")  # fmt: skip
    item = one(page)
    assert (item.item, item.kind, item.owner, item.year) == (1, "审计报告", UNIT, 2020)
    assert dict(item.amounts) == {"revenue": "12345.67"}


def test_the_unit_in_a_columns_head_and_years_in_chinese() -> None:
    page = sheet("合并利润表", f"编制单位：{UNIT}", rows=[
        ["项目", "二〇二〇年度（万元）", "二〇一九年度（万元）"], ["一、营业总收入", "23,456.78", "20,000.00"],
        ["其中：人工智能产品收入", "12,000.00", "9,000.00"]])  # fmt: skip
    item = one(page)
    assert item.year == 2020
    assert dict(item.amounts) == {"revenue": "23456.78", "ai_revenue": "12000"}


def test_monthly_and_cumulative_columns() -> None:
    page = sheet("损益表", f"单位名称：{UNIT}|2020年12月|单位：元",
                 rows=[["项目", "行次", "本月数", "本年累计数"],
                       ["一、主营业务收入", "1", "1,000,000.00", "9,000,000.00"]])  # fmt: skip
    assert dict(one(page).amounts) == {"revenue": "900"}


def test_a_yearly_balance_names_its_day() -> None:
    page = sheet("资产负债表", f"编制单位：{UNIT}|2020年12月31日|单位：元",
                 rows=[["资产", "期末余额", "年初余额"], ["资产总计", "9,000,000.00", "1.00"]])  # fmt: skip
    item = one(page)
    assert (item.item, item.kind, item.year, item.amounts) == (1, "资产负债表", 2020, ())


def test_supplementary_accounts_of_rd() -> None:
    page = sheet("研发支出辅助账汇总表", f"纳税人名称：{UNIT}|属期：2020年度|金额单位：元",
                 rows=[["项目编号", "项目名称", "允许加计扣除金额合计"], ["RD01", "视觉平台", "30,000,000.00"],
                       ["合计", "", "45,600,000.00"]])  # fmt: skip
    item = one(page)
    assert (item.item, item.kind, item.owner, item.year) == (2, "研发费用", UNIT, 2020)
    assert dict(item.amounts) == {"rd_spend": "4560"}


@pytest.mark.parametrize("plaque", ["四川省企业技术中心", "成都市新经济示范企业", "省级重点实验室", "专精特新中小企业"])
def test_a_plaque_with_few_words(plaque: str) -> None:
    item = one(sheet(plaque, "（2020年-2023年）", "四川省经济和信息化厅", "二〇二〇年十二月"))
    assert (item.item, item.kind, item.title) == (4, "荣誉", plaque)


def test_a_contract_bears_out_use() -> None:
    first = sheet(
        "技术服务合同", "合同编号：JY-2021-018", "甲方：某某电网有限公司", f"乙方：{UNIT}", "合同金额：￥1,200,000.00元"
    )
    second = sheet("第三条 付款方式", "合同签订后支付30%。", number=2)
    item = one(first, second)
    assert (item.item, item.kind, item.owner, item.pages) == (5, "应用证明", UNIT, (1, 2))
    assert (item.number, item.amounts) == ("JY-2021-018", ())


def test_a_name_over_two_lines() -> None:
    page = sheet(
        "发明专利证书",
        "专利号：ZL201911044411.X",
        "专利权人：四川甲乙人工智能与大数据应用科",
        "技股份有限公司",
        "地址：四川省成都市",
    )
    assert one(page).owner == "四川甲乙人工智能与大数据应用科技股份有限公司"


def test_a_certificate_in_a_table() -> None:
    page = sheet("高新技术企业证书", rows=[["企业名称", UNIT], ["证书编号", "GR202051001234"],
                 ["发证时间", "2020年9月11日"], ["有效期", "三年"]])  # fmt: skip
    item = one(page)
    assert (item.owner, item.number, item.valid_until) == (UNIT, "GR202051001234", "2023-09-11")


def test_the_whole_copys_page_numbers_join_nothing() -> None:
    pages = [
        sheet("荣誉证书", f"授予{UNIT}一等奖", "特发此证", f"第{number}页 共20页", number=number) for number in (8, 9)
    ]
    assert [item.pages for item in read(*pages)] == [(8,), (9,)]


def test_names_in_other_words_are_not_amounts() -> None:
    page = sheet("利润表", f"编制单位：{UNIT}|2020年度|单位：元", rows=[
        ["项目", "本期金额"], ["加：营业外收入", "70,000.00"], ["其他业务收入", "80,000.00"], ["利息收入", "90,000.00"],
        ["研发费用加计扣除", "60,000.00"]])  # fmt: skip
    assert one(page).amounts == ()


@pytest.mark.parametrize(
    ("read", "number"),
    [("7,196,99", "7196.99"), ("(1,234,567,80)", "-1234567.80"), ("1.234.567.80", "1234567.80"), ("12,34,567", None)],
)
def test_a_decimal_point_read_as_a_comma(read: str, number: str | None) -> None:
    assert figure(read) == (None if number is None else Decimal(number))
