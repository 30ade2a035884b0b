"""An applicant's own look before printing: what is found in a document, where it stands, and what is left to paper."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random

import docx
import pytest

from flows.steps.selfcheck import SelfCheck, self_check
from pipeline.errors import UsageProblem
from pipeline.model.finding import Severity
from pipeline.notices.profile import load_profile
from samples.applicants import make_filing
from samples.banks import bank
from samples.filing import Filing
from samples.online import write_online
from samples.printing.blocks import Document
from samples.printing.copy import ORDER, copy_sections
from samples.printing.layout import choose_layout
from samples.printing.word import docx_bytes
from tests.flows.commands import heyan_here

PROFILE = load_profile()


def filed(index: int = 3) -> Filing:
    city = bank("cities")[index]
    return make_filing(index, city, PROFILE, Random(f"selfcheck/{index}"), "usual", rephrase=False)


def document(folder: Path, filing: Filing, index: int = 3) -> Path:
    layout = replace(choose_layout("tuning", index, Random(index)), tick="ballot")
    sections = copy_sections(filing, layout, PROFILE, (), [name for name in ORDER if name != "evidence"])
    written = folder / "申报书.docx"
    written.write_bytes(docx_bytes(Document("申报书", sections), layout, 0, anchors=False))
    return written


def online(folder: Path, filing: Filing) -> Path:
    (folder / "online").mkdir(exist_ok=True)
    return write_online([filing], PROFILE, folder / "online", "xlsx")


def codes(found: SelfCheck) -> set[str]:
    return {remark.code for remark in found.remarks}


def test_a_document_in_order_has_nothing_to_mend(tmp_path):
    filing = filed()
    assert self_check(document(tmp_path, filing), online(tmp_path, filing), PROFILE).remarks == ()


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("address", "", "F101"),
        ("uscc", "91510100MA00000000", "F102"),
        ("leader_mobile", "1391234567", "F103"),
        ("contact_email", "wang at example.com", "F104"),
        ("staff", "二百左右", "F105"),
        ("unit_profile", "本公司长期从事人工智能产品研发。" * 60, "F121"),
        ("rd_staff", "999999", "F151"),
        ("revenue", "585956500000", "F152"),
    ],
)
def test_a_box_filled_wrongly_is_found_where_it_stands(tmp_path, key, value, code):
    found = self_check(document(tmp_path, filed().with_value(key, value)), None, PROFILE)
    (remark,) = [each for each in found.remarks if each.code == code]
    (cell,) = remark.document
    assert cell.sheet.startswith("表") and "行" in cell.cell and "纸质" not in remark.message


def test_what_differs_from_the_filing_is_told_with_both_places(tmp_path):
    filing = filed()
    found = self_check(document(tmp_path, filing), online(tmp_path, filing.with_value("rd_staff", "3")), PROFILE)
    (remark,) = found.remarks
    assert remark.code == "X101" and remark.severity is Severity.ERROR
    assert "申报书为" in remark.message and "网上填报为“3”" in remark.message and "纸质" not in remark.message
    assert remark.document[0].sheet.startswith("表") and remark.filing[0].sheet == PROFILE.online.sheet
    assert found.filing == filing.number


def test_a_row_of_the_table_is_found_by_its_cell(tmp_path):
    filing = filed()
    blank = filing.with_row(1, replace(filing.rows[1], target=""))
    found = self_check(document(tmp_path, blank), online(tmp_path, filing), PROFILE)
    (remark,) = [each for each in found.remarks if each.code == "I104"]
    assert remark.document[0].cell.startswith("第")
    other = filing.with_row(0, replace(filing.rows[0], current="与网上不同的水平123"))
    found = self_check(document(tmp_path, filing), online(tmp_path, other), PROFILE)
    assert "X102" in codes(found)


def test_rows_filed_in_another_order_are_shown_where_they_are_filed(tmp_path):
    filing = filed()
    changed = filing.with_row(0, replace(filing.rows[0], current="与网上不同的水平123"))
    turned = replace(changed, rows=changed.rows[::-1])
    (remark,) = [
        each
        for each in self_check(document(tmp_path, filing), online(tmp_path, turned), PROFILE).remarks
        if each.code == "X102"
    ]
    last = str(len(filing.rows) + 1)
    assert remark.document[0].cell.startswith("第2行") and remark.filing[0].cell.endswith(last)


def test_a_row_that_only_the_filing_has_is_shown_there_alone(tmp_path):
    filing = filed()
    found = self_check(document(tmp_path, filing.without_row(1)), online(tmp_path, filing), PROFILE)
    (remark,) = [each for each in found.remarks if each.code == "X102"]
    assert remark.document == () and remark.filing[0].cell.endswith("3")


def test_an_empty_section_of_the_task_book(tmp_path):
    filing = filed()
    part = next(part for part in PROFILE.taskbook_sections if not part.container)
    empty = replace(filing, taskbook={**filing.taskbook, part.id: ""})
    assert "F134" in codes(self_check(document(tmp_path, empty), None, PROFILE))


def test_a_box_taken_out_of_the_form_is_one_remark(tmp_path):
    filing = filed()
    written = document(tmp_path, filing)
    form = docx.Document(str(written))
    table, address = form.tables[0], filing.show("address")
    (row,) = [row for row in table.rows if any(address in cell.text for cell in row.cells)]
    table._tbl.remove(row._tr)
    form.save(str(written))
    (remark,) = self_check(written, online(tmp_path, filing), PROFILE).remarks
    assert remark.severity is None and remark.message == "单位地址：没有找到此栏，请核对。"


def test_without_filings_nothing_is_said_of_them(tmp_path):
    found = self_check(document(tmp_path, filed()), None, PROFILE)
    assert found.remarks == () and found.filing is None


def test_filings_of_others_are_not_taken_for_ones_own(tmp_path):
    found = self_check(document(tmp_path, filed(3)), online(tmp_path, filed(9)), PROFILE)
    assert codes(found) == {"P131"} and found.filing is None


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_document_of_old_is_read_through_libreoffice(tmp_path):
    written = document(tmp_path, filed().with_value("address", ""))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to", "rtf",
         "--outdir", str(tmp_path), str(written)], check=True, capture_output=True,
    )  # fmt: skip
    assert codes(self_check(tmp_path / "申报书.rtf", None, PROFILE)) == {"F101"}


def test_a_secrecy_mark_stops_it(tmp_path):
    written = document(tmp_path, filed())
    marked = docx.Document(str(written))
    marked.paragraphs[0].insert_paragraph_before("机密★10年")
    marked.save(str(written))
    with pytest.raises(UsageProblem, match="停止处理") as told:
        self_check(written, None, PROFILE)
    assert filed().values["applicant"] not in str(told.value)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("没有.docx", "文件不存在"),
        ("空.docx", "文件是空的"),
        ("图.docx", "不是 Word 或 WPS 文档"),
        ("别的.docx", "没有找到申报表"),
    ],
)
def test_what_is_no_application_is_refused(tmp_path, name, reason):
    (tmp_path / "空.docx").write_bytes(b"")
    (tmp_path / "图.docx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    docx.Document().save(str(tmp_path / "别的.docx"))
    with pytest.raises(UsageProblem, match=reason):
        self_check(tmp_path / name, None, PROFILE)


def test_the_command_says_where_and_tells_by_its_exit_status(tmp_path):
    filing = filed()
    good = heyan_here("selfcheck", str(document(tmp_path, filing)), "--online", str(online(tmp_path, filing)))
    assert good.returncode == 0 and "没有发现需要修改的地方" in good.stdout
    bad = heyan_here("selfcheck", str(document(tmp_path, filing.with_value("address", ""))))
    assert bad.returncode == 3 and "单位地址空白" in bad.stdout and "申报书：表1 第" in bad.stdout
    assert "印章、签字、骑缝章" in bad.stdout and "S1" not in bad.stdout
    none = heyan_here("selfcheck", str(tmp_path / "没有.docx"))
    assert none.returncode == 2 and "文件不存在" in none.stderr
    (tmp_path / "空.json").write_text(json.dumps({"applications": []}), encoding="utf-8")
    assert heyan_here("selfcheck", str(tmp_path / "申报书.docx"), "--online", str(tmp_path / "空.json")).returncode == 2
