"""The docx printer: editable copies of every family, and the judging family's print through LibreOffice."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from samples.printing.blocks import Block, Break, Cell, Document, Heading, Para, Space, Table, pieces, section_anchor
from samples.printing.layout import Layout

OFFICE = "soffice"
TIME_LIMIT = 300
TEXT_WIDTH_MM = 164
STAMPED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
"""When an office file says it was made and last saved."""
ZIP_TIME = (2021, 11, 1, 0, 0, 0)
ALIGNED = {
    "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
}  # fmt: skip


def docx_bytes(document: Document, layout: Layout, number: int, anchors: bool) -> bytes:
    """The document as docx; with `anchors` for printing, without them as an editable copy."""
    writer = _Writer(layout, anchors)
    for index, section in enumerate(document.sections):
        writer.section(section.blocks, section_anchor(section, number), first=index == 0)
    return fixed_times(writer.saved())


def print_documents(documents: Sequence[tuple[Document, Layout]], out: Path) -> tuple[Path, ...]:
    """Print all documents in one call of LibreOffice; a PDF each.

    Raises:
        RuntimeError: LibreOffice did not make them all.
    """
    files = []
    for number, (document, layout) in enumerate(documents):
        file = out / f"print{number:04d}.docx"
        file.write_bytes(docx_bytes(document, layout, number, anchors=True))
        files.append(file)
    with tempfile.TemporaryDirectory(dir=out) as home:
        call = [
            OFFICE, "--headless", f"-env:UserInstallation={Path(home).resolve().as_uri()}", "--convert-to", "pdf",
            "--outdir", str(out), *map(str, files),
        ]  # fmt: skip
        subprocess.run(call, capture_output=True, timeout=TIME_LIMIT, check=False)
    pdfs = tuple(file.with_suffix(".pdf") for file in files)
    if missing := [pdf.name for pdf in pdfs if not pdf.is_file()]:
        raise RuntimeError(f"LibreOffice did not print {', '.join(missing)}")
    return pdfs


def fixed_times(data: bytes) -> bytes:
    """A zipped office file with all its times fixed, so that the same content is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(entry.filename)
            if entry.filename == "docProps/core.xml":
                content = STAMPED.sub(rb"\g<1>2021-11-01T00:00:00Z\g<2>", content)
            new.writestr(info, content)
    return out.getvalue()


class _Writer:
    """Sets blocks into one docx."""

    def __init__(self, layout: Layout, anchors: bool) -> None:
        self._layout = layout
        self._anchors = anchors
        self._document: Any = docx.Document()
        page = self._document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(23)
        page.top_margin = page.bottom_margin = Mm(22)
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = layout.latin, Pt(layout.size_pt)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), layout.face)
        normal.paragraph_format.space_after = Pt(0)
        # Without it LibreOffice takes the Taiwan or Japan glyphs of a font collection.
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
        normal.element.rPr.append(language)

    def saved(self) -> bytes:
        """The docx file."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def section(self, blocks: Sequence[Block], anchor: str, first: bool) -> None:
        """Blocks on a new page."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.page_break_before = not first
        paragraph.paragraph_format.line_spacing = Pt(1)
        if self._anchors:
            self._anchor(paragraph, anchor)
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Para):
            self._paragraph(block)
        elif isinstance(block, Space):
            spacer = self._document.add_paragraph()
            spacer.paragraph_format.line_spacing = Mm(block.mm)
        elif isinstance(block, Break):
            self._document.add_page_break()
        else:
            self._table(block)

    def _heading(self, block: Heading) -> None:
        paragraph = self._document.add_paragraph()
        title = block.level == "title"
        paragraph.alignment = ALIGNED["center" if title else "left"]
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.space_after = Pt(6 if title else 2)
        for run in self._runs(paragraph, block.text):
            run.bold = block.level != "item"
            run.font.size = Pt(self._layout.size_pt * (1.6 if title else 1.08))

    def _paragraph(self, block: Para) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = ALIGNED[block.align]
        paragraph.paragraph_format.line_spacing = 1.45
        if block.indent:
            paragraph.paragraph_format.first_line_indent = Pt(self._layout.size_pt * 2)
        for run in self._runs(paragraph, block.text):
            if block.large:
                run.font.size = Pt(self._layout.size_pt * 1.35)

    def _runs(self, paragraph: Any, text: str) -> list[Any]:
        runs = []
        for kind, piece in pieces(text):
            if kind == "anchor":
                if self._anchors:
                    self._anchor(paragraph, piece)
                continue
            run = paragraph.add_run(piece)
            run.underline = kind == "underline"
            runs.append(run)
        return runs

    def _anchor(self, paragraph: Any, name: str) -> None:
        run = paragraph.add_run(f"@@{name}@@")
        run.font.size, run.font.name, run.font.color.rgb = Pt(1), "DejaVu Sans", RGBColor(255, 255, 255)

    def _table(self, block: Table) -> None:
        table = self._document.add_table(len(block.rows), len(block.widths))
        table.autofit = False
        _rule(table, self._layout.rule_pt)
        total = sum(block.widths)
        widths = [Mm(TEXT_WIDTH_MM * width / total) for width in block.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        grid = [list(row.cells) for row in table.rows]
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(block.rows):
            table.rows[row].height = Mm(block.row_mm)
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                self._cell(grid, row, column, cell)
                taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
        for line in grid:
            for place, width in zip(line, widths, strict=True):
                place.width = width

    def _cell(self, grid: list[list[Any]], row: int, column: int, cell: Cell) -> None:
        place = grid[row][column]
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(grid[row + cell.rows - 1][column + cell.columns - 1])
        place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for number, line in enumerate(cell.text.split("\n")):
            paragraph = place.paragraphs[0] if number == 0 else place.add_paragraph()
            paragraph.alignment = ALIGNED[cell.align]
            self._runs(paragraph, line)


def _rule(table: Any, points: float) -> None:
    """Give a table single black rules all over."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", str(round(points * 8))), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
