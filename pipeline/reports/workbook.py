"""Sheets drawn as an .xlsx file: the only place of the reports that knows the spreadsheet library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.reports.differences import Piece
from pipeline.reports.fixed_times import with_fixed_times
from pipeline.reports.printing import FOOT_INCHES, MARGIN_INCHES, print_plan
from pipeline.reports.sheets import Sheet, Tone, Value, clean, lines_needed, text_of

FONT = "微软雅黑"
SIZE = 10
LINE_POINTS = 16.5
"""Height of a line of 10-point Chinese type."""
HEAD_POINTS = 30
PICTURE_BOX = (236, 110)
"""Pixels a picture may take in its cell."""
POINTS_A_PIXEL = 0.75
EMU_A_PIXEL = 9525
"""English metric units at 96 dots an inch."""
MOST_PICTURES = 2000
"""About 20 MB; a workbook with more is slow to open, and every picture is in the reports as well."""

_FILLS = {
    Tone.ERROR: "FBE4E1", Tone.WARNING: "FDF0D0", Tone.INFO: "E4EEF8", Tone.GOOD: "E3F2E8", Tone.OPEN: "EDE6F6",
    Tone.GONE: "F1F2F4",
}  # fmt: skip
_INKS = {
    Tone.ERROR: "9C1F17", Tone.WARNING: "7A5000", Tone.INFO: "2F5D8A", Tone.GOOD: "2C6E49", Tone.OPEN: "5B3E8A",
    Tone.GONE: "7B8794",
}  # fmt: skip
_LINE = Side(style="thin", color="D9DEE4")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The workbook; equal sheets give equal bytes."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "heyan"
    left, styles = MOST_PICTURES, Styles()
    for sheet in sheets:
        left -= _draw(workbook.create_sheet(sheet.title), sheet, left, styles)
    stream = BytesIO()
    workbook.save(stream)
    return with_fixed_times(stream.getvalue())


def _draw(target: Worksheet, sheet: Sheet, most_pictures: int, styles: Styles) -> int:
    """Draws a sheet; says how many pictures it took."""
    _head(target, sheet)
    pictures = 0
    for number, row in enumerate(sheet.rows, 2):
        taken = pictures
        for position, value in enumerate(row, 1):
            _cell(target.cell(number, position), value, styles)
            if value.picture and pictures < most_pictures:
                pictures += _place_picture(target, number, position, value, sheet)
        target.row_dimensions[number].height = _height(sheet, row, pictures > taken)
    return pictures


def _head(target: Worksheet, sheet: Sheet) -> None:
    for position, column in enumerate(sheet.columns, 1):
        cell = target.cell(1, position, column.heading)
        cell.font = Font(name=FONT, size=SIZE, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="3E5166")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _BORDER
        target.column_dimensions[get_column_letter(position)].width = column.width
    target.row_dimensions[1].height = HEAD_POINTS
    target.freeze_panes = target.cell(2, sheet.frozen + 1).coordinate
    target.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    target.sheet_view.showGridLines = False
    target.sheet_view.zoomScale = 100
    _set_up_print(target, sheet)


def _set_up_print(target: Worksheet, sheet: Sheet) -> None:
    """Landscape, as wide as its plan; heads and first columns repeated, pages counted."""
    plan = print_plan(sheet)
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = plan.paper.value
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = plan.pages_wide, 0
    target.page_setup.pageOrder = "overThenDown"
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.page_margins = PageMargins(MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES, FOOT_INCHES, 0.2, 0.25)
    target.print_title_rows = "1:1"
    if plan.repeated:
        target.print_title_cols = f"A:{get_column_letter(plan.repeated)}"
    footer = target.oddFooter
    if footer is not None and footer.center is not None:  # the library makes both for every sheet
        footer.center.text, footer.center.size = "&A　第&P页，共&N页", 9


@dataclass(frozen=True, slots=True)
class Form:
    """How a cell's content is written: its number format, and whether a sign that begins a formula is quoted."""

    number_format: str = "General"
    quoted: bool = False


EMPTY, TEXT, QUOTED = Form(), Form("@"), Form("@", quoted=True)


class Styles:
    """The few looks that cells have, made once a workbook: making them cell by cell takes most of the time."""

    def __init__(self) -> None:
        self._made: dict[tuple[Tone, bool, bool, Form], StyleArray] = {}

    def dress(self, cell: Cell | MergedCell, value: Value, form: Form) -> None:
        """Gives a cell, whose content stands, the look of its value."""
        look = (value.tone, value.centred, bool(value.link), form)
        if look not in self._made:
            _dress(cell, value, form)
            self._made[look] = cell._style  # type: ignore[union-attr]  # the stubs leave it out
        cell._style = self._made[look]  # type: ignore[union-attr]


def _cell(cell: Cell | MergedCell, value: Value, styles: Styles) -> None:
    styles.dress(cell, value, _fill_in(cell, value))
    if value.link:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, target=value.link)


def _dress(cell: Cell | MergedCell, value: Value, form: Form) -> None:
    cell.number_format = form.number_format
    cell.quotePrefix = form.quoted
    cell.alignment = Alignment(horizontal="center" if value.centred else None, vertical="top", wrap_text=True)
    cell.border = _BORDER
    ink = _INKS.get(value.tone, "1F2933")
    strong = value.centred and value.tone not in (Tone.NONE, Tone.GONE)
    cell.font = Font(name=FONT, size=SIZE, color=ink, bold=strong)
    if value.tone is not Tone.NONE:
        cell.fill = PatternFill("solid", fgColor=_FILLS[value.tone])
    if value.link:
        cell.font = Font(name=FONT, size=SIZE, color="2F5D8A", underline="single")


def _fill_in(cell: Cell | MergedCell, value: Value) -> Form:
    """Puts the content in: a number stays a number, all else is text and never a formula."""
    content = value.content
    if isinstance(content, int | float | Decimal):
        cell.value = content
        return Form(_number_format(content))
    text = clean(text_of(value))
    if not text:
        return EMPTY
    if any(piece.differs for piece in value.pieces):
        cell.value = _rich(value.pieces)
    else:
        cell.value = text
        cell.data_type = "s"
    return QUOTED if text.startswith(_FORMULA_SIGNS) else TEXT


def _rich(pieces: Iterable[Piece]) -> CellRichText:
    plain = InlineFont(rFont=FONT, sz=SIZE, color=Color("FF1F2933"))
    different = InlineFont(rFont=FONT, sz=SIZE, color=Color("FFC0281D"), b=True)
    return CellRichText(
        [TextBlock(different if piece.differs else plain, text) for piece in pieces if (text := clean(piece.text))]
    )


def _number_format(content: int | float | Decimal) -> str:
    if isinstance(content, int):
        return "0"
    places = max(0, -int(Decimal(str(content)).as_tuple().exponent))
    return "#,##0" + ("." + "0" * places if places else "")


def _height(sheet: Sheet, row: Sequence[Value], with_picture: bool) -> float:
    heights = [0.0]
    for value, column in zip(row, sheet.columns, strict=False):
        lines = min(sheet.most_lines, lines_needed(text_of(value), column.width)) * LINE_POINTS
        heights.append(lines + (_picture_points(value) if with_picture and value.picture else 0.0))
    return max(heights) + 5


def _picture_points(value: Value) -> float:
    return (_scaled(value.picture)[1] + 8) * POINTS_A_PIXEL


def _scaled(picture: bytes) -> tuple[int, int]:
    """A picture's size within its cell; never enlarged."""
    drawn = Image(BytesIO(picture))
    factor = min(1.0, PICTURE_BOX[0] / drawn.width, PICTURE_BOX[1] / drawn.height)
    return max(1, round(drawn.width * factor)), max(1, round(drawn.height * factor))


def _place_picture(target: Worksheet, row: int, column: int, value: Value, sheet: Sheet) -> int:
    """Anchors a cell's picture under the cell's text; moves and sorts with the row."""
    wide, high = _scaled(value.picture)
    picture = Image(BytesIO(value.picture))
    width = sheet.columns[column - 1].width
    lines = min(sheet.most_lines, lines_needed(text_of(value), width)) if text_of(value) else 0
    down = (round(lines * LINE_POINTS / POINTS_A_PIXEL) + 4) * EMU_A_PIXEL
    marker = AnchorMarker(col=column - 1, colOff=4 * EMU_A_PIXEL, row=row - 1, rowOff=down)
    picture.anchor = OneCellAnchor(_from=marker, ext=XDRPositiveSize2D(cx=wide * EMU_A_PIXEL, cy=high * EMU_A_PIXEL))
    target.add_image(picture)
    return 1
