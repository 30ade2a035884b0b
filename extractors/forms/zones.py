"""Where the box of an option is looked for: between the word before it and its own first character."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extractors.forms.options import is_direction, is_mark, is_misread_box
from extractors.imaging.frame import PageFrame
from extractors.imaging.ink import Mask
from extractors.tables.cells import Box, Grid
from pipeline.model.evidence import Char
from pipeline.model.text import Line
from pipeline.values.characters import is_wide

NEXT_LINE = 2.4
"""Two marks this near, in character heights, are on lines next to each other, and one tick may lie in both."""
GLYPH = 0.95
"""Width of a character's ink through the step from one to the next."""
GAP = 0.12
"""Blank columns, in steps, that end a character."""
OFF_BY, INSIDE = 0.6, 0.4
"""How far a word's start may be off, and where the ink of its first character surely is, in steps."""
FEWEST_STEPS = 20
"""Steps from one character to the next that make a usual one."""
STROKE = 0.12
"""Ink in a column, in character heights, that belongs to a character and is no dirt."""
REACH = 3.4
"""A box stands at most this many character heights before its word: 【　】 is three characters wide."""
LEADING = 1
"""So many characters before a direction, with which its line begins, are its box, whatever it was read as."""
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

    A single character's middle is only known to a third of its width; a word's characters together know it better, and
    that of a single one is told by where its ink ends.
    """
    centers = []
    for offset, char in enumerate(line.chars[start:end]):
        center = _center(char, frame)
        if center is not None and not char.text.isascii():
            centers.append((offset, center))
    if not centers:
        return None
    if len(centers) == 1:
        return _glyph_end(line, centers[0][1], ink, usual, frame) - GLYPH * usual
    pitch = (centers[-1][1] - centers[0][1]) / max(1, centers[-1][0] - centers[0][0]) if len(centers) > 1 else height
    estimate = sum(center - offset * pitch for offset, center in centers) / len(centers) - 0.5 * pitch
    return _at_gap(line, estimate, pitch, ink, frame)


def _at_gap(line: Line, start: float, pitch: float, ink: Mask, frame: PageFrame) -> float:
    """A word's start moved to where its first character's ink begins, where a gap tells; a tick may hang on it."""
    _, y0, x1, y1 = (max(0, round(value)) for value in frame.to_working(line.bbox))
    left, inside = max(0, round(start - OFF_BY * pitch)), round(start + INSIDE * pitch)
    inked = np.asarray((ink[y0:y1, left : min(inside, x1)] > 0).any(axis=0), dtype=bool).reshape(-1)
    blank = np.flatnonzero(~inked)
    if not len(blank) or not inked[-1:].any():
        return start
    last = int(blank[-1])
    gap = inked[max(0, last - max(1, round(GAP * pitch)) + 1) : last + 1]
    return float(left + last + 1) if not gap.any() else start


def _glyph_end(line: Line, center: float, ink: Mask, usual: float, frame: PageFrame) -> float:
    """Where the ink of a single character ends whose middle is about at `center`: at the first gap behind it."""
    x0, y0, x1, y1 = (max(0, round(value)) for value in frame.to_working(line.bbox))
    inked = (ink[y0:y1, x0 : x1 + round(0.5 * usual)] > 0).sum(axis=0) >= STROKE * usual
    last = -1
    for column in range(max(0, round(center - x0 - 0.2 * usual)), len(inked)):
        if inked[column]:
            last = column
        elif last >= 0 and column - last > GAP * usual and column > center - x0:
            break
    return float(x0 + last + 1) if last >= 0 else center + 0.5 * usual


def usual_pitch(lines: Sequence[Line], frame: PageFrame) -> float | None:
    """Pixels from one Chinese character to the next in most lines of the page; None where no line has several."""
    steps = [
        step
        for line in lines
        for before, after in pairwise(line.chars)
        if is_wide(before.text) and is_wide(after.text) and (step := _step(before, after, frame)) > 0
    ]
    return float(np.median(steps)) if len(steps) >= FEWEST_STEPS else None


def _step(before: Char, after: Char, frame: PageFrame) -> float:
    one, other = _center(before, frame), _center(after, frame)
    return other - one if one is not None and other is not None else 0.0


def zone_before(
    line: Line, start: int, end: int, height: float, usual: float, ink: Mask, frame: PageFrame
) -> Box | None:
    """Pixels between the word before the option and the option's own first character.

    `height` is the line's characters', which a tick may stretch; `usual` the page's step from one to the next.
    """
    right = _word_start(line, start, end, height, usual, ink, frame)
    if right is None:
        return None
    left = right - REACH * height
    before = start - 1
    alone = end - start == 1
    leading = start <= LEADING and is_direction(line.text[start:end])
    while before >= 0 and (
        leading or is_mark(line.chars[before].text) or (alone and is_misread_box(line.chars[before].text))
    ):
        before -= 1
    if before >= 0:
        previous = _center(line.chars[before], frame)
        left = max(left, previous + 0.5 * height) if previous is not None else left
    y0, y1 = _span(line, start, frame)
    middle, reach = (y0 + y1) / 2, max(0.72 * height, (y1 - y0) / 2)
    return (max(0, round(left)), max(0, round(middle - reach)), round(right), round(middle + reach))


def clear_of_neighbours(zone: Box, line: Line, lines: Sequence[Line], height: float, frame: PageFrame) -> Box:
    """The zone without the words of other lines beside it: two options of a row may have been found apart."""
    middle = (zone[1] + zone[3]) / 2
    left = float(zone[0])
    for other in lines:
        if other is line or _marks_only(other):
            continue
        x0, y0, _, y1 = frame.to_working(other.bbox)
        if y0 <= middle <= y1 and x0 < zone[2] - height:
            last = next(char for char in reversed(other.chars) if not is_mark(char.text))
            center = _center(last, frame)
            if center is not None and center < zone[2] - 0.5 * height:
                left = max(left, center + 0.5 * height)
    return round(left), zone[1], zone[2], zone[3]


def _marks_only(line: Line) -> bool:
    """Whether a line holds nothing but boxes; one found by itself may have been read as a letter or figure."""
    lone = len(line.chars) == 1 and line.text.isascii()
    return lone or all(is_mark(char.text) for char in line.chars)


def on_next_lines(one: Box, other: Box, height: float) -> bool:
    """Whether two zones (pixels) stand right above each other, so that one tick may lie in both."""
    apart = abs(one[1] + one[3] - other[1] - other[3]) / 2
    return min(one[2], other[2]) > max(one[0], other[0]) and apart < NEXT_LINE * height


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
