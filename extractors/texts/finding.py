"""Where a page's lines are: one look of the detector at the size the print asks for, and one at what it passed over."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extractors.imaging.ink import cleared
from extractors.imaging.print_size import print_size
from extractors.readers.protocol import PageReader, Picture, Quad
from extractors.tables.cells import Grid
from extractors.texts.boxes import Mask, cut_at_cells, missed_ink, part_lines, uncovered

DETECTION_SIDE = 960
"""Longest side the detector sees: from 9 points upwards it finds all there is on an A4 page."""
FINE_DETECTION_SIDE = 1280
"""For pages of small print or of a size that can't be told, and for patches of a page."""
SMALL_PRINT = 9.6
"""Pixels of a character at DETECTION_SIDE below which the page is looked at more finely."""
COARSE = 4
"""Pixels of the page to one of the picture that coloured print is looked for in."""
ROW_GAP = 3.0
"""Usual character heights between the letters of a coloured line: titles are set wide,"""
COLOURED_HEIGHT = (0.7, 6.0)
"""and between these heights high; a ring that was not taken for a seal is higher."""
COVERED = 0.97
"""Share of such a line, each way, that a line found without its ink must cover to be it."""
REMAINS = 0.4
"""Share of a line, each way, that lies in such a row where it is what its ink left."""
LONG = 1.6
"""A line is so much longer than high, at least: two letters."""
PIECE = 0.8
"""Share of a piece's width that lies in its line's."""
PATCH_STEP = 192
"""Sides of a patch as the detector sees it are multiples of this: it needs surroundings, and few sizes."""

_Box = tuple[int, int, int, int]
"""A box of the page's pixels: x0, y0, x1, y1."""


def find_lines(picture: Picture, reader: PageReader) -> tuple[Quad, ...]:
    """Quads of the lines of a page, whichever way it lies."""
    size = print_size(picture)
    scale = min(1.0, DETECTION_SIDE / max(picture.shape[:2]))
    small = size is None or size * scale < SMALL_PRINT
    return reader.find_lines(picture, FINE_DETECTION_SIDE if small else DETECTION_SIDE)


def with_missed(
    quads: Sequence[Quad], picture: Picture, text_ink: Mask, height: float, reader: PageReader
) -> tuple[Quad, ...]:
    """The lines with those that were passed over: lines in larger patches of ink, and boxes of lone characters.

    Such a box comes in one piece a line where it holds two.

    Args:
        quads: Lines found on the straight page.
        picture: The page without coloured ink.
        text_ink: Its dark ink without rulings, 0 or 255.
        height: Of a character, pixels.
        reader: Whoever finds lines.
    """
    missed = missed_ink(text_ink, quads, height)
    found = [quad for patch in missed.patches for quad in _lines_in(picture, patch, reader)]
    if added := uncovered(found, quads):
        quads = (*quads, *added)
        missed = missed_ink(text_ink, quads, height)
    return (*quads, *part_lines(missed.boxes, text_ink, height))


def with_uncovered(
    quads: Sequence[Quad],
    picture: Picture,
    boxes: Sequence[tuple[float, float, float, float]],
    reader: PageReader,
    grids: Sequence[Grid],
    height: float,
) -> tuple[Quad, ...]:
    """The lines, those that touch a box found anew on a picture from which what covered them has been taken.

    A line that is only found in shorter pieces stays as it was; pieces of a line that is found whole, beside the boxes
    too, go for it.

    Args:
        quads: Lines found before.
        picture: The page without what lay in the boxes.
        boxes: x0, y0, x1, y1 in its pixels.
        reader: Whoever finds lines.
        grids: The page's tables, at whose cells lines are cut.
        height: Of a character, pixels.
    """
    for x0, y0, x1, y1 in boxes:
        rows = (0, max(0, round(y0)), picture.shape[1], round(y1))
        lines = cut_at_cells(_lines_in(picture, rows, reader), grids, height)
        found = [quad for quad in lines if _touches(quad, (x0, y0, x1, y1))]
        touched = [quad for quad in quads if _touches(quad, (x0, y0, x1, y1))]
        whole = [quad for quad in touched if _width(quad) > sum(_width(each) for each in found if _beside(each, quad))]
        kept = (*(quad for quad in quads if not _touches(quad, (x0, y0, x1, y1))), *whole)
        kept = tuple(quad for quad in kept if not any(_is_piece(quad, each) for each in found))
        quads = (*kept, *uncovered(found, kept))
    return tuple(quads)


def with_coloured(
    quads: Sequence[Quad],
    picture: Picture,
    coloured: Mask,
    stamps: Sequence[tuple[float, float, float, float]],
    height: float,
    reader: PageReader,
) -> tuple[Quad, ...]:
    """The lines with those that are printed in the colour of stamps: a certificate's title, a letterhead.

    What was found of such a line without its ink gives way to the line.

    Args:
        quads: Lines found with coloured ink out.
        picture: The page with all its ink.
        coloured: Its coloured print, 0 or 255.
        stamps: Boxes of its seals and slices in its pixels: what lies in them is no print.
        height: Of a character, pixels.
        reader: Whoever finds lines.
    """
    unstamped = cleared(coloured, stamps, height)
    rows = [row for row in _coloured_rows(unstamped, height) if not any(_covers(quad, row) for quad in quads)]
    if not rows:
        return tuple(quads)
    patch = (min(r[0] for r in rows), min(r[1] for r in rows), max(r[2] for r in rows), max(r[3] for r in rows))
    found = [quad for quad in _lines_in(picture, patch, reader) if any(_holds_middle(quad, row) for row in rows)]
    titles = [row for row in rows if any(_holds_middle(quad, row) for quad in found)]
    kept = [quad for quad in quads if not any(_remains(quad, row) for row in titles)]
    return (*kept, *uncovered(found, kept))


def _covers(quad: Quad, box: _Box) -> bool:
    """Whether a line is all of a box, and not what the coloured ink left of it."""
    across, down = _shared(quad, box)
    return across >= COVERED * (box[2] - box[0]) and down >= COVERED * (box[3] - box[1])


def _remains(quad: Quad, box: _Box) -> bool:
    """Whether a line was made of a box's ink: of what was left of its upper or its lower half, or of both."""
    across, down = _shared(quad, box)
    return across >= REMAINS * float(np.ptp(quad[:, 0])) and down >= REMAINS * float(np.ptp(quad[:, 1]))


def _shared(quad: Quad, box: _Box) -> tuple[float, float]:
    """Width and height that a line and a box share; less than 0 where they are apart."""
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return float(min(right, box[2]) - max(left, box[0])), float(min(bottom, box[3]) - max(top, box[1]))


def _coloured_rows(ink: Mask, height: float) -> Iterator[_Box]:
    """Boxes of what may be lines of coloured print: longer than high, of letters no lower than usual ones."""
    small = cv2.resize(ink, None, fx=1 / COARSE, fy=1 / COARSE, interpolation=cv2.INTER_AREA)
    _, small = cv2.threshold(small, 40, 255, cv2.THRESH_BINARY)
    apart = max(3, round(ROW_GAP * height / COARSE)) | 1
    joined = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((1, apart), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for x, y, width, tall, _ in stats[1:count]:
        if COLOURED_HEIGHT[0] * height <= tall * COARSE <= COLOURED_HEIGHT[1] * height and width >= LONG * tall:
            yield int(x * COARSE), int(y * COARSE), int((x + width) * COARSE), int((y + tall) * COARSE)


def _holds_middle(quad: Quad, box: _Box) -> bool:
    """Whether a line stands at the height of a box and within its ends."""
    x, y = (float(value) for value in quad.mean(axis=0))
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_piece(quad: Quad, line: Quad) -> bool:
    """Whether a quad is a shorter piece of a line."""
    shared = min(quad[:, 0].max(), line[:, 0].max()) - max(quad[:, 0].min(), line[:, 0].min())
    return _beside(quad, line) and _width(quad) < _width(line) and float(shared) >= PIECE * _width(quad)


def _width(quad: Quad) -> float:
    return float(np.ptp(quad[:, 0]))


def _beside(quad: Quad, other: Quad) -> bool:
    """Whether two quads are of one line of print: each level with the other's middle."""
    middle, level = float(quad[:, 1].mean()), float(other[:, 1].mean())
    tall = min(float(np.ptp(quad[:, 1])), float(np.ptp(other[:, 1])))
    return abs(middle - level) < 0.5 * tall


def _touches(quad: Quad, box: tuple[float, float, float, float]) -> bool:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return bool(left < box[2] and right > box[0] and top < box[3] and bottom > box[1])


def _lines_in(picture: Picture, patch: _Box, reader: PageReader) -> tuple[Quad, ...]:
    """Lines around a patch, seen as finely as a page of small print is."""
    scale = min(1.0, FINE_DETECTION_SIDE / max(picture.shape[:2]))
    x0, x1 = _stretched(patch[0], patch[2], picture.shape[1], scale)
    y0, y1 = _stretched(patch[1], patch[3], picture.shape[0], scale)
    side = round(max(x1 - x0, y1 - y0) * scale)
    found = reader.find_lines(np.ascontiguousarray(picture[y0:y1, x0:x1]), side)
    return tuple(np.asarray(quad + np.array([x0, y0]), dtype=np.float32) for quad in found)


def _stretched(start: int, end: int, limit: int, scale: float) -> tuple[int, int]:
    """A span widened evenly to a whole number of steps of the detector, inside the page."""
    length = min(limit, round(math.ceil((end - start) * scale / PATCH_STEP + 0.25) * PATCH_STEP / scale))
    first = min(max(0, (start + end - length) // 2), limit - length)
    return first, first + length
