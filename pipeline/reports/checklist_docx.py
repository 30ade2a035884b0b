"""核验单.docx: the checklist drawn for printing, to staple to the paper; one A4 page unless much is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from pipeline.reports.checklist import Checklist, Sentence
from pipeline.reports.fixed_times import with_fixed_times
from pipeline.reports.required_items import Item, Tick
from pipeline.reports.sheets import clean
from pipeline.reports.wording import SEVERITIES

FONT = "宋体"
STRONG = "黑体"
SMALL, BODY, LARGE, TITLE = 8.5, 10, 14, 18
MARGIN = 15
"""Mm on every side: printers leave 5, a staple takes 10."""
WIDTH = 210 - 2 * MARGIN
MARK, NAME, WHERE = 7.0, 43.0, 40.0
"""Mm of a ticked item's columns; two items stand side by side."""
HALF = 3
LEGEND = "☑ 已见　☐ 缺失或不符　？ 请人工核看　— 未作核验　　“见”后为下方条目的编号，与核验页面（report.html）一致"
NOTE = "本单由核验程序依扫描件、可编辑版和网上数据生成，供经办人核对纸质件时使用，以纸质件和经办人意见为准。"
INKS = {"clean": "2C6E49", "look": "7A5000", "correct": "9C1F17", "failed": "5B3E8A"}
RULE, SHADE = "8A94A0", "EEF0F2"
UNDECIDED = "待定"


def checklist_bytes(checklist: Checklist) -> bytes:
    """The document; equal checklists give equal bytes."""
    document = docx.Document()
    _set_up(document)
    _head(document, checklist)
    _facts(document, checklist.facts)
    if checklist.pieces or checklist.seals:
        _ticked(document, checklist)
    _sentences(document, "错误和提醒", checklist.sentences, "没有错误和提醒。")
    if checklist.open:
        _sentences(document, "未能判定，请对照原件核看", checklist.open, "")
    _close(document)
    stream = BytesIO()
    document.save(stream)
    return with_fixed_times(stream.getvalue())


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.header_distance = section.footer_distance = Mm(7)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    document.core_properties.author, document.core_properties.title = "heyan", "核验单"
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第", "PAGE"), ("页，共", "NUMPAGES"), ("页", "")):
        _write(footer, text, SMALL)
        if field:
            _number(footer, field)


def _head(document: Any, checklist: Checklist) -> None:
    title = _paragraph(document, "核验单", TITLE, STRONG)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    notice = _paragraph(document, checklist.notice, SMALL)
    notice.alignment, notice.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(4)
    verdict = document.add_paragraph()
    _write(verdict, f"结论：{checklist.conclusion_word}", LARGE, STRONG, INKS[checklist.conclusion])
    _write(verdict, f"　{checklist.advice}", BODY)
    verdict.paragraph_format.space_after = Pt(3)


def _facts(document: Any, facts: Sequence[tuple[str, str]]) -> None:
    label, text = 23.0, WIDTH / 2 - 23.0
    table = _table(document, (label, text, label, text))
    for start in range(0, len(facts), 2):
        cells = table.add_row().cells
        for position, (name, value) in enumerate(facts[start : start + 2]):
            _fill(cells[2 * position], name, BODY, STRONG)
            _fill(cells[2 * position + 1], value or "—", BODY)
        if start + 1 == len(facts):
            cells[1].merge(cells[3])


def _ticked(document: Any, checklist: Checklist) -> None:
    """Pieces on the left, seals and signature on the right; the room that is left there is for notes by hand."""
    _heading(document, "应有的材料、印章和签字")
    table = _table(document, (MARK, NAME, WHERE) * 2)
    head = table.add_row().cells
    for start, text in ((0, "材料"), (HALF, "印章和签字")):
        _fill(head[start].merge(head[start + HALF - 1]), text, BODY, STRONG)
    rows = [table.add_row().cells for _ in range(max(len(checklist.pieces), len(checklist.seals)))]
    for start, items in ((0, checklist.pieces), (HALF, checklist.seals)):
        for cells, item in zip(rows, items, strict=False):
            _item(cells[start : start + HALF], item)
        if len(items) < len(rows):
            room = rows[len(items)][start].merge(rows[-1][start + HALF - 1])
            _fill(room, "批注：", SMALL)
    _paragraph(document, LEGEND, SMALL)


def _item(cells: Sequence[Any], item: Item) -> None:
    """A line of the list; one that is not simply in order is shaded, and points to its sentences."""
    see = f"见{'、'.join(map(str, item.sentences))}" if item.sentences else ""
    _fill(cells[0], item.tick.value, BODY, STRONG)
    _fill(cells[1], item.name, SMALL)
    _fill(cells[2], "　".join(part for part in (item.where, see) if part), SMALL)
    if item.tick in (Tick.MISSING, Tick.LOOK):
        for cell in cells:
            _shade(cell)


def _sentences(document: Any, title: str, sentences: Sequence[Sentence], none: str) -> None:
    _heading(document, f"{title}（{len(sentences)}条）" if sentences else title)
    if not sentences:
        _paragraph(document, none, BODY)
        return
    table = _table(document, (9.0, 12.0, WIDTH - 51.0, 30.0))
    for sentence in sentences:
        cells = table.add_row().cells
        _fill(cells[0], str(sentence.number), BODY)
        _fill(cells[1], SEVERITIES.get(sentence.severity, UNDECIDED), BODY, STRONG)
        _fill(cells[2], sentence.text, BODY)
        _fill(cells[3], sentence.pages, SMALL)


def _close(document: Any) -> None:
    line = _paragraph(document, "核对意见：", BODY, STRONG)
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(8), Pt(16)
    signed = _paragraph(document, "核对人（签字）：＿＿＿＿＿＿＿＿＿＿　　　日期：＿＿＿＿年＿＿月＿＿日", 11)
    signed.alignment, signed.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.RIGHT, Pt(4)
    line.paragraph_format.keep_with_next = signed.paragraph_format.keep_with_next = True
    _paragraph(document, NOTE, SMALL)


def _heading(document: Any, text: str) -> None:
    heading = _paragraph(document, text, 11, STRONG)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(6), Pt(2)
    heading.paragraph_format.keep_with_next = True


def _paragraph(document: Any, text: str, size: float, font: str = FONT) -> Any:
    paragraph = document.add_paragraph()
    _write(paragraph, text, size, font)
    return paragraph


def _write(paragraph: Any, text: str, size: float, font: str = FONT, ink: str = "") -> None:
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if ink:
        run.font.color.rgb = RGBColor.from_string(ink)


def _fill(cell: Any, text: str, size: float, font: str = FONT) -> None:
    _write(cell.paragraphs[0], text, size, font)


def _shade(cell: Any) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _table(document: Any, widths: Sequence[float]) -> Any:
    """A ruled table without rows, its columns `widths` mm wide; a row is not broken over pages."""
    table = document.add_table(rows=0, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    table._tbl.tblPr.append(borders)
    return table


def _number(paragraph: Any, field: str) -> None:
    """A field that the word processor fills: the page's number, or how many there are."""
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), field)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    simple.append(run)
    paragraph._p.append(simple)
