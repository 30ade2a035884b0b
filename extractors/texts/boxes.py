"""Boxes of lines in the working picture: cut at the rulings of tables, completed where ink was seen but no line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.imaging.crops import cut_quad
from extractors.readers.protocol import Quad
from extractors.tables.cells import Grid

Mask = NDArray[np.uint8]

MOST_EXTRA = 60
"""More stray marks than this are a picture, not missed lines."""
PATCH_HEIGHT, PATCH_WIDTH = 12.0, 3.0
"""Most height, least width of a patch of missed ink in character heights: larger are pictures, narrower braces."""
MOST_PATCHES = 4

STACKED = 1.9
"""Character heights from which a box may hold two lines: a line's own box is 1.4 high."""
COLUMN = 2.2
"""Height over width from which a box is a column of characters, read as one."""
SHORT = 12.0
"""Two lines found as one box are this short, in character heights."""
ONE_LINE = 1.25
"""Character heights that the ink of one line is high at most."""
DUST = 0.1
"""A row of a line has more ink than this share of its fullest row."""
TWO_LINES = 1.7
"""Character heights from which ink without a gap may be two lines set so close that strokes or dirt bridge them."""
VALLEY = 0.2
"""Between such lines a row has so much of the usual row's ink at most."""
BETWEEN, FURROW = 1.5, 0.3
"""Character heights from which a long box may lie across two lines, half over each, and its ink between them at most,
of the fullest row's on either side: within a line it is twice as much."""
DARK = 127
"""Of ink that was moved between pixels."""
OWN_BOX = 1.4
"""Character heights of a line's own box."""
PAPER_AFTER = 0.6
"""Character heights of paper after it, without which the recogniser leaves it out too."""
SIGN = 0.4
"""Height of a hyphen, a stop, a comma in character heights."""
NEAR_EDGE, NARROW = 0.2, 0.6
"""The rest of a last narrow character begins so near to the box's edge, and ends within so many heights of it."""
LINE_END = 0.9
"""A line's last sign stands within so many character heights of its box."""


def character_height(quads: Sequence[Quad], default: float) -> float:
    """Height of a typical character in pixels: the median line's height without the detector's margin."""
    heights = [_height(quad) for quad in quads if _width(quad) > 1.5 * _height(quad)]
    return float(np.median(heights)) * 0.72 if heights else default


def cut_at_cells(quads: Sequence[Quad], grids: Sequence[Grid], height: float) -> tuple[Quad, ...]:
    """Lines that the detector drew through a ruling, in one piece a cell."""
    pieces: list[Quad] = []
    for quad in quads:
        pieces.extend(_cut(quad, grids, height))
    return tuple(pieces)


def _cut(quad: Quad, grids: Sequence[Grid], height: float) -> list[Quad]:
    middle = float(quad[:, 1].mean())
    left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
    spans = [
        (max(left, cell.box[0]), min(right, cell.box[2]))
        for grid in grids
        for cell in grid.cells
        if cell.box[1] <= middle <= cell.box[3] and min(right, cell.box[2]) - max(left, cell.box[0]) > 0.45 * height
    ]
    if not spans or right <= left:
        return [quad]
    spans.sort()
    if len(spans) == 1 and spans[0][1] - spans[0][0] > 0.9 * (right - left):
        return [quad]
    return [_slice(quad, (x0 - left) / (right - left), (x1 - left) / (right - left)) for x0, x1 in spans]


def _slice(quad: Quad, start: float, end: float) -> Quad:
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    return np.asarray(
        [quad[0] + top * start, quad[0] + top * end, quad[3] + bottom * end, quad[3] + bottom * start], dtype=np.float32
    )


def part_lines(quads: Sequence[Quad], ink: Mask, height: float) -> tuple[Quad, ...]:
    """Boxes that hold two lines one above the other (姓 over 名：) in one piece a line.

    Args:
        quads: Boxes on a straight page; columns of single characters stay whole.
        ink: Dark ink of the page, 0 or 255.
        height: Of a character, pixels.
    """
    pieces: list[Quad] = []
    for quad in quads:
        if _width(quad) > SHORT * height:
            pieces.extend(_parted_along(quad, ink, height))
        elif STACKED * height <= _height(quad) <= COLUMN * _width(quad):
            pieces.extend(_parted(quad, ink, height))
        else:
            pieces.append(quad)
    return tuple(pieces)


def with_line_ends(quads: Sequence[Quad], ink: Mask, height: float) -> tuple[Quad, ...]:
    """Boxes that reach over the hyphen, stop or narrow letter that ends their line, which the detector leaves out.

    Args:
        quads: Boxes on a straight page.
        ink: Dark ink of the page without rulings, 0 or 255.
        height: Of a character, pixels.
    """
    covered = np.zeros_like(ink)
    for quad in quads:
        cv2.fillConvexPoly(covered, quad.astype(np.int32), (255.0,))
    return tuple(_reaching(quad, ink, covered, height) for quad in quads)


def _reaching(quad: Quad, ink: Mask, covered: Mask, height: float) -> Quad:
    if _width(quad) < 2 * height or _height(quad) > STACKED * height:
        return quad
    right, middle = float(quad[1:3, 0].max()), float(quad[1:3, 1].mean())
    x0, x1 = round(right - 0.3 * height), round(right + LINE_END * height)
    y0, y1 = max(0, round(middle - 0.45 * height)), round(middle + 0.6 * height)
    if cv2.countNonZero(covered[y0:y1, round(right) + 2 : x1 + round(0.5 * height)]):
        return quad
    window = ink[y0:y1, x0:x1] > 0
    columns = np.flatnonzero(window.any(axis=0))
    if len(columns) < 0.1 * height or columns[-1] >= x1 - x0 - 2:  # nothing, or more than a sign
        return quad
    sign = np.flatnonzero(window[:, max(0, columns[-1] - round(0.1 * height)) : columns[-1] + 1].any(axis=1))
    if np.ptp(sign) > SIGN * height and not _narrow(window, right - x0, height):
        return quad
    by = x0 + float(columns[-1]) + PAPER_AFTER * height - right
    moved = quad.copy()
    moved[1:3] += (quad[1:3] - quad[[0, 3]]) * (max(0.0, by) / _width(quad))
    return np.asarray(moved, dtype=np.float32)


def _narrow(window: NDArray[np.bool_], edge: float, height: float) -> bool:
    """Whether the ink beyond the box's edge is what is left of a narrow character there: J, 1, a bracket."""
    beyond = np.flatnonzero(window.any(axis=0)) - edge
    beyond = beyond[beyond > 0]
    return bool(len(beyond)) and beyond[0] < NEAR_EDGE * height and beyond[-1] < NARROW * height


def _parted(quad: Quad, ink: Mask, height: float) -> list[Quad]:
    """The box parted where no ink is between lines; whole where there is no such place."""
    x0, y0 = np.floor(quad.min(axis=0)).astype(int).clip(0)
    x1, y1 = np.ceil(quad.max(axis=0)).astype(int)
    rows = np.count_nonzero(ink[y0:y1, x0:x1], axis=1)
    inked = np.flatnonzero(rows)
    if not len(inked):
        return [quad]
    runs = np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1)
    spans = [part for run in runs for part in _at_valley((int(run[0]), int(run[-1]) + 1), rows, height)]
    lines: list[tuple[int, int]] = []
    for span in spans:  # strokes of one character lie closer together than a character is high
        if lines and span[1] - lines[-1][0] <= ONE_LINE * height:
            lines[-1] = (lines[-1][0], span[1])
        else:
            lines.append(span)
    # A sliver at the box's edge is the line above or below, cut by a box that leans.
    lines = [span for span in lines if not _sliver(span, y1 - y0, height)]
    if len(lines) < 2 or any(end - start < 0.5 * height for start, end in lines):
        return [quad]
    pad = 0.15 * height
    return [_rectangle(x0, y0 + start - pad, x1, y0 + end + pad) for start, end in lines]


def _parted_along(quad: Quad, ink: Mask, height: float) -> list[Quad]:
    """A long box parted where next to no ink runs along its middle: it lies across two lines, half over each.

    One line of two-stroked characters (二〇二一年) has as little there, but its ink is no higher than a line's.
    """
    down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2
    tall = float(np.linalg.norm(down))
    if tall < BETWEEN * height:
        return [quad]
    rows = np.count_nonzero(cut_quad(ink, quad) > DARK, axis=1)
    inked = np.flatnonzero(rows > DUST * rows.max())
    if inked.size and inked[-1] - inked[0] < ONE_LINE * height:
        return [quad]
    third = len(rows) // 3
    least = np.flatnonzero(rows[third : len(rows) - third] == rows[third : len(rows) - third].min())
    furrow = third + int(least[len(least) // 2])
    if rows[furrow] > FURROW * min(rows[:furrow].max(), rows[furrow:].max()):
        return [quad]
    middle = quad[:2] + down * (furrow / len(rows))
    step = down * (OWN_BOX * height / tall)
    return [
        np.asarray([*(middle - step), middle[1], middle[0]], np.float32),
        np.asarray([*middle, *(middle + step)[::-1]], np.float32),
    ]


def _at_valley(span: tuple[int, int], rows: NDArray[np.int64], height: float) -> list[tuple[int, int]]:
    """Rows of ink too high for one line, parted at the row in their middle third that has next to no ink."""
    start, end = span
    if end - start < TWO_LINES * height:
        return [span]
    third = (end - start) // 3
    valley = start + third + int(rows[start + third : end - third].argmin())
    if rows[valley] > VALLEY * float(np.median(rows[start:end])):
        return [span]
    return [(start, valley), (valley + 1, end)]


def _sliver(span: tuple[int, int], tall: int, height: float) -> bool:
    """Whether ink at a box's upper or lower edge is less than a line."""
    start, end = span
    return end - start < 0.5 * height and (start <= 1 or end >= tall - 1)


@dataclass(frozen=True, slots=True)
class Missed:
    """Ink that no line covers: `boxes` of characters (a lone digit in a cell, 无), and `patches` that hold more.

    A patch is x0, y0, x1, y1 in pixels: a signature with the label it runs into, which the detector took for neither.
    """

    boxes: tuple[Quad, ...] = ()
    patches: tuple[tuple[int, int, int, int], ...] = ()


def missed_ink(text_ink: Mask, quads: Sequence[Quad], height: float) -> Missed:
    """Clusters of ink as large as characters or larger that no line covers; `height` of a character in pixels."""
    left = text_ink.copy()
    for quad in quads:
        cv2.fillConvexPoly(left, _grown(quad, 0.12 * height).astype(np.int32), (0.0,))
    margin = max(2, int(0.012 * max(left.shape)))
    left[:margin], left[-margin:], left[:, :margin], left[:, -margin:] = 0, 0, 0, 0
    left = np.asarray(cv2.morphologyEx(left, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), np.uint8)
    joined = cv2.morphologyEx(
        left, cv2.MORPH_CLOSE, np.ones((max(3, int(0.5 * height)), int(1.2 * height) | 1), np.uint8)
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes, patches = [], []
    pad = 0.22 * height
    for x, y, width, tall, _ in stats[1:count]:
        if cv2.countNonZero(left[y : y + tall, x : x + width]) < 0.06 * height * height:
            continue
        if 0.45 * height <= tall <= 2.6 * height and width >= 0.2 * height:
            boxes.append(_rectangle(x - pad, y - pad, x + width + pad, y + tall + pad))
        elif 2.6 * height < tall <= PATCH_HEIGHT * height and width >= PATCH_WIDTH * height:
            patches.append((int(x), int(y), int(x + width), int(y + tall)))
    return Missed(
        tuple(boxes) if len(boxes) <= MOST_EXTRA else (), tuple(patches) if len(patches) <= MOST_PATCHES else ()
    )


def uncovered(found: Sequence[Quad], quads: Sequence[Quad]) -> tuple[Quad, ...]:
    """Those of `found` that are no line known already: the middle of neither lies in the other."""
    added: list[Quad] = []
    for quad in found:
        if not any(_holds(each, quad) or _holds(quad, each) for each in (*quads, *added)):
            added.append(quad)
    return tuple(added)


def _holds(quad: Quad, other: Quad) -> bool:
    middle = other.mean(axis=0)
    return cv2.pointPolygonTest(quad, (float(middle[0]), float(middle[1])), False) >= 0


def _rectangle(x0: float, y0: float, x1: float, y1: float) -> Quad:
    return np.asarray([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float32)


def _grown(quad: Quad, by: float) -> Quad:
    center = quad.mean(axis=0)
    return np.asarray(quad + np.sign(quad - center) * by, dtype=np.float32)


def _width(quad: Quad) -> float:
    return float(np.linalg.norm(quad[1] - quad[0]))


def _height(quad: Quad) -> float:
    return float(np.linalg.norm(quad[3] - quad[0]))
