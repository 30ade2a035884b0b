from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from extractors.recommendation_copy import read_copied_rows
from pipeline.errors import UnreadableInput
from pipeline.model.document import Format
from pipeline.model.evidence import Source
from pipeline.model.recommendation import RecommendationRow
from pipeline.notices.profile import load_profile
from tests.extractors.words import fill

PROFILE = load_profile()
HEAD = ["序号", "单位名称", "所属方向", "揭榜产品", "推荐理由", "联系人", "手机"]
FIRST = ["1", "成都某某科技有限公司", "方向10：智能机器人", "机器人", "技术领先", "赵二", "138 0000 0002"]
SECOND = ["2", "绵阳某某公司", "智能传感器", "雷达", "", "钱三", "13800000003"]
SAID = [
    ("1", "成都某某科技有限公司", (10,), "机器人", "技术领先", "赵二", "13800000002"),
    ("2", "绵阳某某公司", (3,), "雷达", "", "钱三", "13800000003"),
]


def said(rows: tuple[RecommendationRow, ...]) -> list[tuple[object, ...]]:
    return [tuple(reading.value for _, reading in row.cells) for row in rows]


def spreadsheet(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "推荐表"
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:G1")
    book.save(path)
    return path


def test_rows_of_a_spreadsheet_with_title_and_note(tmp_path: Path) -> None:
    note: list[object] = ["注：按推荐顺序填写"]
    first: list[object] = [1, *FIRST[1:6], 13800000002]
    path = spreadsheet(tmp_path / "表.xlsx", ["揭榜单位推荐表"], [], [], [], list(HEAD), first, list(SECOND), note)
    rows = read_copied_rows(path, "推荐表.xlsx", Format.SPREADSHEET, PROFILE)
    assert said(rows) == SAID
    unit = rows[0].get("applicant")
    assert unit is not None and unit.source is Source.EDITABLE and not unit.from_pixels
    assert [(each.file, each.sheet, each.cell) for each in unit.cells] == [("推荐表.xlsx", "推荐表", "B6")]


def test_rows_of_a_word_document(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("揭榜单位推荐表")
    fill(document.add_table(4, 7), [HEAD, FIRST, SECOND, ["…"] + [""] * 6])
    document.save(str(tmp_path / "表.docx"))
    rows = read_copied_rows(tmp_path / "表.docx", "推荐表.docx", Format.WORD, PROFILE)
    assert said(rows) == SAID
    unit = rows[1].get("applicant")
    assert unit is not None and [(each.sheet, each.cell) for each in unit.cells] == [("表1", "第3行第2列")]


def test_the_clerks_log_is_no_recommendation_table(tmp_path: Path) -> None:
    log: list[list[object]] = [
        ["申报主体", "揭榜产品名称", "收到时间", "纸质份数"],
        ["甲公司", "雷达", "2021-11-12", 2],
    ]
    path = spreadsheet(tmp_path / "登记.xlsx", ["收件登记"], *log)
    assert read_copied_rows(path, "收件登记.xlsx", Format.SPREADSHEET, PROFILE) == ()


def test_a_damaged_copy_is_told(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(UnreadableInput):
        read_copied_rows(tmp_path / "表.xlsx", "推荐表.xlsx", Format.SPREADSHEET, PROFILE)
