"""PDF pages as pictures (PDFium) with the words of their text layer."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.internal as pdfium_i
import pypdfium2.raw as pdfium_c

from pipeline.errors import UnreadableInput
from pipeline.rendering.layout import PageLayout, page_layout
from pipeline.rendering.picture import (
    DEFAULT_DPI,
    LEAST_DPI,
    MOST_DPI,
    MOST_PAGES,
    PagePicture,
    Pixels,
    believed_dpi,
    fitting_scale,
)
from pipeline.rendering.strokes import page_rulings
from pipeline.rendering.words import page_words

MOST_OF_PAGE = 0.5
"""Share of the page from which on a picture is the page, and the text over it only someone's reading of it."""
SCAN_SHARE = 0.6
"""Share from which on a page without visible text is one scanned picture (its margins may be cut away)."""
RENDER_SECONDS = 60.0
"""A page takes well under a second; one that takes this long is made to."""
TAIL = 65_536
"""Bytes in which a PDF's end mark stands; some scanners append rubbish behind it."""

_LOCK = threading.RLock()
"""PDFium is not made for several threads; one page at a time in a process."""
_END_MARK = re.compile(rb"startxref\s+\d+\s+%%EOF")


class PdfMedia:
    """An open PDF."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with _LOCK:
            self._document = _open(path)
            self.page_count = len(self._document)

    def __enter__(self) -> PdfMedia:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the file and PDFium's memory back."""
        with _LOCK:
            self._document.close()

    def page(self, number: int, dpi: float | None = None) -> PagePicture:
        """Page `number` (from 1), at its scan's own resolution (150-300 dpi), else 200, or as asked.

        Raises:
            UnreadableInput: The page is damaged, or takes too long.
        """
        with _LOCK:
            page = self._load(number)
            try:
                layout = page_layout(page)
                trusted = layout.visible_text and layout.picture_share < MOST_OF_PAGE
                words = page_words(page) if trusted else ()
                rulings = page_rulings(page) if words else ()
                size = page.get_size()
                image, shown_dpi = _render(page, dpi or _natural_dpi(layout, size))
            except (pdfium.PdfiumError, MemoryError, ValueError) as error:
                raise UnreadableInput(f"第{number}页已损坏，无法显示") from error
            finally:
                page.close()
        scanned = layout.picture_share >= SCAN_SHARE
        believed = believed_dpi(shown_dpi, min(image.shape[:2])) if scanned else shown_dpi
        return PagePicture(image, believed, words, bool(words), scanned, layout.picture_share, layout.grey, rulings)

    def _load(self, number: int) -> Any:
        try:
            return self._document[number - 1]
        except (pdfium.PdfiumError, IndexError) as error:
            raise UnreadableInput(f"第{number}页已损坏，无法打开") from error


def _open(path: Path) -> pdfium.PdfDocument:
    """Opens a PDF that is whole and not locked.

    Raises:
        UnreadableInput: It is not.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise UnreadableInput("PDF 已加密，需要密码才能打开") from error
        if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
            raise UnreadableInput("PDF 使用了不支持的加密方式，无法打开") from error
        raise UnreadableInput("PDF 已损坏，无法打开") from error
    problem = _document_problem(path, len(document))
    if problem:
        document.close()
        raise UnreadableInput(problem)
    if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
        document.init_forms()  # else what was typed into a form's boxes is not drawn
    return document


def _document_problem(path: Path, pages: int) -> str:
    if pages > MOST_PAGES:
        return f"PDF 有{pages}页，超过上限{MOST_PAGES}页"
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL))
        if not _END_MARK.search(stream.read()):  # PDFium mends such a file in silence, with pages missing or empty
            return "PDF 不完整（文件尾缺失），可能上传或复制时中断"
    return ""


def _natural_dpi(layout: PageLayout, size: tuple[float, float]) -> float:
    if layout.picture_dpi is None or layout.picture_share < SCAN_SHARE:
        return DEFAULT_DPI
    short_side = min(size) / 72
    if believed_dpi(layout.picture_dpi, round(layout.picture_dpi * short_side)) is None:
        return layout.picture_dpi  # a page as large as its picture has pixels: shown one to one
    return min(max(layout.picture_dpi, LEAST_DPI), MOST_DPI)


def _render(page: Any, dpi: float) -> tuple[Pixels, float]:
    width, height = page.get_size()
    scale = fitting_scale(width, height, dpi / 72)
    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pdfium.PdfBitmap.new_native(columns, rows, format=pdfium_c.FPDFBitmap_BGR)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, columns, rows)
        _draw(page, bitmap, columns, rows)
        return bitmap.to_numpy().copy(), scale * 72
    finally:
        bitmap.close()


def _draw(page: Any, bitmap: Any, columns: int, rows: int) -> None:
    deadline = time.monotonic() + RENDER_SECONDS
    pause = pdfium_c.IFSDK_PAUSE(version=1)
    pdfium_i.set_callback(pause, "NeedToPauseNow", lambda _: time.monotonic() > deadline)
    place = (bitmap, page, 0, 0, columns, rows, 0, pdfium_c.FPDF_ANNOT)
    status = pdfium_c.FPDF_RenderPageBitmap_Start(*place, pause)
    pdfium_c.FPDF_RenderPage_Close(page)
    if status == pdfium_c.FPDF_RENDER_TOBECONTINUED:
        raise UnreadableInput("页面内容过于复杂，无法在时限内显示")
    if status == pdfium_c.FPDF_RENDER_FAILED:
        raise pdfium.PdfiumError("rendering failed")
    if page.formenv:
        pdfium_c.FPDF_FFLDraw(page.formenv, *place)
