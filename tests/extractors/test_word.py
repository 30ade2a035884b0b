from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extractors.word import WordTable, read_word
from pipeline.errors import UnreadableInput
from tests.extractors.words import deleted, fill, inserted, run, symbol


def test_blocks_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("标题")
    fill(document.add_table(1, 2), [["单位名称", "某公司"]])
    document.add_paragraph("结尾\t一\n二")
    document.save(str(tmp_path / "a.docx"))
    first, table, last = (block for block in read_word(tmp_path / "a.docx") if block)
    assert (first, last) == ("标题", "结尾\t一\n二")
    assert isinstance(table, WordTable) and [cell.text for cell in table.cells] == ["单位名称", "某公司"]


def test_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "揭榜负责人"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "姓名：李一"
    table.cell(1, 1).text, table.cell(1, 2).text = "手机", "138"
    table.cell(2, 0).merge(table.cell(2, 2)).text = "整行"
    document.save(str(tmp_path / "a.docx"))
    (found,) = (block for block in read_word(tmp_path / "a.docx") if isinstance(block, WordTable))
    assert [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in found.cells] == [
        (0, 0, 2, 1, "揭榜负责人"),
        (0, 1, 1, 2, "姓名：李一"),
        (1, 1, 1, 1, "手机"),
        (1, 2, 1, 1, "138"),
        (2, 0, 1, 3, "整行"),
    ]
    assert found.columns == 3


def test_symbols_of_check_boxes(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for code, word in (("F052", "是"), ("F0A3", "否"), ("F0FE", "甲"), ("F06F", "乙"), ("F050", "丙"), ("F0FC", "丁")):
        paragraph._p.append(symbol(code))
        paragraph._p.append(run(word))
    document.save(str(tmp_path / "a.docx"))
    assert read_word(tmp_path / "a.docx") == ("☑是□否☑甲□乙√丙√丁",)


def test_deleted_text_is_gone_and_inserted_text_stands(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("注册资本")
    for piece in (deleted("3000"), inserted("5000"), run("万元")):
        paragraph._p.append(piece)
    document.save(str(tmp_path / "a.docx"))
    assert read_word(tmp_path / "a.docx") == ("注册资本5000万元",)


def test_content_controls_and_links(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("邮箱：")
    paragraph._p.append(
        parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent><w:r><w:t>a@</w:t></w:r></w:sdtContent></w:sdt>")
    )
    paragraph._p.append(parse_xml(f"<w:hyperlink {nsdecls('w')}><w:r><w:t>example.cn</w:t></w:r></w:hyperlink>"))
    document.save(str(tmp_path / "a.docx"))
    assert read_word(tmp_path / "a.docx") == ("邮箱：a@example.cn",)


def test_a_table_within_a_cell_is_part_of_the_cell(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "外"
    fill(cell.add_table(1, 2), [["内一", "内二"]])
    document.save(str(tmp_path / "a.docx"))
    (table,) = (block for block in read_word(tmp_path / "a.docx") if isinstance(block, WordTable))
    assert [each.text for each in table.cells] == ["外\n内一\n内二"]


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 cut short"])
def test_what_is_no_document_is_refused_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(UnreadableInput, match="可编辑版"):
        read_word(tmp_path / "a.docx")


def test_a_damaged_document_is_refused(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    whole = (tmp_path / "a.docx").read_bytes()
    for length in (len(whole) // 3, len(whole) - 40):
        (tmp_path / "b.docx").write_bytes(whole[:length])
        with pytest.raises(UnreadableInput):
            read_word(tmp_path / "b.docx")


def test_a_document_of_broken_xml_is_refused(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(tmp_path / "a.docx") as good, zipfile.ZipFile(tmp_path / "b.docx", "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data[: len(data) // 2] if name == "word/document.xml" else data)
    with pytest.raises(UnreadableInput):
        read_word(tmp_path / "b.docx")
