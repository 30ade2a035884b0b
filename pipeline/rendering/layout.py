"""What a PDF page is made of: visible text, hidden text, pictures and how much they cover. All under PDFium's lock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

MOST_OBJECTS = 20_000
"""Page objects looked at; drawings have more, and what a page is shows before."""
GRID = 64
"""Cells a side of the raster on which pictures' cover is added up: strips of one scan count together."""
HIDDEN_MODES = (3, 7)
"""Text render modes that draw nothing: what a scanner's own recogniser lays over its picture."""

Box = tuple[float, float, float, float]
ONE_CHANNEL = 8
"""Bits a pixel of a picture without colour."""


@dataclass(frozen=True, slots=True)
class PageLayout:
    """`picture_share` of the page, 0-1; `picture_dpi` of the largest picture, None where there is none.

    `grey`: the largest picture is stored without colour.
    """

    visible_text: bool
    picture_share: float
    picture_dpi: float | None
    grey: bool


def page_layout(page: Any) -> PageLayout:
    """The layout of a loaded pypdfium2 page."""
    page_box = page.get_bbox()
    covered = np.zeros((GRID, GRID), dtype=bool)
    visible, largest, dpi, grey = False, 0.0, None, False
    kinds = [pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_IMAGE]
    for item in islice(page.get_objects(filter=kinds, max_depth=6), MOST_OBJECTS):
        if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            visible = visible or pdfium_c.FPDFTextObj_GetTextRenderMode(item) not in HIDDEN_MODES
            continue
        for box in _bounds(item):
            _cover(covered, box, page_box)
            if (area := _area(box)) > largest:
                largest, dpi, grey = area, _picture_dpi(item, box), _is_grey(item)
    return PageLayout(visible, float(covered.mean()), dpi, grey)


def _bounds(item: Any) -> Iterator[Box]:
    """The box of a picture on the page; its place inside form objects carried outwards."""
    try:
        box = item.get_bounds()
        container = item.container
        while container is not None:
            box = container.get_matrix().on_rect(*box)
            container = container.container
    except pdfium.PdfiumError:
        return
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    yield left, bottom, right, top


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _cover(covered: np.ndarray[Any, np.dtype[np.bool_]], box: Box, page_box: Box) -> None:
    width, height = page_box[2] - page_box[0], page_box[3] - page_box[1]
    if width <= 0 or height <= 0:
        return
    x0, x1 = ((value - page_box[0]) / width * GRID for value in (box[0], box[2]))
    y0, y1 = ((value - page_box[1]) / height * GRID for value in (box[1], box[3]))
    covered[_cells(y0, y1), _cells(x0, x1)] = True


def _cells(start: float, end: float) -> slice:
    return slice(round(min(max(start, 0), GRID)), round(min(max(end, 0), GRID)))


def _is_grey(item: Any) -> bool:
    try:
        stored = item.get_metadata()
    except pdfium.PdfiumError:
        return False
    indexed = stored.colorspace == pdfium_c.FPDF_COLORSPACE_INDEXED
    return bool(0 < stored.bits_per_pixel <= ONE_CHANNEL and not indexed)


def _picture_dpi(item: Any, box: Box) -> float | None:
    try:
        pixels = sorted(item.get_px_size())
    except pdfium.PdfiumError:
        return None
    inches = sorted(((box[2] - box[0]) / 72, (box[3] - box[1]) / 72))
    return max(pixels[0] / inches[0], pixels[1] / inches[1]) if inches[0] > 0 else None
