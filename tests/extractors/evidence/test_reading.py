"""Documents in the words of real ones, none of them those of the samples."""

from __future__ import annotations

import pytest

from tests.extractors.evidence.sheets import UNIT, one, read, sheet


def test_an_audit_report_with_cover_opinion_and_statements() -> None:
    cover = sheet(UNIT, "审计报告", "中汇川审[2021]第0456号", "四川某某会计师事务所有限责任公司")
    opinion = sheet(
        "审 计 报 告", "中汇川审[2021]第0456号", f"{UNIT}全体股东：", "一、审计意见",
        f"我们审计了{UNIT}（以下简称甲乙公司）财务报表，包括2020年12月31日的资产负债表，",
        "2020年度的利润表、现金流量表、股东权益变动表以及相关财务报表附注。", "二、形成审计意见的基础",
        number=2,
    )  # fmt: skip
    balance = sheet("资 产 负 债 表", "2020年12月31日", f"编制单位：{UNIT}|单位：人民币元", number=3,
                    rows=[["资产", "期末余额", "年初余额"], ["货币资金", "1,234,567.89", "234,567.00"]])  # fmt: skip
    income = sheet(
        "利 润 表", "2020年度", f"编制单位：{UNIT}|单位：人民币元", number=4,
        rows=[["项目", "附注", "本期金额", "上期金额"], ["一、营业收入", "五、22", "234,567,800.00", "180,000,000.00"],
              ["减：营业成本", "五、22", "130,000,000.00", "99,000,000.00"],
              ["研发费用", "五、25", "45,600,000.50", "30,000,000.00"]],
    )  # fmt: skip
    notes = sheet("财务报表附注", "2020年度", "一、公司基本情况", f"{UNIT}成立于2015年。", number=5)
    more = sheet("五、合并财务报表项目注释", "人员人工|12,000,000.00", "直接投入|9,000,000.00", number=6)
    item = one(cover, opinion, balance, income, notes, more)
    assert (item.item, item.kind, item.pages) == (1, "审计报告", (1, 2, 3, 4, 5, 6))
    assert (item.owner, item.year, item.number) == (UNIT, 2020, "中汇川审[2021]第0456号")
    assert dict(item.amounts) == {"revenue": "23456.78", "rd_spend": "4560.00005"}
    assert item.reading("revenue").places[0].page == 4  # type: ignore[union-attr]


def test_a_statement_without_rulings_last_year_first() -> None:
    page = sheet(
        "损益表", f"单位名称：{UNIT}|2020年12月|金额单位：千元", "项    目|行次|上年数|本年数",
        "一、主营业务收入|1|98,000|123,456", "减：主营业务成本|2|50,000|60,000", "五、净利润|18|(1,200)|2,345",
    )  # fmt: skip
    item = one(page)
    assert (item.kind, item.owner, item.year) == ("利润表", UNIT, 2020)
    assert dict(item.amounts) == {"revenue": "12345.6"}


def test_revenue_and_that_of_the_main_business_are_kept_apart() -> None:
    page = sheet(
        "利润表", f"编制单位:{UNIT}", "会计期间：2020年1月至2020年12月|单位：元",
        rows=[["项目", "本年累计金额", "上年同期累计金额"], ["营业收入", "50,000,000.00", "1.00"],
              ["其中：主营业务收入", "48,000,000.00", "1.00"], ["营业外收入", "7,000.00", "1.00"]],
    )  # fmt: skip
    assert dict(one(page).amounts) == {"revenue": "5000", "x_main_revenue": "4800"}


def test_without_a_unit_no_amount_is_given() -> None:
    page = sheet("利润表", f"编制单位：{UNIT}|2020年度", rows=[["项目", "本期金额"], ["营业收入", "50,000,000.00"]])
    assert one(page).amounts == ()


def test_two_columns_without_a_head_that_tells_them_apart() -> None:
    page = sheet("利润表", "2020年度|单位：元", rows=[["项目", "甲", "乙"], ["营业收入", "50,000.00", "60,000.00"]])
    assert one(page).amounts == ()


def test_the_year_of_a_column_is_the_documents_own() -> None:
    page = sheet("利润表", f"编制单位：{UNIT}|2020年度|单位：万元",
                 rows=[["项目", "2021年度", "2020年度"], ["营业收入", "700.00", "600.00"]])  # fmt: skip
    assert dict(one(page).amounts) == {"revenue": "600"}


def test_a_loss_and_stops_read_for_commas() -> None:
    page = sheet("利润表", f"编制单位：{UNIT}|2020年度|单位：元",
                 rows=[["项目", "本年金额"], ["营业收入", "12.345.600.00"], ["人工智能业务收入", "(1，000，000.00)"]],
                 )  # fmt: skip
    assert dict(one(page).amounts) == {"revenue": "1234.56", "ai_revenue": "-100"}


def test_a_tax_certificate_with_its_sum_in_words() -> None:
    page = sheet(
        "中华人民共和国", "税收完税证明", "No.351016210100012345|填发日期：2021年3月8日",
        "税务机关：国家税务总局成都高新区税务局",
        f"纳税人识别号|91510100MA62N0000X|纳税人名称|{UNIT}",
        "金额合计|（大写）人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分",
        rows=[["原凭证号", "税种", "品目名称", "税款所属时期", "入（退）库日期", "实缴（退）金额"],
              ["351016", "增值税", "软件", "2020-01-01至2020-12-31", "2021-01-18", "1,234,567.89"]],
    )  # fmt: skip
    item = one(page)
    assert (item.item, item.kind, item.owner, item.year) == (1, "纳税证明", UNIT, 2020)
    assert dict(item.amounts) == {"other": "123.456789"}


def test_a_special_audit_of_the_rd_expense() -> None:
    text = sheet(
        "关于成都甲乙智能科技有限公司2020年度", "研究开发费用的专项审计报告", "川智税专审字（2021）第0088号",
        f"{UNIT}：",
        "我们接受委托，对贵公司2020年度研究开发费用结构明细表进行了专项审计。",
        "贵公司2020年度研究开发费用总额为人民币4,560.25万元。",
    )  # fmt: skip
    detail = sheet("企业年度研究开发费用结构明细表", f"单位名称：{UNIT}|2020年度|单位：万元", number=2,
                   rows=[["科目", "RD01", "合计"], ["人员人工费用", "3,000.00", "3,000.00"],
                         ["合计", "4,560.25", "4,560.25"]])  # fmt: skip
    item = one(text, detail)
    assert (item.item, item.kind, item.pages, item.owner, item.year) == (2, "研发费用", (1, 2), UNIT, 2020)
    assert item.number == "川智税专审字(2021)第0088号"
    assert dict(item.amounts) == {"rd_spend": "4560.25"}


@pytest.mark.parametrize(
    ("title", "number", "value", "sure"),
    [
        ("发明专利证书", "专利号：ZL 2019 1 1044411.X", "ZL201911044411.X", True),
        ("实用新型专利证书", "专 利 号：ZL201910460277.5", "ZL201910460277.5", True),
        ("外观设计专利证书", "专利号：ZL201910460277.6", "ZL201910460277.6", False),
    ],
)
def test_patents(title: str, number: str, value: str, sure: bool) -> None:
    first = sheet("证书号第4321567号", title, "发明名称：一种识别方法", "发明人：张三;李四", number,
                  "专利申请日：2019年10月30日", f"专 利 权 人：{UNIT}；四川某某大学", "授权公告日：2020年11月3日",
                  "专利权期限为二十年，自申请日起算。", "第 1 页（共 2 页）")  # fmt: skip
    second = sheet("证书号第4321567号", "申请日时申请人：", "发明人：", "第 2 页（共 2 页）", number=2)
    item = one(first, second)
    assert (item.item, item.kind, item.title, item.pages) == (3, "专利证书", title, (1, 2))
    assert (item.owner, item.number, item.valid_until, item.year) == (f"{UNIT}；四川某某大学", value, "", None)
    reading = item.reading("number")
    assert reading is not None and (reading.confidence > 0.9) is sure


def test_a_software_copyright() -> None:
    item = one(sheet("中华人民共和国国家版权局", "计算机软件著作权登记证书", "证书号： 软著登字第6789012号",
                     "软件名称：甲乙视觉识别平台", "[简称：视觉平台]", "V2.0", f"著 作 权 人：{UNIT}",
                     "开发完成日期：2020年08月10日", "登 记 号：2020SR1234567"))  # fmt: skip
    assert (item.item, item.kind, item.owner, item.number) == (3, "软件著作权", UNIT, "2020SR1234567")
    assert item.valid_until == ""


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (("ICS 35.020", "L 70", "中华人民共和国国家标准", "GB/T 38665—2020"), "GB/T38665-2020"),
        (("团 体 标 准", "T/CESA 1036-2019", "信息技术 人工智能"), "T/CESA1036-2019"),
        (("Q/JY", "成都甲乙智能科技有限公司企业标准", "Q/JY 001-2020"), "Q/JY001-2020"),
    ],
)
def test_standards(lines: tuple[str, ...], number: str) -> None:
    item = one(sheet(*lines, "2020-09-10 发布|2020-12-01 实施", f"主要起草单位：某某研究院、{UNIT}"))
    assert (item.item, item.kind, item.number) == (3, "标准", number)
    assert UNIT in item.owner


@pytest.mark.parametrize(
    ("lines", "until"),
    [
        (("发证时间：2020年9月11日", "有效期：三年"), "2023-09-11"),
        (("发证日期：二〇二〇年十二月三日|有效期:3年",), "2023-12-03"),
        (("有效期至：2022年11月30日",), "2022-11-30"),
        (("有效期限：2019-11-28至2022-11-27",), "2022-11-27"),
        (("有效期：三年",), ""),
    ],
)
def test_until_when_a_certificate_is_good(lines: tuple[str, ...], until: str) -> None:
    item = one(sheet("高新技术企业", "证书", f"企业名称：{UNIT}", "证书编号：GR202051001234", *lines))
    assert (item.item, item.kind, item.owner, item.number) == (4, "高新技术企业", UNIT, "GR202051001234")
    assert item.valid_until == until


@pytest.mark.parametrize(
    "lines",
    [
        ("荣 誉 证 书", f"{UNIT}：", "在第五届创新大赛中荣获一等奖。", "特发此证，以资鼓励。"),
        ("获奖证书", f"授予{UNIT}2020年度四川省科学技术进步奖二等奖", "特颁此证。"),
        ("四川省企业技术中心", f"经审核认定{UNIT}为四川省企业技术中心。", "四川省经济和信息化厅"),
        ("专精特新“小巨人”企业", f"企业名称：{UNIT}", "工业和信息化部"),
        ("证 书", f"兹认定{UNIT}为成都市人工智能重点实验室依托单位。"),
    ],
)
def test_honours(lines: tuple[str, ...]) -> None:
    item = one(sheet(*lines))
    assert (item.item, item.kind, item.owner) == (4, "荣誉", UNIT)


def test_a_test_report_over_three_pages() -> None:
    cover = sheet("报告编号：SCTC-2021-00871|共3页 第1页", "检 验 检 测 报 告", "样品名称：视觉识别平台",
                  f"委托单位：{UNIT}", "检测类别：委托检测", "四川某某检测技术有限公司")  # fmt: skip
    inner = sheet("检验检测报告", "报告编号：SCTC-2021-00871|共3页 第2页", "样品名称|视觉识别平台",
                  "检测依据|GB/T 25000.51-2016",
                  "签发日期|2021年08月16日", number=2)  # fmt: skip
    last = sheet(
        "报告编号：SCTC-2021-00871|共3页 第3页",
        number=3,
        rows=[["序号", "检测项目", "检测结果"], ["1", "准确率", "99.2%"]],
    )
    item = one(cover, inner, last)
    assert (item.item, item.kind, item.pages, item.owner) == (5, "测试报告", (1, 2, 3), UNIT)
    assert (item.number, item.year, item.amounts) == ("SCTC-2021-00871", 2021, ())


def test_a_users_word() -> None:
    item = one(sheet("用户使用报告", f"由{UNIT}研发的视觉识别平台自2020年起在我司运行，", "使用效果良好，运行稳定。",
                     "使用单位：某某电网有限公司（盖章）", "2021年9月20日"))  # fmt: skip
    assert (item.item, item.kind, item.owner) == (5, "应用证明", UNIT)


def test_a_licence_bears_out_no_item() -> None:
    item = one(sheet("营 业 执 照", "统一社会信用代码|91510100MA62N0000X", f"名称|{UNIT}", "注册资本|伍仟万元整"))
    assert (item.item, item.kind, item.owner) == (None, "营业执照", UNIT)


def test_what_can_not_be_told_is_another_document() -> None:
    (item,) = read(sheet("某某情况说明", "以下为有关情况。"))
    assert (item.item, item.kind, item.owner, item.year, item.number) == (None, "其他", "", None, "")
