"""Where the box of an option is looked for: between the word before it and its own first character."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.forms.options import TICK_GLYPHS
from extractors.imaging.frame import PageFrame
from extractors.imaging.ink import Mask
from extractors.tables.cells import Box, Grid
from pipeline.model.evidence import Char
from pipeline.model.text import Line

GLYPH = 0.94
"""Width of a single character's ink in character heights."""
STROKE = 0.12
"""Ink in a column, in character heights, that belongs to a character and is no dirt."""
REACH = 2.6
"""A box stands at most this many character heights before its word."""
CELL_INSET = 0.1
"""Character heights by which a cell's inside is narrower than its hole: fringes of a ruling."""


def _span(line: Line, index: int, frame: PageFrame) -> tuple[float, float]:
    """Top and bottom of the line where a character of it stands: photographed lines run askew."""
    _, y0, _, y1 = frame.to_working(line.chars[index].bbox or line.bbox)
    return y0, y1


def text_height(line: Line, index: int, frame: PageFrame) -> float:
    """Height in pixels of the characters of a line, where one of them stands."""
    y0, y1 = _span(line, index, frame)
    return (y1 - y0) * 0.72


def _center(char: Char, frame: PageFrame) -> float | None:
    if char.bbox is None:
        return None
    x0, _, x1, _ = frame.to_working(char.bbox)
    return (x0 + x1) / 2


def _word_start(
    line: Line, start: int, end: int, height: float, usual: float, ink: Mask, frame: PageFrame
) -> float | None:
    """The option's left edge: its characters' middles, each taken back by its place in the word.

    A single character's middle is only known to a third of its width; a word's characters together know it better,
    and that of a single one at its line's end is told by where the line's ink ends.
    """
    centers = []
    for offset, char in enumerate(line.chars[start:end]):
        center = _center(char, frame)
        if center is not None and not char.text.isascii():
            centers.append((offset, center))
    if not centers:
        return None
    if len(centers) == 1 and end == len(line.chars):
        return _ink_end(line, ink, height, frame) - GLYPH * min(height, usual)
    pitch = (centers[-1][1] - centers[0][1]) / max(1, centers[-1][0] - centers[0][0]) if len(centers) > 1 else height
    return sum(center - offset * pitch for offset, center in centers) / len(centers) - 0.5 * pitch


def _ink_end(line: Line, ink: Mask, height: float, frame: PageFrame) -> float:
    """Where the line's last ink ends: its box may reach far beyond it."""
    x0, y0, x1, y1 = (max(0, round(value)) for value in frame.to_working(line.bbox))
    columns = np.flatnonzero((ink[y0:y1, x0:x1] > 0).sum(axis=0) >= STROKE * height)
    return float(x0 + columns[-1] + 1) if len(columns) else float(x1)


def zone_before(
    line: Line, start: int, end: int, height: float, usual: float, ink: Mask, frame: PageFrame
) -> Box | None:
    """Pixels between the word before the option and the option's own first character.

    `height` is the line's characters', which a tick may stretch; `usual` the page's.
    """
    right = _word_start(line, start, end, height, usual, ink, frame)
    if right is None:
        return None
    left = right - REACH * height
    before = start - 1
    while before >= 0 and (line.chars[before].text in TICK_GLYPHS or line.chars[before].text.isspace()):
        before -= 1
    if before >= 0:
        previous = _center(line.chars[before], frame)
        left = max(left, previous + 0.5 * height) if previous is not None else left
    y0, y1 = _span(line, start, frame)
    middle, reach = (y0 + y1) / 2, max(0.72 * height, (y1 - y0) / 2)
    return (max(0, round(left)), max(0, round(middle - reach)), round(right), round(middle + reach))


def inside_cell(zone: Box, grids: Sequence[Grid], height: float) -> Box:
    """The zone without what lies beyond the cell's rulings."""
    x, y = zone[2] - 1, (zone[1] + zone[3]) / 2
    inset = round(CELL_INSET * height)
    for grid in grids:
        for cell in grid.cells:
            left, top, right, bottom = cell.box
            if left <= x <= right and top <= y <= bottom:
                return (
                    max(zone[0], left + inset),
                    max(zone[1], top + inset),
                    zone[2],
                    max(zone[1] + 1, min(zone[3], bottom - inset)),
                )
    return zone
