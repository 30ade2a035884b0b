"""How each family words and sets its evidence: the same facts in the words that different offices use."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Wording:
    """One applicant's evidence in words. Heads of statements: item's name, then line number or "", then the years.

    `years` are the columns' heads, the current year's first unless `last_first`.
    """

    prepared_by: str
    unit: str
    years: tuple[str, str]
    line_head: str
    two_years: bool
    last_first: bool
    brackets: bool
    """Whether a loss stands in brackets."""
    income_title: str
    period: str
    revenue: str
    ai_revenue: str
    rd_row: bool
    """Whether the income statement shows the R&D expense in a row of its own."""
    research_title: str
    research_rows: tuple[str, str, str, str]
    tax_title: str
    patentee: str
    certified: str
    holder: str
    number_label: str
    issued: str
    validity: str
    """`years`: three years from the day of issue; `until`: the day itself."""
    report_title: str
    report_number: str
    client: str
    tested_on: str
    sheet: str
    mark: str
    item_names: tuple[str, str, str, str, str]


NOTICE_NAMES = ("上一财年主营业务收入证明材料", "上一财年研发投入证明材料", "研发能力证明材料", "相关荣誉证明材料",
                "当前性能指标及应用推广效果证明材料")  # fmt: skip
SHORT_NAMES = ("主营业务收入证明", "研发投入证明", "专利、标准、知识产权", "荣誉资质", "第三方测试材料")


def wording(family: str, rng: Random) -> Wording:
    """A wording out of the family's own."""
    names = rng.choice((NOTICE_NAMES, SHORT_NAMES))
    return _judging(rng, names) if family == "judging" else _others(rng, names)


def _others(rng: Random, names: tuple[str, str, str, str, str]) -> Wording:
    return Wording(
        prepared_by="编制单位", unit=rng.choice(("单位：{}", "金额单位：{}")),
        years=rng.choice((("本年金额", "上年金额"), ("本期金额", "上期金额"), ("2020年度", "2019年度"))),
        line_head=rng.choice(("行次", "附注", "")), two_years=rng.random() < 0.5, last_first=False,
        brackets=rng.random() < 0.3, income_title=rng.choice(("利润表", "利润及利润分配表")),
        period=rng.choice(("2020年度", "2020年1-12月")),
        revenue=rng.choice(("一、营业收入", "一、主营业务收入")), ai_revenue="其中：人工智能相关业务收入",
        rd_row=rng.random() < 0.4,
        research_title=rng.choice(("2020年度研发投入明细表", "2020年度研发费用明细表")),
        research_rows=("人员人工费用", "直接投入费用", "其他相关费用", "研发投入合计"),
        tax_title=rng.choice(("税收完税证明", "纳税证明")), patentee="专利权人", certified="证书号第{}号",
        holder="企业名称", number_label="证书编号", issued="发证时间", validity="years",
        report_title="测试报告", report_number="报告编号", client="委托单位", tested_on="测试日期",
        sheet=rng.choice(("证明材料{item}：{name}", "附件{item} {name}")), mark="证明材料{item}：{name}",
        item_names=names,
    )  # fmt: skip


def _judging(rng: Random, names: tuple[str, str, str, str, str]) -> Wording:
    return Wording(
        prepared_by=rng.choice(("编制单位", "单位名称", "企业名称")), unit="{}",
        years=rng.choice((("本年累计数", "上年同期数"), ("本年数", "上年数"), ("二〇二〇年度", "二〇一九年度"))),
        line_head=rng.choice(("行次", "注释", "")), two_years=rng.random() < 0.6, last_first=rng.random() < 0.2,
        brackets=rng.random() < 0.5, income_title=rng.choice(("利 润 表", "损益表", "利润表")),
        period=rng.choice(("会计期间：2020年度", "2020年12月")),
        revenue=rng.choice(("一、营业总收入", "营业收入", "主营业务收入")), ai_revenue="其中：人工智能产品及服务收入",
        rd_row=rng.random() < 0.4,
        research_title=rng.choice(("研究开发费用结构明细表", "研发支出辅助账汇总表", "研发费用情况归集表")),
        research_rows=("一、人员人工", "二、直接投入", "三、其他费用", "研发费用总计"),
        tax_title=rng.choice(("中华人民共和国税收完税证明", "纳税情况证明")), patentee="专 利 权 人",
        certified="证书号 第{}号", holder=rng.choice(("企业名称", "单位名称")),
        number_label=rng.choice(("证书编号", "编号")), issued=rng.choice(("发证日期", "颁发日期")),
        validity=rng.choice(("years", "until")), report_title=rng.choice(("检 测 报 告", "检验报告", "软件测试报告")),
        report_number=rng.choice(("报告编号", "报告号", "№")), client=rng.choice(("委托单位", "申请单位", "送检单位")),
        tested_on=rng.choice(("检测日期", "签发日期", "报告日期")),
        sheet=rng.choice(("附件{item}", "附件{item}：{name}", "{item}. {name}")),
        mark=rng.choice(("附件{item}：{name}", "附件{item}")), item_names=names,
    )  # fmt: skip
