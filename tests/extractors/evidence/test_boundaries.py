"""Where documents begin and end, and which item they are of."""

from __future__ import annotations

import pytest

from extractors.evidence import read_declared
from extractors.evidence.separators import find_mark
from pipeline.model.document import Page, Section
from pipeline.notices.profile import load_profile
from tests.extractors.evidence.sheets import FILE, UNIT, read, sheet

WORDS = load_profile().evidence_words


def patent(number: int, digits: str = "201911044411.X", file: str = FILE, **more: object) -> Page:
    return sheet("发明专利证书", f"专利号：ZL{digits}", f"专利权人：{UNIT}", number=number, file=file, **more)  # type: ignore[arg-type]


def award(number: int, file: str = FILE) -> Page:
    return sheet("荣誉证书", f"授予{UNIT}一等奖", "特发此证", number=number, file=file)


def told(*pages: Page) -> list[tuple[int | None, str, tuple[int, ...]]]:
    return [(item.item, item.kind, item.pages) for item in read(*pages)]


def test_each_certificate_is_a_document() -> None:
    assert told(patent(1), patent(2, "201910460277.5"), award(3), award(4)) == [
        (3, "专利证书", (1,)), (3, "专利证书", (2,)), (4, "荣誉", (3,)), (4, "荣誉", (4,))]  # fmt: skip


@pytest.mark.parametrize("title", ["高新技木企业证书", "高新技企业证书"])
def test_a_certificate_whose_title_was_misread_by_one_letter_is_one_of_its_own(title: str) -> None:
    own = sheet(title, f"企业名称：{UNIT}", "证书编号：GR202051012345", number=2)
    assert told(patent(1), own) == [(3, "专利证书", (1,)), (4, "高新技术企业", (2,))]


def test_a_special_audit_whose_title_lost_a_letter_keeps_its_detail() -> None:
    report = sheet("研发费用专审计报告", f"{UNIT}：", "我们接受委托，审计了贵公司研究开发费用结构明细表", number=1)
    detail = sheet("2020年度研发投入明细表", f"编制单位：{UNIT}", "人员人工费用|60.00", "研发投入合计|90.00", number=2)
    assert told(report, detail) == [(2, "研发费用", (1, 2))]


def test_a_short_title_is_another_by_one_letter() -> None:
    other = sheet("统计报告", f"{UNIT}全体员工：", number=2)
    assert [kind for _, kind, _ in told(patent(1), other)] == ["专利证书"]


AUDIT = sheet("审计报告", f"{UNIT}全体股东：", "我们审计了后附的财务报表", number=1)


def test_a_certificate_whose_heading_was_not_read_is_no_part_of_the_report_before_it() -> None:
    worn = sheet("专刂证", f"专利权人：{UNIT}", "专利号：ZL201911044411.X", "授权公告日：2021年3月2日", number=2)
    assert [pages for _, _, pages in told(AUDIT, worn)] == [(1,), (2,)]


BALANCE = sheet("资产负债表", "编制单位：成都甲乙智能技有限公司|单位：元", "资产总计|300.00", number=2)
INCOME = ("营业收入|300.00", "营业成本|200.00", "利润总额|100.00", "净利润|90.00")


def test_statements_whose_owner_lost_a_letter_are_the_audit_reports() -> None:
    income = sheet("利润表", f"编制单位：{UNIT}", *INCOME, number=3)
    assert [pages for _, _, pages in told(AUDIT, BALANCE, income)] == [(1, 2, 3)]


def test_a_statement_whose_title_was_not_read_is_the_audit_reports_unless_another_units() -> None:
    own, other = f"编制单位：{UNIT}", "编制单位：绵阳丙丁电子股份有限公司"
    statements = [sheet("不润表", owner, *INCOME, number=2) for owner in (own, other)]
    assert [[pages for _, _, pages in told(AUDIT, each)] for each in statements] == [[(1, 2)], [(1,), (2,)]]


def test_notes_of_a_report_that_speak_of_patents_are_its_own() -> None:
    notes = sheet("财务报表附注（续）", "无形资产为专利权，专利号见附表", number=2)
    assert [pages for _, _, pages in told(AUDIT, notes)] == [(1, 2)]


@pytest.mark.parametrize(
    ("texts", "item"),
    [
        (("证明材料3",), 3), (("附件四",), 4), (("证明材料（二）", "上一财年研发投入证明材料"), 2),
        (("附件 5", "攻关产品当前性能指标及应用推广效果证明材料"), 5), (("3. 揭榜单位研发能力证明材料",), 3),
        (("证明材料一：上一财年主营业务收入证明材料", "（财务会计报表、纳税证明等）"), 1),
        (("揭榜单位相关荣誉证明材料",), 4),
    ],
)  # fmt: skip
def test_separator_sheets(texts: tuple[str, ...], item: int) -> None:
    mark = find_mark(sheet_rows(*texts), None, WORDS)
    assert mark is not None and (mark.item, mark.sheet) == (item, True)


def sheet_rows(*texts: str):  # type: ignore[no-untyped-def]
    from extractors.evidence.rows import page_rows

    return page_rows(sheet(*texts))


@pytest.mark.parametrize("texts", [("附件2021年度清单",), ("证书编号：3",), ("某某系统简介",)])
def test_what_is_no_separator(texts: tuple[str, ...]) -> None:
    assert find_mark(sheet_rows(*texts), None, WORDS) is None


def test_a_sheet_says_the_item_of_what_follows_and_is_no_document() -> None:
    pages = (
        sheet("附件5 应用推广效果证明材料"),
        patent(2),
        award(3),
        sheet("附件4 相关荣誉证明材料", number=4),
        award(5),
    )
    assert told(*pages) == [(5, "专利证书", (2,)), (5, "荣誉", (3,)), (4, "荣誉", (5,))]


def test_a_bare_number_that_its_kind_can_not_be_is_another_counting() -> None:
    assert told(sheet("附件1"), patent(2), sheet("附件2", number=3), award(4)) == [
        (3, "专利证书", (2,)), (4, "荣誉", (4,))]  # fmt: skip


def test_a_mark_on_the_document_itself() -> None:
    page = sheet(
        "证明材料5：第三方测试材料", "软件测试报告", "报告编号：T-2021-0007", f"委托单位：{UNIT}", "测试项目：识别"
    )
    assert told(page) == [(5, "测试报告", (1,))]


def test_a_list_of_contents_is_no_document() -> None:
    page = sheet("揭榜单位相关证明材料", "1. 上一财年主营业务收入证明材料", "2. 上一财年研发投入证明材料",
                 "3. 研发能力证明材料", "4. 相关荣誉证明材料")  # fmt: skip
    assert told(page, award(2)) == [(4, "荣誉", (2,))]


def test_pictures_in_a_row_make_one_report() -> None:
    first = sheet("检测报告", "报告编号：A-2021-001", f"委托单位：{UNIT}", file="图/1.jpg")
    second = sheet("检测项目：准确率", "检测结果：99%", file="图/2.jpg")
    (item,) = read(first, second, award(1, "图/3.jpg"))[:1]
    assert (item.file, item.pages, [(ref.file, ref.page) for ref in item.also]) == ("图/1.jpg", (1,), [("图/2.jpg", 1)])
    assert item.sheets == {("图/1.jpg", 1), ("图/2.jpg", 1)}


def test_a_new_file_begins_a_new_document() -> None:
    report = [
        sheet("检测报告", "报告编号：A-2021-001", number=1, file="a.pdf"),
        sheet("检测结果", number=2, file="a.pdf"),
    ]
    other = [sheet("检测结果：合格", number=1, file="b.pdf"), sheet("以下空白", number=2, file="b.pdf")]
    assert [(item.file, item.pages) for item in read(*report, *other)] == [("a.pdf", (1, 2)), ("b.pdf", (1, 2))]


def test_pages_that_could_not_be_told_belong_between() -> None:
    pages = (
        sheet("封面", number=1, section=Section.COVER), sheet("测试报告", number=2),
        sheet("图1", number=3, section=Section.OTHER), sheet("", number=4, section=Section.BLANK), award(5),
        sheet("承诺书", number=6, section=Section.COMMITMENT), sheet("其他", number=7, section=Section.OTHER),
    )  # fmt: skip
    assert told(*pages) == [(5, "测试报告", (2, 3)), (4, "荣誉", (5,))]


def test_statements_of_another_unit_are_no_part_of_an_audit_report() -> None:
    report = sheet("审计报告", f"{UNIT}全体股东：", "我们审计了财务报表")
    other = sheet("利润表", "编制单位：绵阳天河实业集团有限公司|2020年度", number=2)
    assert told(report, other) == [(1, "审计报告", (1,)), (1, "利润表", (2,))]


def test_two_statements_are_two_documents() -> None:
    balance = sheet("资产负债表", f"编制单位：{UNIT}", number=1)
    income = sheet("利润表", f"编制单位：{UNIT}", number=2)
    further = sheet("利润表（续）", f"编制单位：{UNIT}", number=3)
    assert told(balance, income, further) == [(1, "资产负债表", (1,)), (1, "利润表", (2, 3))]


@pytest.mark.parametrize(
    ("texts", "items"),
    [
        (("证明材料4：无",), [4]), (("4. 相关荣誉证明材料", "暂无"), [4]), (("附件4 相关荣誉证明材料：无。",), [4]),
        (("相关荣誉证明材料", "荣誉证书"), []), (("本单位相关荣誉：一等奖",), []),
        (("研发能力证明材料：无", "相关荣誉：无"), [3, 4]), ((), []),
    ],
)  # fmt: skip
def test_what_a_unit_declares_not_to_have(texts: tuple[str, ...], items: list[int]) -> None:
    assert [item for item, _ in read_declared([sheet(*texts)], load_profile())] == items


def test_attachments_counted_inside_a_report_are_its_own() -> None:
    report = sheet(
        "研发费用专项审计报告", "川智税专审字(2021)第88号", f"{UNIT}：", "我们审计了研究开发费用结构明细表。"
    )
    first = sheet("附件1", "研究开发费用结构明细表", f"编制单位：{UNIT}|2020年度", "第1页 共1页", number=2)
    assert told(report, first) == [(2, "研发费用", (1, 2))]


def test_a_loose_number_on_a_document_says_no_item() -> None:
    assert told(sheet("附件1", "发明专利证书", "专利号：ZL201911044411.X", f"专利权人：{UNIT}", "2020/1/12")) == [
        (3, "专利证书", (1,))]  # fmt: skip


def test_a_named_mark_begins_a_document_even_inside_a_report() -> None:
    report = sheet("审计报告", f"{UNIT}全体股东：", "我们审计了财务报表")
    detail = sheet("证明材料2：上一财年研发投入证明材料", "利润表", f"编制单位：{UNIT}|2020年度", number=2)
    assert told(report, detail) == [(1, "审计报告", (1,)), (2, "利润表", (2,))]


def test_the_name_of_an_item_is_no_documents_title_where_it_has_its_own() -> None:
    report = sheet("证明材料1：主营业务收入证明", "审计报告", "川正则审字〔2021〕第350号", f"{UNIT}全体股东：")
    balance = sheet("资产负债表", f"编制单位：{UNIT}|2020年12月31日", number=2)
    assert [(item.item, item.title, item.pages) for item in read(report, balance)] == [(1, "审计报告", (1, 2))]
