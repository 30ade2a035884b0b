"""A ring unrolled into a straight strip of text, its start found, and what stands inside it set upright."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.seals.outline import Ellipse

Map = NDArray[np.uint8]

STRIP_HEIGHT = 56
"""Pixels of a strip: the recogniser works at 48 and its crops carry a little margin."""
PROBE = (0.40, 1.06)
"""Relative radii between which the ring of text is looked for."""
PROBE_ROWS = 66
PROBE_COLUMNS = 720
LETTERS = (0.11, 0.34)
"""Height of the ring's letters in radii: 3-6 mm on seals of 38-45 mm."""
INKED = 0.4
INKED_LIMITS = (0.15, 0.35)
"""Ink of a letter's column, through that of the darkest ones, and between what limits it counts."""
HIGH = (0.03, 0.075)
"""Radii below the letters' heads between which letters have ink and nothing else has: a line inside the
ring reaches its corners among their feet, as a serial stands among their heads."""
LINE_ENDS, LINE_END, WHOLE_LINE, LEAST_HEADED = 0.6, 0.15, 1.2, 0.6
"""Radians that a line inside adds to the arc of a name, at least: in all, to each of its ends, or all of it to one end;
and the share of both that the name's own is."""
LETTER_REACH = 12
"""Columns of the probe, a third of a letter about: a stroke at its feet may have none at its head above it."""
CIRCLE_INK, CLOSED, WOBBLE = 0.2, 0.85, 2
"""Ink of a thin circle inside the rim, the share of the way round that it is seen, and rows that it strays: letters
leave more free, between them and below."""
INNERMOST_CIRCLE = 0.84
"""Relative radius inside of which circles are something else's."""
HIDDEN = 100.0
"""Of 255: a column of the ring whose letters are covered by so much print hides one."""
COVERED = 0.25
"""How much a column that print covers counts for in a gap between letters: one that is seen to be empty is 1."""
LEAST_GAP = 0.6
"""Radians that the text leaves free at least."""
MIDDLE = 0.8
"""Relative radius in the middle of an oval's text."""
PIXELS_A_RADIUS = 110
"""Of the picture of a seal's inside."""
OVAL = 0.86
"""A flatter outline is an oval seal; a round one is squashed less than this by a phone held askew."""


@dataclass(frozen=True, slots=True)
class Band:
    """Where the ring of text lies: relative radii, and the arc in radians clockwise (on screen) from the x axis.

    `start` to `end` is the text's arc (`end` > `start`, less than a full turn apart); `top` its middle's direction.
    """

    inner: float
    outer: float
    start: float
    end: float

    @property
    def top(self) -> float:
        """Direction of the arc's middle: where the seal's top points."""
        return (self.start + self.end) / 2

    def wider(self, by: float) -> Band:
        """The same arc, reaching `by` radii farther in and out."""
        return replace(self, inner=self.inner - by, outer=self.outer + by)


def unroll(ink: Map, ring: Ellipse, inner: float, outer: float, start: float, end: float, size: tuple[int, int]) -> Map:
    """A strip (height, width) of the ring from `start` to `end`, the outer rim on top; beyond the picture no ink."""
    return _sampled(ink, ring, inner, outer, _even(ring, start, end, size[1]), size[0])


def _sampled(ink: Map, ring: Ellipse, inner: float, outer: float, turns: NDArray[np.float64], rows: int) -> Map:
    """The ring at the ellipse's parameters `turns`, one a column."""
    reach = outer + (inner - outer) * (np.arange(rows) + 0.5) / rows
    u, v = _along(ring, reach, turns)
    cos, sin = math.cos(ring.angle), math.sin(ring.angle)
    x = (ring.x + u * cos - v * sin).astype(np.float32)
    y = (ring.y + u * sin + v * cos).astype(np.float32)
    return np.asarray(cv2.remap(ink, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT), dtype=np.uint8)


def _along(
    ring: Ellipse, reach: NDArray[np.float64], turns: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points (rows, columns) of the ring in its own axes, from relative radii and the rim's parameters.

    A squashed circle shrinks in proportion. An oval's lines run parallel to its rim, and its letters stand upright on
    them: they are followed square to the rim, not towards the middle.
    """
    along, across = ring.a * np.cos(turns), ring.b * np.sin(turns)
    if ring.ratio >= OVAL:
        return np.asarray(np.outer(reach, along)), np.asarray(np.outer(reach, across))
    square = np.hypot(np.cos(turns) / ring.a, np.sin(turns) / ring.b)
    inset = (1 - reach) * min(ring.a, ring.b)
    inwards = np.cos(turns) / ring.a / square, np.sin(turns) / ring.b / square
    return np.asarray(along - np.outer(inset, inwards[0])), np.asarray(across - np.outer(inset, inwards[1]))


def _even(ring: Ellipse, start: float, end: float, count: int) -> NDArray[np.float64]:
    """Parameters of `count` points between two, evenly spaced along the middle of the text for ovals.

    `start`, `end` count from the image's x axis; the parameter from the ellipse's own.
    """
    turns = start - ring.angle + (np.arange(count) + 0.5) / count * (end - start)
    if ring.ratio >= OVAL:
        return np.asarray(turns)
    fine = np.linspace(turns[0], turns[-1], 4 * count)
    x, y = _along(ring, np.array([MIDDLE]), fine)
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x[0]), np.diff(y[0])))])
    return np.asarray(np.interp(np.linspace(length[0], length[-1], count), length, fine))


def find_band(ink: Map, ring: Ellipse, hidden: Map | None = None) -> Band:
    """The ring of text: between the rim and what stands in the middle, from the end of its widest gap to the start.

    Where print that was taken out (`hidden`, 255 there) borders on the text, text may stand under it: it is included.
    """
    turns = (np.arange(PROBE_COLUMNS) + 0.5) / PROBE_COLUMNS * 2 * math.pi - ring.angle
    probe = _sampled(ink, ring, *PROBE, turns, PROBE_ROWS).astype(np.float32) / np.float32(255)
    inner, outer = _radii(probe)
    deep = probe[_row(inner + 0.62 * (outer - inner)) : _row(inner + 0.08)]
    high = probe[_row(outer - HIGH[0]) : _row(outer - HIGH[1])]
    deep_ink, high_ink = _inked_columns(deep), _inked_columns(high)
    if hidden is None:
        return Band(inner, outer, *_arc_of_letters(deep_ink, high_ink))
    covered = _sampled(hidden, ring, outer, inner, turns, PROBE_ROWS).mean(axis=0) > HIDDEN
    start, end = _arc_of_letters(deep_ink, high_ink, covered)
    return Band(inner, outer, *_reaching_under(covered, start, end, outer - inner))


def _row(reach: float) -> int:
    return round((PROBE[1] - reach) / (PROBE[1] - PROBE[0]) * PROBE_ROWS)


def _reach(row: float) -> float:
    return PROBE[1] - row / PROBE_ROWS * (PROBE[1] - PROBE[0])


def _radii(probe: NDArray[np.floating[Any]]) -> tuple[float, float]:
    """Relative radii of the letters' feet and heads, out of the mean ink at every radius."""
    profile = cv2.GaussianBlur(probe.mean(axis=1).reshape(-1, 1), (1, 5), 0.9).ravel()
    rim = _last_circle(probe, int(profile[: _row(0.88)].argmax()))
    level = 0.35 * float(np.percentile(profile[_row(0.9) : _row(0.7)], 80))
    below_rim = [
        row
        for row in range(rim + 1, _row(0.80))
        if profile[row] <= profile[row - 1] and profile[row] <= profile[row + 1]
    ]
    head = next((row for row in below_rim if profile[row] < max(level, 0.5 * profile[rim])), _row(0.94))
    while head < _row(0.78) and profile[head] < level:
        head += 1
    low, high = _row(_reach(head) - LETTERS[0]), min(_row(_reach(head) - LETTERS[1]), PROBE_ROWS - 1)
    foot = next(
        (row for row in range(low, high) if profile[row] < 0.45 * level), low + int(profile[low : high + 1].argmin())
    )
    return max(_reach(foot) - 0.015, PROBE[0]), min(_reach(head) + 0.02, 0.985)


def _last_circle(probe: NDArray[np.floating[Any]], rim: int) -> int:
    """The row of the innermost circle near the rim: a thin one may run inside of it, above the letters' heads."""
    ring = cv2.dilate(probe, np.ones((2 * WOBBLE + 1, 1), np.uint8)) > CIRCLE_INK
    closed = ring.mean(axis=1) >= CLOSED
    inside = [row for row in range(rim, _row(INNERMOST_CIRCLE)) if closed[row]]
    if not inside:
        return rim
    return max(rim, inside[-1] - WOBBLE)


def _inked_columns(rows: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """The columns in which letters have ink; shape (PROBE_COLUMNS,)."""
    strength = rows.max(axis=0) if rows.size else np.zeros(PROBE_COLUMNS, dtype=np.float32)
    return np.asarray(strength > float(np.clip(INKED * np.percentile(strength, 90), *INKED_LIMITS)), dtype=np.bool_)


def _widened(columns: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The columns with those about them that the rest of a letter may fill, all around the ring."""
    around = np.concatenate([columns[-LETTER_REACH:], columns, columns[:LETTER_REACH]]).astype(np.uint8)
    wide = cv2.dilate(around.reshape(1, -1), np.ones((1, 2 * LETTER_REACH + 1), np.uint8)).ravel() > 0
    return np.asarray(wide[LETTER_REACH:-LETTER_REACH], dtype=np.bool_)


def _arc_of_letters(
    deep: NDArray[np.bool_], high: NDArray[np.bool_], covered: NDArray[np.bool_] | None = None
) -> tuple[float, float]:
    """The arc of the columns with ink among the letters' feet; without a line inside the ring that reaches there.

    Such a line is several letters long and fills no more than the gap below the name. What is shorter may be a low
    last letter, what stands at one end alone two letters whose heads are worn away, and where little is left the heads
    are hidden under print or another seal.
    """
    whole, headed = _arc(deep, covered), _arc(deep & _widened(high), covered)
    length, less = whole[1] - whole[0], headed[1] - headed[0]
    first = (headed[0] - whole[0]) % (2 * math.pi)
    lined = min(first, length - less - first) >= LINE_END or length - less >= WHOLE_LINE
    return headed if lined and length - less >= LINE_ENDS and less >= LEAST_HEADED * length else whole


def _arc(column: NDArray[np.bool_], covered: NDArray[np.bool_] | None = None) -> tuple[float, float]:
    """Start and end (radians) of the text, around its widest gap; half a letter of margin on both sides.

    What print covers does not make a gap wider: text may stand under it.
    """
    if not column.any():
        return math.pi / 2 + 0.3, math.pi / 2 + 2 * math.pi - 0.3
    filled = np.flatnonzero(column)
    gaps = np.diff(np.concatenate([filled, [filled[0] + PROBE_COLUMNS]]))
    widest = int((gaps if covered is None else _seen_gaps(filled, gaps, covered)).argmax())
    gap = int(gaps[widest])
    after = filled[(widest + 1) % len(filled)]
    margin = min(10.0, gap / 2)
    unit = 2 * math.pi / PROBE_COLUMNS
    start = (after - margin) * unit
    return start, start + 2 * math.pi - (gap - 2 * margin) * unit


def _seen_gaps(filled: NDArray[np.int64], gaps: NDArray[np.int64], covered: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How wide each gap is, what is covered counting for less; `filled` are the columns before the gaps."""
    seen = np.concatenate([[0.0], np.cumsum(np.tile(np.where(covered, COVERED, 1.0), 2))])
    return np.asarray(seen[filled + gaps] - seen[filled + 1], dtype=np.float64)


def _reaching_under(covered: NDArray[np.bool_], start: float, end: float, letter: float) -> tuple[float, float]:
    """The arc with the hidden sectors that begin within a letter (radians, about) of its ends."""
    unit = 2 * math.pi / PROBE_COLUMNS
    room = max(0, round((2 * math.pi - LEAST_GAP - (end - start)) / unit))

    def reach(first: float, step: int) -> int:
        """Columns from an end to the far side of the hidden sector next to it."""
        last = 0
        for count in range(1, room + 1):
            if covered[round(first / unit + step * count) % PROBE_COLUMNS]:
                last = count
            elif (count - last) * unit > letter:
                break
        return last

    before, after = reach(start, -1), reach(end, 1)
    shrink = min(1.0, room / max(before + after, 1))
    return start - before * shrink * unit, end + after * shrink * unit


def letters(ink: Map, ring: Ellipse, band: Band, stretch: float = 1.0) -> Map:
    """The ring's text as a strip, `STRIP_HEIGHT` high and `stretch` times as long as it is."""
    inner, outer, start, end = band.inner, band.outer, band.start, band.end
    height_px = (outer - inner) * ring.radius
    length_px = (end - start) * ring.radius * (inner + outer) / 2
    width = max(STRIP_HEIGHT, round(length_px / height_px * STRIP_HEIGHT * stretch))
    return unroll(ink, ring, inner, outer, start, end, (STRIP_HEIGHT, min(width, 40 * STRIP_HEIGHT)))


def digits(ink: Map, ring: Ellipse, band: Band) -> Map | None:
    """The lower rim between the text's end and start, its digits upright; None where the text leaves no room."""
    gap = 2 * math.pi - (band.end - band.start)
    if gap < 0.5:
        return None
    outer, inner = min(band.outer + 0.01, 0.97), band.outer - 0.14
    length = gap * ring.radius * (inner + outer) / 2
    width = round(length / ((outer - inner) * ring.radius) * 40)
    strip = unroll(ink, ring, inner, outer, band.end, band.start + 2 * math.pi, (40, min(width, 1600)))
    return np.ascontiguousarray(cv2.rotate(strip, cv2.ROTATE_180))


def upright_inside(ink: Map, ring: Ellipse, band: Band) -> Map:
    """What stands inside the ring of text, turned so that the seal's top is up; 2 x 2 radii at `PIXELS_A_RADIUS`.

    Below, where the ring of text leaves a gap, the inside reaches out to the rim (a wide 财务专用章 does).
    """
    side = 2 * PIXELS_A_RADIUS
    step = (np.arange(side) + 0.5) / side * 2 - 1
    x, y = np.meshgrid(step, step)
    reach, turn = np.hypot(x, y), np.arctan2(y, x)
    lean = band.top + math.pi / 2 if ring.ratio >= OVAL else _flat_lean(ring, band)
    down = np.abs((turn - math.pi / 2 + math.pi) % (2 * math.pi) - math.pi)
    free = math.pi - (band.end - band.start) / 2 - 0.02
    outer = np.where(down < free, min(band.outer - 0.02, 0.9), band.inner)
    ux, uy = x * math.cos(lean) - y * math.sin(lean), x * math.sin(lean) + y * math.cos(lean)
    cos, sin = math.cos(ring.angle), math.sin(ring.angle)
    u, v = (ux * cos + uy * sin) * ring.a, (uy * cos - ux * sin) * ring.b
    px, py = (ring.x + u * cos - v * sin).astype(np.float32), (ring.y + u * sin + v * cos).astype(np.float32)
    inside = cv2.remap(ink, px, py, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return np.where(reach < outer, inside, 0).astype(np.uint8)


def _flat_lean(ring: Ellipse, band: Band) -> float:
    """How far an oval seal is turned: its long axis is level, its text above."""
    long = ring.angle if ring.a >= ring.b else ring.angle + math.pi / 2
    options = [long, long + math.pi]
    return min(options, key=lambda turn: abs((turn - math.pi / 2 - band.top + math.pi) % (2 * math.pi) - math.pi))
