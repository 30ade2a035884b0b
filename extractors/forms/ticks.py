"""Ticks measured on the picture: the ink before an option's word, whatever glyph or pen made it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.forms.options import option_spans
from extractors.forms.pens import THROUGH, UNCLEAR, Answer, as_penned
from extractors.forms.strokes import SPECK, beside, lies_around, pieces, runs_out
from extractors.forms.unlike import Standing, cut_patch, stand_out
from extractors.forms.zones import (
    clear_of_neighbours,
    inside_cell,
    on_next_lines,
    text_height,
    usual_pitch,
    zone_before,
)
from extractors.imaging.frame import PageFrame
from extractors.tables.cells import Box, Grid
from pipeline.model.evidence import Char
from pipeline.model.text import CheckBox, Line

Mask = NDArray[np.uint8]

READ_TICKS = "√✓✔☑■☒⊠●▣"
BRACKETED = re.compile(r"(?:[\[【(（]\s*[√✓✔vV]|[√✓✔])\s*[\]】)）]\s*$")
"""A tick in brackets; the first of them may be lost where a cell begins."""
TALLEST = 1.2
"""A line may be this much higher than the page's usual: a pen's tick makes the detector's box twice as high."""
EMPTY_BRACKETS = re.compile(r"[\[【(（]\s*[\]】)）]\s*$")
MIDDLE = 0.3
"""Share of a mark's side left out on every side: a small box's outline is thick for its size."""
HOLE = (0.2, 1.05)
"""Least and largest side of a box's inside, in character heights."""
RIM = 0.2
"""Character heights above and below the zone where a box's outline may lie: a slanting ruling cuts the zone short."""
SQUARE = 0.76
"""Share of its own square that an empty box's inside fills; a tick across it leaves less, in pieces."""
OUTLINE = 0.2
"""Character heights around the inside that belong to the outline."""
LESSER = 0.72
"""A mark less far from the usual than this share of its neighbour's has only the end of the neighbour's tick."""
ARM = 0.6
"""Character heights that the arm of a tick reaches over its word."""
ABOVE = 0.9
"""A tick stands out of its line by this many character heights."""
CLEAR_OF_WORD = 0.12
"""Character heights left of the option's word where its own ink may begin."""
MOSTLY_BOXED = 0.5
"""Share of a question's options with an empty box from which one without has lost it."""
EMPTY = 0.05
"""Share of ink in the middle of an empty box: nothing but noise."""
TICKED = 0.12
"""Share of ink in the middle of a ticked one, the thinnest √ included."""
SLIGHT = 0.25
"""Ink that blur alone may bring into a small box: below it a reader sure of □ is believed; pens leave more."""
SURELY_READ = 0.9
BELIEVED = 0.5
"""A tick read less surely than this, where no ink is to be seen, is the gap between two words."""
UNTOLD = 0.06
"""What marks of such widths count: a pair of brackets or a box with a tick beside it, for others to tell."""
NARROW = 0.4
"""A mark narrower than this share of its height is one of a pair of brackets."""
WIDE = 1.5
"""A mark this much wider than high is a box with a tick beside it."""

_Hole = tuple[tuple[float, float, float, float], float]
"""A printed box with nothing in it (pixels), and what the ink beside it counts."""


@dataclass(frozen=True, slots=True)
class PageInk:
    """Ink of the working picture (masks, 0 or 255): the `whole` of it, and that of `text` without rulings.

    `pens` is what of it is coloured and no stamp's; None where nobody knows.
    """

    whole: Mask
    text: Mask
    pens: Mask | None = None


def measure_ticks(
    ink: PageInk,
    lines: Sequence[Line],
    options: Sequence[str],
    grids: Sequence[Grid],
    frame: PageFrame,
    character_height: float,
) -> tuple[CheckBox, ...]:
    """Every option on the page with what stands before it, inside its own cell.

    `character_height` in pixels of the working picture is the page's usual one.
    """
    pitch = usual_pitch(lines, frame)
    found = []
    for line in lines:
        for option, start, end in option_spans(line, options):
            height = min(text_height(line, start, frame), TALLEST * character_height)
            zone = zone_before(line, start, end, height, pitch or character_height, ink.text, frame)
            if zone is not None:
                zone = clear_of_neighbours(zone, line, lines, height, frame)
                found.append(_Found(option, line, start, end, height, inside_cell(zone, grids, height)))
    # Rulings are in: sides of boxes that stand in a column would go with them, and cells' own are outside the zones.
    patches = [cut_patch(_question(one.option), ink.whole, one.zone, character_height) for one in found]
    standings = _shared_out(found, stand_out(patches))
    holes = [_empty_box(ink.text, one.zone, one.height) for one in found]
    boxes = tuple(
        _check_box(one, patch.bare, _weight(one, hole, standing, _boxed(one, found, holes)), hole, ink.text, frame)
        for one, patch, standing, hole in zip(found, patches, standings, holes, strict=True)
    )
    if ink.pens is None:
        return boxes
    answers = [
        Answer(_question(one.option), one.zone, one.height, _read_as_empty(one.line, one.start)) for one in found
    ]
    return as_penned(answers, boxes, ink.pens)


@dataclass(frozen=True, slots=True)
class _Found:
    """An option in a line, the height of its characters in pixels, and the zone before it."""

    option: str
    line: Line
    start: int
    end: int
    height: float
    zone: Box


def _shared_out(found: Sequence[_Found], standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """The standings; where a tick reaches into the line next to its own, the lesser part of it counts for nothing."""
    return tuple(
        Standing(-2, standing.distance)
        if any(_reaches_over(two, one) and other.distance * LESSER > standing.distance
               for two, other in zip(found, standings, strict=True) if other.weight > 0)
        else standing
        for one, standing in zip(found, standings, strict=True)
    )  # fmt: skip


def _reaches_over(one: _Found, other: _Found) -> bool:
    """Whether two marks of a question stand right above each other."""
    same = _question(one.option) == _question(other.option)
    return same and one is not other and on_next_lines(one.zone, other.zone, max(one.height, other.height))


def _boxed(one: _Found, found: Sequence[_Found], holes: Sequence[_Hole | None]) -> bool:
    """Whether most options of a question have a printed box with nothing in it."""
    own = [hole for other, hole in zip(found, holes, strict=True) if _question(other.option) == _question(one.option)]
    return sum(hole is not None for hole in own) >= MOSTLY_BOXED * len(own)


def _weight(one: _Found, hole: _Hole | None, standing: Standing, boxed: bool) -> int:
    """How much a mark stands out; nobody can tell of one that is apart from the others and lacks the box they have."""
    if hole is None and boxed and standing.apart and standing.weight < 0 and _question(one.option) == "directions":
        return 0
    return standing.weight


def _question(option: str) -> str:
    return "directions" if option.startswith("方向") else "yes or no" if len(option) == 1 else "kind"


def _check_box(one: _Found, bare: bool, stands_out: int, hole: _Hole | None, ink: Mask, frame: PageFrame) -> CheckBox:
    line, start = one.line, one.start
    mark, fill = hole or _mark(ink, one.zone, one.height)
    if (fill == 0.0 and mark == _floats(one.zone) and _read_as_tick(line, start)) or _bracketed(line, start):
        fill = 1.0
    unparted = fill == 0.0 and mark == _floats(one.zone) and not bare
    clean = hole is not None and fill == 0.0
    if (clean and not lies_around(ink, mark, one.zone, one.height)) or (
        fill <= UNTOLD and stands_out == 1 and not unparted
    ):
        stands_out = min(stands_out, 0)  # clean paper, or brackets a little off: no ticks by themselves
    return CheckBox(
        option=one.option,
        bbox=frame.to_page(mark),
        label=frame.to_page(_chars_box(line.chars[start : one.end], line, frame)),
        fill=round(fill, 3),
        ticked=_decide(_by_ink(fill, unparted), _as_read(line, start), stands_out, fill),
        boxed=clean,
    )


def _as_read(line: Line, start: int) -> int:
    """What the reader made of the mark right before the word: ticked (1), empty (-1), nothing sure (0).

    Brackets weigh twice: they are too large to be taken for something else, and hardly differ in ink.
    """
    if _bracketed(line, start):
        return 2
    if EMPTY_BRACKETS.search(line.text[:start]):
        return -2
    if _read_as_empty(line, start):
        return -1
    return 1 if _surely_ticked(line, start) else 0


def _surely_ticked(line: Line, start: int) -> bool:
    before = line.chars[start - 1] if start else None
    return before is not None and before.text in READ_TICKS and before.confidence >= SURELY_READ


def _read_as_empty(line: Line, start: int) -> bool:
    """Whether the reader is sure of an empty box right before the word."""
    return start > 0 and line.chars[start - 1].text in "□☐" and line.chars[start - 1].confidence >= SURELY_READ


def _read_as_tick(line: Line, start: int) -> bool:
    """Whether the reader saw a tick before the word where no ink could be parted from it (√ written into 否)."""
    before = next((char for char in reversed(line.chars[:start]) if not char.text.isspace()), None)
    return before is not None and before.text in READ_TICKS and before.confidence >= BELIEVED


def _bracketed(line: Line, start: int) -> bool:
    """Whether the reader saw a tick in brackets right before the word; its ink looks like an empty pair's."""
    return BRACKETED.search(line.text[:start]) is not None


def _floats(box: Box) -> tuple[float, float, float, float]:
    return float(box[0]), float(box[1]), float(box[2]), float(box[3])


def _by_ink(fill: float, unparted: bool) -> int:
    """Whether ink alone says ticked (1) or empty (-1); 0: blur may have brought it, or the word hangs on it."""
    if unparted:
        return 0
    return 1 if fill >= SLIGHT else -1 if fill <= EMPTY else 0


def _decide(by_ink: int, as_read: int, stands_out: int, fill: float) -> bool | None:
    """By the ink (-1 to 1), the reader and the other marks of the page (-2 to 2): what weighs more.

    Where they balance, ink that blur may have brought gives way to a reader who is sure of an empty box, and that
    reader to more ink: pens leave the box around it to be read. Against the page's other marks nobody decides.
    """
    weight = by_ink + as_read + stands_out
    if weight:
        return weight > 0
    if as_read < 0 and fill < SLIGHT:
        return False
    return True if stands_out == 0 and as_read > -2 and fill >= TICKED else None


def _empty_box(ink: Mask, zone: Box, height: float) -> _Hole | None:
    """The box and the ink written beside it, where a square of paper stands enclosed in the zone; None without one.

    The enclosed paper is found whatever the outline touches: on a photograph a box runs into the word after it.
    """
    x0, _, x1, _ = zone
    y0, y1 = max(0, zone[1] - round(RIM * height)), zone[3] + round(RIM * height)
    window = ink[y0:y1, x0 : x1 + round(0.3 * height)]
    if window.size == 0 or x1 <= x0:
        return None
    contours, hierarchy = cv2.findContours(window, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for contour, links in zip(contours, hierarchy[0] if contours else (), strict=True):
        left, top, width, tall = cv2.boundingRect(contour)
        square = (
            0.7 <= width / tall <= 1.4 and HOLE[0] * height <= min(width, tall) and max(width, tall) <= HOLE[1] * height
        )
        within = left + width / 2 <= x1 - x0 and zone[1] <= y0 + top + tall / 2 <= zone[3]
        if links[3] < 0 or not square or not within:
            continue
        if cv2.contourArea(contour) < SQUARE * (width - 1) * (tall - 1) or _written_in(
            window, (left, top, width, tall)
        ):
            continue
        rim = round(OUTLINE * height)
        box = _floats((x0 + left - rim, y0 + top - rim, x0 + left + width + rim, y0 + top + tall + rim))
        return box, _ink_around(ink, box, zone, height)
    return None


def _ink_around(ink: Mask, box: tuple[float, float, float, float], zone: Box, height: float) -> float:
    """What ink around an empty box counts: a tick through its outline, one written beside it, or nothing.

    A tick may stand mostly above its box; what lies there without touching it is the line above.
    """
    left, top, right, bottom = (round(value) for value in box)
    x0, x1 = zone[0], max(zone[0] + 1, zone[2] - round(CLEAR_OF_WORD * height))
    y0, y1 = max(0, round(zone[1] - ABOVE * height)), zone[3]
    window = ink[y0:y1, x0 : x1 + round(ARM * height)].copy()
    window[max(0, top - y0) :, x1 - x0 :] = 0  # the option's own word; above it a tick's arm may reach
    rim = (max(0, left - x0), max(0, top - y0), max(0, right - x0), max(0, bottom - y0))
    _, whole = cv2.connectedComponents(window, connectivity=8)
    outside = window.copy()
    outside[rim[1] : rim[3], rim[0] : rim[2]] = 0
    through = np.isin(whole, np.unique(whole[rim[1] : rim[3], rim[0] : rim[2]])) & (outside > 0)
    if runs_out(pieces(through.astype(np.uint8), height), rim, outside.shape[0], height):
        return THROUGH
    level = (beside(piece, rim[1], rim[3], height) for piece in pieces(outside, height))
    return UNCLEAR if any(level) else 0.0


def _written_in(window: Mask, hole: tuple[int, int, int, int]) -> bool:
    """Whether more than noise stands in the middle of a box's inside."""
    left, top, width, tall = hole
    inset = max(2, round(0.18 * min(width, tall)))
    inside = window[top + inset : top + tall - inset, left + inset : left + width - inset]
    return inside.size == 0 or cv2.countNonZero(inside) > EMPTY * inside.size


def _mark(ink: Mask, zone: Box, height: float) -> tuple[tuple[float, float, float, float], float]:
    """The box of the marks in the zone and the share of ink in its middle; no ink: the zone itself and 0.

    Marks are whole pieces of ink whose middle lies in the zone: strokes of the words on either side stay out whole.
    """
    x0, y0, x1, y1 = zone
    empty = _floats(zone), 0.0
    beyond = round(height)
    origin = max(0, x0 - beyond)
    window = ink[y0:y1, origin : x1 + beyond]
    if window.size == 0 or x1 <= x0:
        return empty
    count, labels, stats, centers = cv2.connectedComponentsWithStats(window, connectivity=8)
    kept = [
        index
        for index in range(1, count)
        if stats[index, cv2.CC_STAT_AREA] >= SPECK * height * height
        and x0 - origin <= centers[index][0] <= x1 - origin
        and stats[index, cv2.CC_STAT_LEFT] >= x0 - origin - 0.3 * height
    ]
    if not kept:
        return empty
    left, top = int(stats[kept, 0].min()), int(stats[kept, 1].min())
    right = int((stats[kept, 0] + stats[kept, 2]).max())
    bottom = int((stats[kept, 1] + stats[kept, 3]).max())
    box = (float(origin + left), float(y0 + top), float(origin + right), float(y0 + bottom))
    width, tall = right - left, bottom - top
    if max(width, tall) < 0.35 * height:
        return box, 0.0
    if width < NARROW * tall or (width > WIDE * tall and width > 1.2 * height):
        return box, UNTOLD
    inset = round(MIDDLE * tall), round(MIDDLE * width)
    middle = np.isin(labels, kept)[top + inset[0] : bottom - inset[0], left + inset[1] : right - inset[1]]
    return box, float(middle.mean()) if middle.size else 0.0


def _chars_box(chars: Sequence[Char], line: Line, frame: PageFrame) -> tuple[float, float, float, float]:
    boxes = [frame.to_working(char.bbox) for char in chars if char.bbox is not None]
    if not boxes:
        return frame.to_working(line.bbox)
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
