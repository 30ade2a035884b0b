"""Everything that is read off one page's picture: the order of the steps, each in a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extractors.forms.ticks import PageInk, measure_ticks
from extractors.imaging.deskew import find_skew
from extractors.imaging.flattening import find_page_quad, flatten_matrix
from extractors.imaging.frame import Box, PageFrame
from extractors.imaging.ink import Inks, Mask, cleared, find_inks, is_tinted, without_blue, without_red
from extractors.imaging.orientation import find_rotation, lies_sideways, reads_upright, sample_crops
from extractors.imaging.working import Flat, Working, straighten, straighten_again, straighten_mask, turned_quads
from extractors.marks import find_marks
from extractors.readers.known import KnowingReader
from extractors.readers.protocol import LineReader, PageReader, Picture, Quad
from extractors.seals.lifting import lift_seals
from extractors.tables.cells import Grid, find_grids, without_headlines
from extractors.tables.drawn import find_drawn_grids
from extractors.tables.few_rulings import find_open_tables, levels_across, rules_outside
from extractors.tables.filling import fill_tables
from extractors.tables.rulings import Rulings, find_rulings
from extractors.texts.at_edges import without_slices
from extractors.texts.boxes import character_height, cut_at_cells, part_lines, with_line_ends
from extractors.texts.covered import with_covered
from extractors.texts.finding import find_lines, with_coloured, with_missed, with_uncovered
from extractors.texts.layer import lines_of_words
from extractors.texts.order import in_reading_order
from extractors.texts.reading import read_lines
from extractors.texts.specimens import told_by_specimens
from pipeline.model.document import PageReading, PageSource
from pipeline.model.seal import Ink
from pipeline.model.text import Layer, Line
from pipeline.notices.profile import Profile
from pipeline.rendering import PagePicture

BLANK_INK, LITTLE_INK = 0.00005, 0.0006
"""Shares of dark pixels, the margins aside: below the first a page is blank, below the second if no line is sure."""
SURE_LINE = 0.9
LEGIBLE = 0.62
"""Mean probability of a page's characters below which the page can't be read."""
A4_MM = 297.0
SHEET_SIDES = (1.37, 1.46)
"""Long side through short side: A4 and its like are 1.414. A phone's pictures are 1.333, 1.5 or 1.778, and show any
part of a sheet: their scale is not known."""
LEAST_SHEET = 800
"""Pixels of a page's long side, at least: 70 dpi, where print just can be read."""


@dataclass(frozen=True, slots=True)
class _Layers:
    """A page as it lies: flat, its coloured inks, the picture without them, its lines, dots an inch if known."""

    flat: Flat
    inks: Inks
    filtered: Picture
    quads: tuple[Quad, ...]
    dpi: float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page ready to be read: upright and straight, its layers, tables, boxes of lines, scale (pixels a mm)."""

    rotation: int
    working: Working
    filtered: Picture
    coloured: Mask
    red: Mask
    page: _Layers
    rulings: Rulings
    grids: tuple[Grid, ...]
    quads: tuple[Quad, ...]
    height: float
    pixels_per_mm: float | None


def read_page(picture: PagePicture, number: int, reader: PageReader, profile: Profile) -> PageReading:
    """Read one page: orientation, inks, lines, tables, ticks, seals, slices, signatures."""
    inked = _inked(picture.image)
    if inked < BLANK_INK:
        return _blank_page(picture, number)
    read = _read_digital if picture.born_digital else _read_picture
    reading = read(picture, number, reader, profile)
    return reading if inked >= LITTLE_INK or _says_something(reading) else _blank_page(picture, number)


def _read_picture(picture: PagePicture, number: int, reader: PageReader, profile: Profile) -> PageReading:
    """A scanned or photographed page."""
    flat = _flat(picture.image)
    inks = find_inks(flat.picture)
    filtered = without_blue(without_red(flat.picture, inks.red), inks.blue)
    page = _Layers(flat, inks, filtered, find_lines(filtered, reader), picture.dpi)
    sheet, known = _upright_sheet(page, reader)
    return _read_scan(sheet, number, picture, reader, known, profile)


def _flat(image: Picture) -> Flat:
    quad = find_page_quad(image)
    size = (image.shape[1], image.shape[0])
    if quad is None:
        return Flat(image, np.eye(3), size)
    matrix, flat_size = flatten_matrix(quad)
    picture = cv2.warpPerspective(image, np.linalg.inv(matrix), flat_size, flags=cv2.INTER_LINEAR)
    return Flat(np.asarray(picture, dtype=np.uint8), matrix, size)


def _upright_sheet(page: _Layers, reader: PageReader) -> tuple[Sheet, LineReader]:
    """The sheet the right way up, and the reader with the lines that told so.

    Most pages lie upright: they are taken to, and a few of their lines are read first.
    """
    if not lies_sideways(page.quads):
        sheet = _sheet(page, 0, reader)
        crops = sample_crops(sheet.filtered, sheet.quads)
        lines = reader.read_crops(crops)
        if not crops or reads_upright(crops, lines):
            return sheet, KnowingReader(reader, crops, lines)
        rotation = find_rotation(page.filtered, page.quads, reader)
        if rotation == 0:
            return sheet, KnowingReader(reader, crops, lines)
        return _sheet(page, rotation, reader), reader
    return _sheet(page, find_rotation(page.filtered, page.quads, reader), reader), reader


def _sheet(page: _Layers, rotation: int, reader: PageReader) -> Sheet:
    """The page turned by `rotation` and straightened, with all its tables and boxes of lines."""
    skew = find_skew(turned_quads(page.flat, rotation, page.quads))
    working = straighten(page.flat, rotation, skew, page.quads)
    coloured = straighten_mask(np.asarray(cv2.bitwise_or(page.inks.red, page.inks.blue), np.uint8), rotation, skew)
    red = straighten_mask(page.inks.red, rotation, skew)
    clear = straighten_again(working.picture, page.filtered, coloured, rotation, skew)
    height = character_height(working.quads, max(clear.shape[:2]) / 70)
    scale = max(clear.shape[:2]) / A4_MM if page.flat.photographed or page.dpi is None else page.dpi / 25.4
    rulings = find_rulings(clear, height)
    grids = without_headlines(find_grids(rulings, height), working.quads)
    quads = cut_at_cells(working.quads, grids, height)
    quads = part_lines(quads, rulings.text_ink, height)
    quads = with_line_ends(quads, rulings.text_ink, height)
    quads = with_missed(quads, clear, rulings.text_ink, height, reader)
    return Sheet(rotation, working, clear, coloured, red, page, rulings, grids, quads, height, scale)


def _read_scan(
    sheet: Sheet, number: int, picture: PagePicture, reader: PageReader, known: LineReader, profile: Profile
) -> PageReading:
    frame = sheet.working.frame
    scale = sheet.pixels_per_mm if is_scaled(sheet.page.flat, sheet.working.picture, picture.dpi) else None
    marks = find_marks(sheet.working.picture, scale, frame, reader, sheet.quads)
    stamps = [*(seal.bbox for seal in marks.seals), *(mark.bbox for mark in marks.slices)]
    black = [frame.to_working(seal.bbox) for seal in marks.seals if seal.colour is Ink.BLACK]
    cleared = Layer.WITHOUT_SEAL if black else Layer.WITHOUT_RED
    sheet = _without_seals(sheet, black, reader) if black else sheet
    boxes = [frame.to_working(stamp) for stamp in stamps]
    quads = with_coloured(sheet.quads, sheet.working.picture, sheet.red, boxes, sheet.height, reader)
    sheet = replace(sheet, quads=quads)
    read = read_lines(sheet.quads, sheet.working.picture, sheet.filtered, sheet.coloured, stamps, frame, known, cleared)
    covered = with_covered(read, [seal.bbox for seal in marks.seals if seal.colour is Ink.BLACK])
    if sheet.page.inks.colourless and scale is not None:
        covered = without_slices(covered, frame.working_size[0], scale)
    lines = in_reading_order(told_by_specimens(covered, sheet.filtered, frame))
    rules = rules_outside(sheet.rulings.horizontal, sheet.grids, sheet.height)
    width, height = frame.page_size
    return PageReading(
        page=number,
        rotation=sheet.rotation,
        width=width,
        height=height,
        dpi=picture.dpi,
        source=PageSource.OCR,
        blank=not lines and not marks.seals,
        colourless=sheet.page.inks.colourless,
        tinted=is_tinted(sheet.page.flat.picture),
        grey=picture.grey,
        photographed=sheet.page.flat.photographed,
        unreadable=_unreadable(lines),
        frame=tuple(float(value) for value in frame.matrix.ravel()),
        working_size=frame.working_size,
        pixels_per_mm=sheet.pixels_per_mm,
        lines=lines,
        tables=fill_tables(sheet.grids, lines, frame),
        open_tables=find_open_tables(rules, sheet.rulings.vertical, lines, sheet.height, frame),
        levels=levels_across(rules, lines, frame),
        boxes=measure_ticks(_all_ink(sheet, boxes), lines, option_words(profile), sheet.grids, frame, sheet.height),
        seals=marks.seals,
        slices=marks.slices,
    )


def _without_seals(sheet: Sheet, seals: Sequence[Box], reader: PageReader) -> Sheet:
    """The sheet with black seals taken off its print, whose lines are found anew there.

    A seal's strokes and lines to write on may have made a table: one is kept that is there without the seals too.
    """
    scale = sheet.pixels_per_mm or max(sheet.filtered.shape[:2]) / A4_MM
    picture, lifted = lift_seals(sheet.filtered, seals, scale)
    clear = find_grids(find_rulings(picture, sheet.height), sheet.height)
    grids = tuple(grid for grid in sheet.grids if any(_overlap(grid.box, other.box) for other in clear))
    quads = with_uncovered(sheet.quads, picture, seals, reader, grids, sheet.height)
    covered = np.asarray(cv2.bitwise_or(sheet.coloured, lifted), np.uint8)
    return replace(sheet, filtered=picture, coloured=covered, quads=quads, grids=grids)


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def is_scaled(flat: Flat, picture: Picture, dpi: float | None) -> bool:
    """Whether a page's scale is known: from its file, or since it is a whole sheet; of a part of one it is not.

    Args:
        flat: The page as it lies; one cut out of a photograph has a sheet's proportions if it is one.
        picture: The same page upright and straight.
        dpi: What its file states.
    """
    if dpi is not None and not flat.photographed:
        return True
    short, long = sorted((int(picture.shape[0]), int(picture.shape[1])))
    return SHEET_SIDES[0] <= long / short <= SHEET_SIDES[1] and (flat.photographed or long >= LEAST_SHEET)


def _all_ink(sheet: Sheet, stamps: Sequence[Box]) -> PageInk:
    """Dark ink and coloured pens; `stamps` are boxes in pixels, out of which their ink may reach a little."""
    rulings, pens = sheet.rulings, sheet.coloured
    return PageInk(
        np.asarray(cv2.bitwise_or(rulings.ink, pens), np.uint8),
        np.asarray(cv2.bitwise_or(rulings.text_ink, pens), np.uint8),
        cleared(pens, stamps, sheet.height),
    )


def option_words(profile: Profile) -> tuple[str, ...]:
    """The words of all tick boxes of the notice's form, directions aside."""
    return tuple(option for field in profile.fields for option in field.options)


def _unreadable(lines: Sequence[Line]) -> str:
    weights = [len(line.chars) for line in lines]
    if sum(weights) < 12:
        return ""
    mean = float(np.average([line.confidence for line in lines], weights=weights))
    return "" if mean >= LEGIBLE else "字迹模糊，无法辨认"


def _says_something(reading: PageReading) -> bool:
    """Whether a page with hardly more ink than dust has a seal, or a line that is surely text."""
    sure = any(line.confidence >= SURE_LINE and len(line.text) > 1 for line in reading.lines)
    return sure or bool(reading.seals)


def _inked(image: Picture) -> float:
    """The share of a page that is dark ink; the outer 4 % are the scanner's."""
    grey = cv2.resize(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    margin_y, margin_x = grey.shape[0] // 25, grey.shape[1] // 25
    inner = grey[margin_y:-margin_y, margin_x:-margin_x]
    local = cv2.blur(inner, (31, 31))
    dark = (local.astype(np.int16) - inner) > 45
    return float(dark.mean())


def _blank_page(picture: PagePicture, number: int) -> PageReading:
    height, width = picture.image.shape[:2]
    source = PageSource.TEXT if picture.born_digital else PageSource.OCR
    return PageReading(page=number, rotation=0, width=width, height=height, dpi=picture.dpi, source=source, blank=True)


def _read_digital(picture: PagePicture, number: int, reader: LineReader, profile: Profile) -> PageReading:
    """A born-digital page: its own text, and its own rulings, from its rendering where it draws none."""
    height, width = picture.image.shape[:2]
    frame = PageFrame(np.eye(3), (width, height), (width, height))
    lines = in_reading_order(lines_of_words(picture.words, height / width))
    tall = float(np.median([line.bbox.height for line in lines])) * height if lines else height / 70
    rulings, grids = find_drawn_grids(picture, tall)
    rules = rules_outside(rulings.horizontal, grids, tall)
    scale = picture.dpi / 25.4 if picture.dpi else None
    marks = find_marks(picture.image, scale, frame, reader)
    inks = find_inks(picture.image)
    return PageReading(
        page=number,
        rotation=0,
        width=width,
        height=height,
        dpi=picture.dpi,
        source=PageSource.TEXT,
        colourless=inks.colourless,
        tinted=is_tinted(picture.image),
        grey=picture.grey,
        frame=tuple(float(value) for value in np.eye(3).ravel()),
        working_size=(width, height),
        pixels_per_mm=scale,
        seals=marks.seals,
        slices=marks.slices,
        lines=lines,
        tables=fill_tables(grids, lines, frame),
        open_tables=find_open_tables(rules, rulings.vertical, lines, tall, frame),
        levels=levels_across(rules, lines, frame),
        boxes=measure_ticks(PageInk(rulings.ink, rulings.text_ink), lines, option_words(profile), grids, frame, tall),
    )
