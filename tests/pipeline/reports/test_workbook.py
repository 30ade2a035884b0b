"""The workbook as a person (and the spreadsheet library) sees it."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from pipeline.model.care import WithheldFile
from pipeline.model.finding import Outcome, Severity, Verdict
from pipeline.model.run import KnownFinding, RunRecord
from pipeline.model.seal import PageRef
from pipeline.notices.profile import load_profile
from pipeline.reports.finding_rows import report_link
from pipeline.reports.letter import opinion, sentence_to_sender
from pipeline.reports.pictures import NoPictures
from pipeline.reports.products import WORKBOOK, write_workbook
from pipeline.reports.sheets import Column, Sheet, Value, clean, lines_needed, number
from pipeline.reports.summary import package_lines
from pipeline.reports.workbook import workbook_bytes
from tests.pipeline.reports import examples
from tests.pipeline.reports.drawn import DrawnPictures

PROFILE = load_profile()
SHEETS = ["汇总", "申报信息", "重点指标", "问题清单", "印章", "证明材料", "推荐表", "运行记录", "统计"]
FINDING_LINE = "编号 包 单位名称 代码 级别 字段 问题 纸质 网上 可编辑版 依据 文件 页 状态 处理意见"
FINDING_HEADINGS = FINDING_LINE.split()
FIELD_LINES = """
包 核验结论 申报编号 提交时间 状态 推荐单位 重点产品方向 单位名称 揭榜负责人姓名 揭榜负责人职务职称
揭榜负责人邮箱 揭榜负责人手机 申报联系人姓名 申报联系人手机 申报联系人邮箱 申报联系人传真 法定代表人
注册资本(万元) 单位地址 组织机构代码/三证合一码 单位性质 是否上市公司 整体业务收入(万元) 研发投入(万元)
其中与人工智能业相关的业务收入(万元) 单位人数 研发人员人数 揭榜单位简介 参与单位 揭榜产品名称 揭榜产品概述 揭榜任务书
"""
FIELD_HEADINGS = FIELD_LINES.split()
PREVIOUS = (
    KnownFinding(id=examples.findings()[0].id, package=examples.IDENTITY, code="Q102", severity="warning"),
    KnownFinding(
        id="F101-gone", package=examples.IDENTITY, code="F101", severity="error", field="staff", message="空白。"
    ),
)


def write(out, results=None, previous=PREVIOUS, run=None, pictures=None):
    known = {finding.id for finding in previous}
    return write_workbook(
        out,
        [
            package_lines(result, known, pictures or DrawnPictures(), PROFILE)
            for result in results or [examples.result(), examples.clean_result(), examples.failed_result()]
        ],
        [examples.delivery_result()],
        run or examples.run_record(),
        previous,
        lambda identity: pictures or DrawnPictures(),
        PROFILE,
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    known = write(out)
    return out, load_workbook(out / WORKBOOK), known


def rows(book, title):
    head, *body = book[title].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_sheets_and_their_headings(written):
    _, book, _ = written
    assert book.sheetnames == SHEETS
    assert [cell.value for cell in book["问题清单"][1]] == FINDING_HEADINGS
    assert [cell.value for cell in book["申报信息"][1]] == FIELD_HEADINGS
    assert [cell.value for cell in book["重点指标"][1]] == [
        "包", "核验结论", "申报编号", "揭榜产品名称", "参考指标", "本单位当前水平", "本单位2023年目标", "补充说明",
    ]  # fmt: skip


def test_heads_stay_in_sight_and_filter(written):
    _, book, _ = written
    for sheet in book:
        assert sheet.freeze_panes and sheet.freeze_panes.endswith("2")
        assert sheet.auto_filter.ref.startswith("A1:")


def test_a_line_a_package(written):
    _, book, _ = written
    first, clean_one, failed = rows(book, "汇总")
    assert (first["核验结论"], first["错误"], first["提醒"], first["待定"]) == ("需补正", 5, 1, 2)
    assert clean_one["核验结论"] == "通过"
    assert (failed["包"], failed["核验结论"]) == ("成都市/散件", "程序未能处理")


def test_amounts_are_numbers_codes_and_phones_text(written):
    _, book, _ = written
    row = rows(book, "申报信息")[0]
    assert row["整体业务收入(万元)"] == pytest.approx(23456.78)
    assert row["单位人数"] == 320
    assert row["揭榜负责人手机"] == "13800000001"
    assert row["申报编号"] == "SC2021-0007"
    sheet = book["申报信息"]
    formats = {cell.value: sheet.cell(2, cell.column).number_format for cell in sheet[1]}
    assert formats["组织机构代码/三证合一码"] == formats["申报联系人手机"] == "@"
    assert formats["整体业务收入(万元)"] == "#,##0.00"


def test_a_finding_shows_all_witnesses_and_what_to_write(written):
    _, book, _ = written
    row = next(row for row in rows(book, "问题清单") if row["代码"] == "X101")
    assert (row["纸质"], row["网上"], row["可编辑版"]) == ("23456.78", "23465.78", "23456.78")
    assert (row["级别"], row["字段"], row["文件"], row["页"]) == ("错误", "整体业务收入(万元)", examples.SCAN, 3)
    assert "整体业务收入(万元)" in row["处理意见"] and "23456" not in row["处理意见"]


def test_states_against_the_run_before(written):
    _, book, _ = written
    states = {row["编号"]: row["状态"] for row in rows(book, "问题清单")}
    assert states["F101-gone"] == "消失"
    assert states[examples.findings()[0].id] == "未变"
    assert states[examples.findings()[1].id] == "新增"


def test_what_is_gone_with_its_package_is_not_put_right(tmp_path):
    there, failed, absent = examples.clean_result(), examples.failed_result(), "成都市/撤回的公司"
    before = [
        KnownFinding(id=f"F101-{package}", package=package, code="F101", severity="error")
        for package in (there.package.identity, failed.package.identity, absent)
    ]
    write(tmp_path, results=[there, failed], previous=before)
    told = {
        row["包"]: row["处理意见"]
        for row in rows(load_workbook(tmp_path / WORKBOOK), "问题清单")
        if row["状态"] == "消失"
    }
    assert told == {
        there.package.identity: "上次的问题，本次核验已不存在。",
        failed.package.identity: "本次程序未能处理该包，上次的问题是否仍在尚不能确认。",
        absent: "该包已不在收件夹，本次未核验。",
    }


def test_findings_of_a_run_are_known_to_the_next(tmp_path):
    known = write(tmp_path, previous=())
    write(tmp_path, previous=known)
    states = {row["状态"] for row in rows(load_workbook(tmp_path / WORKBOOK), "问题清单")}
    assert states == {"未变"}


def test_delivery_and_run_findings_are_there(written):
    _, book, _ = written
    packages = {row["代码"]: row["包"] for row in rows(book, "问题清单")}
    assert packages["R205"] == "成都市"
    assert packages["N101"] == "（全部）"


def test_links_escape_only_what_must_be():
    assert report_link("成都市/甲 公司#2") == "results/成都市/甲%20公司%232/report.html"


def test_links_lead_to_the_report(written):
    _, book, _ = written
    link = book["问题清单"].cell(2, 1).hyperlink
    assert link.target.startswith("results/成都市/成都示例智能科技有限公司/report.html#f-")


def test_pictures_stand_in_the_row_of_their_finding(written):
    _, book, _ = written
    sheet = book["问题清单"]
    pictured = {picture.anchor._from.row + 1 for picture in sheet._images}
    codes = {sheet.cell(row, 4).value for row in pictured}
    assert {"X101", "S112", "Q102"} <= codes and "P001" not in codes
    assert {picture.anchor._from.col for picture in sheet._images} == {FINDING_HEADINGS.index("纸质")}


def test_seals_places_and_seams_have_lines(written):
    _, book, _ = written
    lines = [row for row in rows(book, "印章") if row["包"] == examples.IDENTITY]
    results = {row["位置"]: row["结果"] for row in lines if row["类别"] == "应盖处"}
    assert results["封面 · 申报单位"] == "通过"
    assert results["承诺书"] == "不符"
    assert results["骑缝章"] == "有缺页"
    assert sum(1 for row in lines if row["类别"] == "所见印章") == 3


def test_the_run_is_told(written):
    _, book, _ = written
    told = {(row["类别"], row["项目"]): row["内容"] for row in rows(book, "运行记录")}
    assert told[("版本", "profile")] == "jiebang-2021" and told[("版本", "核验程序")] == "0.1.0"
    assert told[("运行", "开始时间")] == "2021-11-20 02:00:00"
    assert any(kind == "程序未能完成" for kind, _ in told)


def test_equal_input_gives_equal_bytes(tmp_path, written):
    write(tmp_path)
    assert (tmp_path / WORKBOOK).read_bytes() == (written[0] / WORKBOOK).read_bytes()


def test_no_clock_stands_in_the_file(written):
    with zipfile.ZipFile(written[0] / WORKBOOK) as book:
        assert {entry.date_time for entry in book.infolist()} == {(2021, 1, 1, 0, 0, 0)}
        assert book.read("docProps/core.xml").count(b"2021-01-01T00:00:00Z") == 2


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|'/c calc'!A0"])
def test_nothing_read_becomes_a_formula(text):
    book = load_workbook(BytesIO(workbook_bytes([Sheet("甲", (Column("列", 10),), ((Value(text),),))])))
    cell = book["甲"].cell(2, 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_hostile_values_do_not_break_the_workbook(tmp_path):
    nasty = "=1+1\x00\x0b\ud800" + "长" * 40_000
    finding = examples.finding("F104", Severity.WARNING, nasty, field="leader_email", found=nasty)
    base = examples.result()
    package = base.package.model_copy(update={"recommender": nasty})
    write(tmp_path, [base.model_copy(update={"findings": (finding,), "package": package})], pictures=NoPictures())
    message = rows(load_workbook(tmp_path / WORKBOOK), "问题清单")[0]["问题"]
    assert message.startswith("=1+1长") and len(message) < 32_767


def test_an_empty_run_still_has_its_sheets(tmp_path):
    write_workbook(tmp_path, [], [], RunRecord(), (), lambda identity: NoPictures(), PROFILE)
    assert load_workbook(tmp_path / WORKBOOK).sheetnames == SHEETS


@pytest.mark.parametrize(
    ("text", "content"),
    [("5000", 5000), ("23456.78", 23456.78), ("约5000", "约5000"), ("", None), ("9" * 18, "9" * 18), ("1e5", "1e5")],
)
def test_numbers(text, content):
    shown = number(text).content
    assert shown == content or float(shown) == content


def test_widths_count_chinese_twice():
    assert lines_needed("中文" * 10, 21) == 2
    assert clean("a\r\nb\x07") == "a\nb"


def test_letters_name_the_box_and_never_its_value():
    told = examples.finding("X101", Severity.ERROR, "…", field="leader_mobile", expected="13800000001")
    sentence = opinion(told, PROFILE)
    assert "揭榜负责人手机" in sentence and "13800000001" not in sentence
    assert opinion(examples.finding("X999", Severity.ERROR, "…"), PROFILE)


def test_contract_codes_are_in_the_letter():
    contract = """
    P001 P101 P102 P111 P112 P113 P114 P115 P121 P122 P123 P124 P125 P131 P132 P141 P142 P151
    S101 S102 S103 S104 S111 S112 S113 S121 S122 S123 S124 S131 S141 S142 S151 S161 S162 S164 S171
    F101 F102 F103 F104 F105 F111 F112 F113 F114 F115 F121 F122 F123 F131 F132 F133 F134 F141 F142 F143 F144 F145
    F146 F147 F151 F152 X101 X102 X103 X201 X202 X203 X301 I101 I102 I103 I104 I105 I106
    E101 E102 E103 E104 E105 E111 R101 R102 R103 R104 R105 R106 R107 R108 R109 R110 R111 R200 R201 R202 R203 R204
    R205 R207 R208 Q101 Q102 Z101
    """
    general = {opinion(examples.finding("X999", severity, "…"), PROFILE) for severity in Severity}
    for code in contract.split():
        assert opinion(examples.finding(code, Severity.ERROR, "…"), PROFILE) not in general, code


def test_what_stands_on_no_page_is_not_called_paper(tmp_path):
    noted = examples.finding("N101", Severity.INFO, "以日期为准。", owner="运行", found="星期五", expected="星期一")
    write(tmp_path, run=examples.run_record().model_copy(update={"findings": (noted,)}))
    row = next(row for row in rows(load_workbook(tmp_path / WORKBOOK), "问题清单") if row["代码"] == "N101")
    assert row["纸质"] is None


def seam_line(tmp_path, outcome):
    told = Verdict(
        id="S123-1", code="S123", subject="seam", outcome=outcome, message="印文存疑。", expected=examples.APPLICANT
    )
    base = examples.result()
    write(tmp_path, [base.model_copy(update={"verdicts": (*base.verdicts, told)})])
    return next(row for row in rows(load_workbook(tmp_path / WORKBOOK), "印章") if row["位置"] == "骑缝章")


def test_a_settled_seam_bears_its_owners_name_beside_what_cuts_left_of_it(tmp_path):
    line = seam_line(tmp_path, Outcome.PASSED)
    assert line["印文"] == f"{examples.APPLICANT}（拼合后读作“成都示例智能科技”）"
    assert "存疑" not in line["说明"]


def test_a_doubtful_seam_says_what_was_read_and_why_it_is_doubted(tmp_path):
    line = seam_line(tmp_path, Outcome.UNDECIDED)
    assert line["印文"] == "成都示例智能科技"
    assert line["说明"].endswith("印文存疑。") and "缺骑缝的页：第5页" in line["说明"]


def test_of_loose_pictures_the_one_without_its_slice_is_named(tmp_path):
    base = examples.result()
    pictures = [PageRef(file=f"扫描/{number}.jpg", page=1) for number in range(1, 4)]
    seam = base.package.seams[0].model_copy(update={"pages": tuple(pictures), "missing": (pictures[1],)})
    write(tmp_path, [base.model_copy(update={"package": base.package.model_copy(update={"seams": (seam,)})})])
    line = next(row for row in rows(load_workbook(tmp_path / WORKBOOK), "印章") if row["位置"] == "骑缝章")
    assert "缺骑缝的页：扫描/2.jpg" in line["说明"]


def test_evidence_says_which_item_of_the_list_it_is(written):
    _, book, _ = written
    assert rows(book, "证明材料")[0]["类别"] == f"1 {PROFILE.evidence_items[1].title}"


def test_of_a_code_the_letters_sentence_has_gaps_for_what_only_a_finding_knows():
    assert sentence_to_sender("X101", PROFILE.folder).startswith("“……”")
    assert sentence_to_sender("Q102", PROFILE.folder) == sentence_to_sender("X999", PROFILE.folder) == ""


def test_long_texts_leave_the_rows_of_filed_fields_low(tmp_path):
    base = examples.result()
    paper = base.package.paper
    long = tuple(
        each.model_copy(update={"reading": each.reading.model_copy(update={"value": "长" * 500})})
        for each in paper.fields[:1]
    )
    package = base.package.model_copy(update={"paper": paper.model_copy(update={"fields": (*long, *paper.fields[1:])})})
    write(tmp_path, [base.model_copy(update={"package": package})], pictures=NoPictures())
    book = load_workbook(tmp_path / WORKBOOK)
    assert book["申报信息"].row_dimensions[2].height < 60


def test_a_stopped_package_counts_one_open_item():
    stopped = examples.result().package.model_copy(update={"withheld": (WithheldFile(file="a.pdf", page=1),)})
    assert examples.result().undecided > 1
    assert examples.result().model_copy(update={"package": stopped}).undecided == 1


def test_what_is_about_the_whole_package_names_no_field(tmp_path):
    base = examples.result()
    twice = examples.finding("P141", Severity.WARNING, "疑似重复。").model_copy(
        update={"subject": base.package.identity}
    )
    write(tmp_path, [base.model_copy(update={"findings": (twice,)})])
    row = next(row for row in rows(load_workbook(tmp_path / WORKBOOK), "问题清单") if row["代码"] == "P141")
    assert row["字段"] is None
