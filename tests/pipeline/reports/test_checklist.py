"""核验单: what is ticked, what is numbered, what a stopped package may still show, and that equal gives equal bytes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import docx
import pytest

from pipeline.model.finding import Outcome, Severity
from pipeline.model.package import FileRecord
from pipeline.notices.profile import load_profile
from pipeline.reports.checklist import checklist_of
from pipeline.reports.checklist_docx import checklist_bytes
from pipeline.reports.fixed_times import MOMENT, ZIP_MOMENT
from pipeline.reports.products import CHECKLIST, write_checklist
from pipeline.reports.required_items import Tick
from tests.pipeline.reports import examples

PROFILE = load_profile()


def ticks(items):
    return {item.name: item.tick for item in items}


def judged(*verdicts, findings=()):
    return examples.result().model_copy(update={"verdicts": verdicts, "findings": findings})


def words(result):
    """All the text of the drawn document."""
    document = docx.Document(BytesIO(checklist_bytes(checklist_of(result, PROFILE))))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_required_seals_and_signature_are_ticked_by_their_verdicts():
    sheet = checklist_of(examples.result(), PROFILE)
    seals = ticks(sheet.seals)
    assert seals["封面 · 申报单位公章"] is Tick.FOUND
    assert seals["承诺书公章"] is Tick.MISSING
    assert seals["法定代表人签字（承诺书）"] is Tick.LOOK
    assert seals["骑缝章"] is Tick.NONE


def test_the_recommendation_tables_seal_is_the_deliverys_and_no_item_of_a_package():
    assert PROFILE.required_seal("recommendation")
    names = ticks(checklist_of(examples.result(), PROFILE).seals)
    assert names and not any("推荐表" in name for name in names)


def test_a_seal_that_is_due_at_another_hop_alone_is_no_item():
    seals = tuple(
        seal.model_copy(update={"stages": ("市州",)}) if seal.place == "cover.applicant" else seal
        for seal in PROFILE.required_seals
    )
    profile = PROFILE.model_copy(update={"required_seals": seals})
    assert "封面 · 申报单位公章" not in ticks(checklist_of(examples.result(), profile).seals)


@pytest.mark.parametrize(
    ("outcome", "tick"),
    [
        (Outcome.PASSED, Tick.FOUND),
        (Outcome.FAILED, Tick.MISSING),
        (Outcome.UNDECIDED, Tick.LOOK),
        (Outcome.NOT_APPLICABLE, Tick.NONE),
    ],
)
def test_a_piece_stands_as_its_verdict(outcome, tick):
    sheet = checklist_of(judged(examples.verdict("P112", "form", outcome)), PROFILE)
    assert ticks(sheet.pieces)["申报表"] is tick


def test_a_seal_away_from_its_place_is_to_be_looked_at_and_not_missing():
    away = examples.finding("S164", Severity.WARNING, "印章离落款较远。", examples.place(7), subject="commitment")
    there = examples.verdict("S111", "commitment", Outcome.PASSED, examples.place(7))
    verdicts = (there, examples.verdict("S164", "commitment", Outcome.FAILED, examples.place(7)))
    seals = ticks(checklist_of(judged(*verdicts, findings=(away,)), PROFILE).seals)
    assert seals["承诺书公章"] is Tick.LOOK
    assert seals["封面 · 申报单位公章"] is Tick.NONE


def test_an_item_points_to_the_sentence_that_says_what_is_wrong():
    sheet = checklist_of(examples.result(), PROFILE)
    item = next(item for item in sheet.seals if item.name == "承诺书公章")
    (number,) = item.sentences
    sentence = next(each for each in sheet.sentences if each.number == number)
    assert "不是申报单位的" in sentence.text and sentence.pages == "第7页" and item.where == "第7页"


def test_what_is_undecided_and_in_no_finding_is_numbered_on():
    sheet = checklist_of(examples.result(), PROFILE)
    numbers = [each.number for each in sheet.open]
    assert numbers and min(numbers) == len(examples.findings()) + 1
    signature = next(item for item in sheet.seals if item.name.startswith("法定代表人"))
    assert set(signature.sentences) <= set(numbers) and signature.sentences


def test_errors_and_warnings_stand_in_it_and_information_does_not():
    text = words(examples.result())
    for finding in examples.findings():
        assert (finding.message in text) is (finding.severity is not Severity.INFO)
    assert "结论：需补正" in text and "方向5" in text and "核对人（签字）" in text and "日期" in text


def test_a_long_text_takes_a_few_lines():
    long = examples.finding("X101", Severity.ERROR, "揭榜单位简介" * 100 + "完", field="unit_profile")
    (sentence,) = checklist_of(judged(findings=(long,)), PROFILE).sentences
    assert len(sentence.text) < 180 and "全文见核验页面" in sentence.text


def test_pages_name_their_file_where_there_are_several():
    base = examples.result()
    package = base.package.model_copy(
        update={"pages": (*base.package.pages, examples.page(1, examples.Section.EVIDENCE, "附件.zip/证明.pdf"))}
    )
    sheet = checklist_of(base.model_copy(update={"package": package}), PROFILE)
    assert "盖章件.pdf 第7页" in {sentence.pages for sentence in sheet.sentences}


def test_a_secrecy_mark_leaves_its_finding_alone():
    base = examples.result()
    secret = examples.finding("Z101", Severity.WARNING, "第5页有密级标志，交保密工作机构。", subject="5")
    text = words(base.model_copy(update={"findings": (*base.findings, secret)}))
    assert secret.message in text and "停止处理" in text
    for kept_out in (examples.APPLICANT, examples.RECOMMENDER, "多模态语音", "看不准", "23456.78", "☑", "SC2021-0007"):
        assert kept_out not in text.replace(examples.IDENTITY, "")


def test_clean_and_failed_packages():
    assert "没有错误和提醒" in words(examples.clean_result())
    failed = words(examples.failed_result())
    assert "程序未能处理" in failed and "核验程序在这一件上出错" in failed


def test_control_characters_in_what_was_read_break_nothing():
    nasty = examples.finding("F104", Severity.WARNING, "邮箱\x00\x08有误\ud800。", field="leader_email")
    assert "邮箱" in words(judged(findings=(nasty,)))


def test_equal_results_give_equal_bytes_and_no_clock_stands_in_them():
    content = checklist_bytes(checklist_of(examples.result(), PROFILE))
    assert checklist_bytes(checklist_of(examples.result(), PROFILE)) == content
    with zipfile.ZipFile(BytesIO(content)) as document:
        assert {entry.date_time for entry in document.infolist()} == {ZIP_MOMENT}
        told = [
            moment
            for part in document.namelist()
            for moment in re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", document.read(part))
        ]
        assert set(told) == {MOMENT.encode()}


def test_it_is_written_beside_the_other_files(tmp_path):
    write_checklist(tmp_path, examples.IDENTITY, checklist_of(examples.result(), PROFILE))
    assert (tmp_path / "results" / "成都市" / examples.APPLICANT / CHECKLIST).is_file()


def test_many_files_do_not_fill_the_page():
    base = examples.result()
    files: tuple[FileRecord, ...] = tuple(examples.file(f"{number:02}.pdf", "stamped", 1) for number in range(40))
    package = base.package.model_copy(update={"files": files})
    sheet = checklist_of(base.model_copy(update={"package": package}), PROFILE)
    assert next(item.where for item in sheet.pieces if item.name == "盖章扫描件") == "40个文件，共40页"


def test_what_several_codes_leave_open_of_one_seam_is_one_sentence():
    unseen = tuple(
        examples.verdict(code, "seam", Outcome.UNDECIDED).model_copy(update={"message": "黑白件看不出。"})
        for code in ("S121", "S122")
    )
    sheet = checklist_of(judged(*unseen), PROFILE)
    (sentence,) = (each for each in sheet.open if "黑白件" in each.text)
    assert sentence.text.count("骑缝章：") == 1
    assert sentence.text.count("？") == 2
    seam = next(item for item in sheet.seals if item.name.startswith("骑缝章"))
    assert seam.sentences == (sentence.number,)


def test_a_doubtful_seal_points_to_the_sentence_of_the_doubt():
    open_seal = examples.verdict("S103", "cover.applicant", Outcome.UNDECIDED, examples.place(1))
    doubt = examples.finding("Q102", Severity.WARNING, "封面印文存疑。", examples.place(1), subject="cover.applicant")
    sheet = checklist_of(judged(open_seal, findings=(doubt,)), PROFILE)
    item = next(item for item in sheet.seals if item.name.startswith("封面 · 申报单位"))
    assert (item.tick, item.sentences) == (Tick.LOOK, (sheet.sentences[0].number,))
    assert sheet.open == ()
