from __future__ import annotations

import io
import zipfile
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from pipeline.errors import UnreadableInput
from pipeline.intake.spreadsheet import _refuse_rings, address, read_sheets


def test_xlsx_values_as_texts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    values = [5000.0, 23456.78, 0.1 + 0.2, 13800000000, datetime(2021, 11, 12, 16, 20, 5), datetime(2021, 11, 12), None]
    sheet.append([*values, True, "文", 138000000001234])
    sheet["A2"], sheet["A2"].number_format = 0.955, "0.0%"
    sheet["B2"] = "合并"
    sheet.merge_cells("B2:C3")
    sheet["D3"] = "尾"
    book.save(tmp_path / "a.xlsx")
    rows = read_sheets(tmp_path / "a.xlsx")[0].rows
    assert rows[0] == ("5000", "23456.78", "0.3", "13800000000", "2021-11-12 16:20:05", "2021-11-12", "", "是", "文",
                       "138000000001234")  # fmt: skip
    assert rows[1][:3] == ("95.5%", "合并", "合并") and rows[2][:4] == ("", "合并", "合并", "尾")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "申报项目.csv"
    path.write_bytes('单位名称,简介\n甲公司,"一行\n两行,有逗号"\n="0123",\'0456\n'.encode(encoding))
    (sheet,) = read_sheets(path)
    assert sheet.name == "申报项目"
    assert sheet.rows == (("单位名称", "简介"), ("甲公司", "一行\n两行,有逗号"), ("0123", "0456"))


def test_a_web_page_named_xls(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    page = """<html><meta charset=gbk><table><tr><td rowspan=2>单位名称<td colspan=2>联系人</tr>
    <tr><td>姓名</td><td>手机</td></tr>
    <tr><td>甲&amp;乙<br>公司</td><td>张三</td><td>13800000000</td></tr></table></html>"""
    path.write_bytes(page.encode("gbk"))
    (sheet,) = read_sheets(path)
    assert sheet.rows[0] == ("单位名称", "联系人", "联系人") and sheet.rows[1] == ("单位名称", "姓名", "手机")
    assert sheet.rows[2] == ("甲&乙\n公司", "张三", "13800000000")


@pytest.mark.parametrize(
    "content",
    [b"PK\3\4rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"\x81\xff\x00\xfe", b"a\0b,c"],
)
def test_hostile_files_get_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput) as raised:
        read_sheets(path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("following", "refused"), [([1, 2, -2], False), ([1, 0, -2], True), ([0], True), ([], False)])
def test_sectors_in_a_ring_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, following: list[int], refused: bool
) -> None:
    monkeypatch.setattr("pipeline.intake.spreadsheet.CompDoc", lambda *_, **__: SimpleNamespace(SSAT=following))
    path = tmp_path / "a.xls"
    path.write_bytes(b"")
    with pytest.raises(UnreadableInput) if refused else nullcontext():
        _refuse_rings(path)


def test_a_merged_range_over_the_whole_sheet_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "a.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                content = content.replace(b"<sheetData/>", b"<sheetData>" + merge).replace(
                    b"<sheetData></sheetData>", merge
                )
                assert b"XFD1048576" in content
            target.writestr(info.filename, content)
    path = tmp_path / "b.xlsx"
    path.write_bytes(out.getvalue())
    with pytest.raises(UnreadableInput, match="合并单元格"):
        read_sheets(path)


def test_addresses() -> None:
    assert (address(0, 0), address(9, 27)) == ("A1", "AB10")
