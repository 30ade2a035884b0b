"""The words of a PDF page's text layer, where the page shows them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from pipeline.model.geometry import BBox, union

MOST_CHARACTERS = 100_000
"""Of one page's text layer; a full page of small print has 3 000."""
LEGIBLE_SHARE = 0.9
"""Least share of a text layer's characters that must be characters: fonts without a Unicode table give rubbish."""
UPRIGHT_SHARE = 0.5
"""Least share of its characters that must stand upright; a page of sideways text is read from its picture."""
UPRIGHT_DEGREES = 5.0
WORD_GAP = 0.35
"""In character heights: a wider gap parts words. a blank is 0.25, a table's columns a height apart."""
SAME_LINE = 0.5
"""Share of the lower character's height by which two must overlap to stand in one line."""

Words = tuple[tuple[str, BBox], ...]


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character and its box in points of the page as shown, y down."""

    text: str
    box: BBox
    upright: bool


def page_words(page: Any) -> Words:
    """Words with boxes in fractions of the page as shown; none where the layer is not legible or stands sideways.

    `page` is a loaded pypdfium2 page; the caller holds PDFium's lock.
    """
    layer = page.get_textpage()
    try:
        count = layer.count_chars()
        if not 0 < count <= MOST_CHARACTERS:
            return ()
        glyphs = [_glyph(layer, index, page) for index in range(count)]
    finally:
        layer.close()
    shown = [glyph for glyph in glyphs if glyph]
    if not _legible(shown):
        return ()
    width, height = page.get_size()
    words = (_word(group, width, height) for group in _groups(glyphs))
    return tuple((text, box) for text, box in words if box.width > 0 and box.height > 0)


def _glyph(layer: Any, index: int, page: Any) -> _Glyph | None:
    text = chr(min(pdfium_c.FPDFText_GetUnicode(layer, index), 0x10FFFF))
    left, top, right, bottom = _loose_box(layer, index)
    if text.isspace() or text < " " or right <= left or top <= bottom:
        return None
    # Text turned back against /Rotate stands upright; PDFium gives the angle in the opposite sense.
    angle = math.degrees(pdfium_c.FPDFText_GetCharAngle(layer, index)) + page.get_rotation()
    upright = abs((angle + 180) % 360 - 180) < UPRIGHT_DEGREES
    return _Glyph(text, as_shown((left, bottom, right, top), page.get_bbox(), page.get_rotation()), upright)


def _loose_box(layer: Any, index: int) -> tuple[float, float, float, float]:
    rect = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFText_GetLooseCharBox(layer, index, rect):
        return 0.0, 0.0, 0.0, 0.0
    return rect.left, rect.top, rect.right, rect.bottom


def as_shown(box: tuple[float, float, float, float], page: tuple[float, ...], rotation: int) -> BBox:
    """Left, bottom, right, top in the page's own space (y up, before /Rotate), in points of the page as shown."""
    left, bottom, right, top = box[0] - page[0], box[1] - page[1], box[2] - page[0], box[3] - page[1]
    width, height = page[2] - page[0], page[3] - page[1]
    if rotation == 90:
        return BBox(bottom, left, top, right)
    if rotation == 180:
        return BBox(width - right, bottom, width - left, top)
    if rotation == 270:
        return BBox(height - top, width - right, height - bottom, width - left)
    return BBox(left, height - top, right, height - bottom)


def _legible(glyphs: Sequence[_Glyph]) -> bool:
    if not glyphs:
        return False
    rubbish = sum(_is_rubbish(glyph.text) for glyph in glyphs)
    upright = sum(glyph.upright for glyph in glyphs)
    return rubbish <= (1 - LEGIBLE_SHARE) * len(glyphs) and upright >= UPRIGHT_SHARE * len(glyphs)


def _is_rubbish(char: str) -> bool:
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000" or not char.isprintable()


def _groups(glyphs: Sequence[_Glyph | None]) -> Iterator[list[_Glyph]]:
    """Runs of characters that stand in one line without a gap, in the layer's own order."""
    group: list[_Glyph] = []
    for glyph in [*glyphs, None]:
        if group and (glyph is None or not _follows(group[-1].box, glyph.box)):
            yield group
            group = []
        if glyph is not None and glyph.upright and not _is_rubbish(glyph.text):
            group.append(glyph)


def _follows(before: BBox, after: BBox) -> bool:
    height = min(before.height, after.height)
    overlap = min(before.y1, after.y1) - max(before.y0, after.y0)
    gap = after.x0 - before.x1
    return overlap >= SAME_LINE * height and -height <= gap <= WORD_GAP * height


def _word(group: Sequence[_Glyph], width: float, height: float) -> tuple[str, BBox]:
    box = union(glyph.box for glyph in group)
    shown = BBox(box.x0 / width, box.y0 / height, box.x1 / width, box.y1 / height)
    return "".join(glyph.text for glyph in group), shown.intersection(BBox(0.0, 0.0, 1.0, 1.0))
