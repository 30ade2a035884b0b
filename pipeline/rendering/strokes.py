"""The rulings that a PDF page draws: straight strokes and thin filled bars, across and down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from math import prod
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.model.geometry import BBox
from pipeline.rendering.words import as_shown

MOST_PATHS = 20_000
"""Drawn objects looked at; forms have hundreds, maps more, and what a page is shows before."""
MOST_POINTS = 1_000
"""Of one object; a table drawn as a whole has some hundred."""
THICKEST = 3.0
"""Points; thicker bars are the ground of a head or a chart's columns."""
LEVEL = 0.3
"""Points by which a ruling's ends may lie off each other: a tenth of a millimetre."""
PALEST = 250
"""From this on, of 255 in each colour, nobody sees it."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Path:
    """Runs of points joined by straight lines, in the page's own space; thickness of the stroke, None unstroked."""

    runs: tuple[tuple[Point, ...], ...]
    thickness: float | None
    filled: bool


def page_rulings(page: Any) -> tuple[BBox, ...]:
    """Rulings as thin boxes in fractions of the page as shown.

    `page` is a loaded pypdfium2 page; the caller holds PDFium's lock.
    """
    drawn = islice(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=6), MOST_PATHS)
    width, height = page.get_size()
    shown = (as_shown(box, page.get_bbox(), page.get_rotation()) for item in drawn for box in _rulings(_path(item)))
    inside = (
        BBox(box.x0 / width, box.y0 / height, box.x1 / width, box.y1 / height).intersection(BBox(0.0, 0.0, 1.0, 1.0))
        for box in shown
    )
    return tuple(box for box in inside if box.width >= 0 and box.height >= 0)


def _rulings(path: _Path) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right, top of each ruling."""
    if path.thickness is not None and path.thickness <= THICKEST:
        half = path.thickness / 2
        for (x0, y0), (x1, y1) in chain.from_iterable(pairwise(run) for run in path.runs):
            if min(abs(x1 - x0), abs(y1 - y0)) <= LEVEL < max(abs(x1 - x0), abs(y1 - y0)):
                yield min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half
    elif path.filled:
        for run in path.runs:
            xs, ys = [x for x, _ in run], [y for _, y in run]
            if len(run) > 1 and min(max(xs) - min(xs), max(ys) - min(ys)) <= THICKEST:
                yield min(xs), min(ys), max(xs), max(ys)


def _path(item: Any) -> _Path:
    fill, stroke = c_int(), c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
    stroked = bool(stroke.value) and _visible(pdfium_c.FPDFPageObj_GetStrokeColor, item)
    filled = fill.value != pdfium_c.FPDF_FILLMODE_NONE and _visible(pdfium_c.FPDFPageObj_GetFillColor, item)
    if not stroked and not filled:
        return _Path((), None, filled=False)
    thickness = c_float()
    pdfium_c.FPDFPageObj_GetStrokeWidth(item, thickness)
    try:
        return _Path(tuple(_runs(item)), thickness.value * _scale(item) if stroked else None, filled)
    except pdfium.PdfiumError:  # no place is told for it: the page is shown all the same
        return _Path((), None, filled=False)


def _visible(colour_of: Any, item: Any) -> bool:
    red, green, blue, opaque = c_uint(), c_uint(), c_uint(), c_uint()
    if not colour_of(item, red, green, blue, opaque):
        return True
    return opaque.value > 255 - PALEST and min(red.value, green.value, blue.value) < PALEST


def _scale(item: Any) -> float:
    """How much thicker a stroke is on the page than in its own space."""
    return float(prod(abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5 for matrix in _matrices(item)))


def _matrices(item: Any) -> Iterator[Any]:
    """From the object's own space outwards to the page's, through the forms that hold it."""
    yield item.get_matrix()
    container = item.container
    while container is not None:
        yield container.get_matrix()
        container = container.container


def _runs(item: Any) -> Iterator[tuple[Point, ...]]:
    """Points joined by straight lines, PDFium's own closing ones among them; a curve parts two runs."""
    matrices = tuple(_matrices(item))
    run: list[Point] = []
    for index in range(min(pdfium_c.FPDFPath_CountSegments(item), MOST_POINTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        point = _point(segment, matrices)
        if pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_LINETO:
            run.append(point)
        else:
            yield tuple(run)
            run = [point]
    yield tuple(run)


def _point(segment: Any, matrices: Sequence[Any]) -> Point:
    x, y = c_float(), c_float()
    pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
    point = (x.value, y.value)
    for matrix in matrices:
        point = matrix.on_point(*point)
    return point
