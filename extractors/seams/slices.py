"""Slices of a seam stamp along the edges of one page."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import Picture
from extractors.seals.detect import View, view_of
from extractors.seams.desk import desk_depth, without_desk
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, Side, SliceMark

DEEPEST_MM = 27.0
"""Half of a 45 mm seal, a little more where the sheets were fanned unevenly."""
LONGEST_MM = 56.0
"""A seal's chord along the edge; longer ink is a rule, a frame, a shadow."""
SHORTEST_MM = 5.0
"""The chord that half a millimetre of a 40 mm seal cuts is 9 mm; worn, part of it is lost."""
BRIDGE_MM = 30.0
"""Within the ring of letters a cut beside the star meets no ink for so long,"""
WIDE_BRIDGE_MM = 42.0
"""and between letters no ink but the rim's two ends,"""
RIM_END_MM = 8.0
"""each of which, a letter's edge or a digit beside it, is no longer than this."""
TOUCH_MM = 0.6
"""Ink this near to the edge is cut by it."""
BORDER_MM = 4.0
"""A scanner may leave so much of its lid beyond the sheet's edge, a seal so much of a fan's last sheet."""
CUT_MM = 0.8
STRAIGHT = 0.7
"""Where the sheet above cut the seal, its rim ends at both ends of the slice."""
SOLID = 0.72
"""A slice more filled than this is a sticker or a tab. Of very thin slices most may be rim."""
THIN_MM = 2.6
SPARSE = 0.05
"""A slice less filled than this is the noise of a photograph: of a faint seal's letters more is left."""
WHOLE_RIM_MM = 9.0
"""A whole seal that just touches the edge does so along less than this."""
RIM_CHORD_MM = 18.0
"""The longest piece of a rim that an edge cuts without a gap is 16 mm (45 mm seal, rim 1.5 mm); ink that touches the
edge for longer in one piece is what lies under a bent sheet."""
THINNEST_MM = 0.35
"""Less is the colour fringe of an edge, one pixel wide at the working scale."""
LEAST_PIXELS = 24


@dataclass(frozen=True, slots=True)
class _Run:
    """Ink along an edge, in pixels of the strip: from, to along the edge; depth reached; gap to the edge."""

    start: int
    end: int
    depth: int
    gap: int
    touches: int
    """How many separate pieces reach the edge."""
    touching: int
    """Pixels along the edge where ink reaches it."""
    unbroken: int
    """Those of the longest piece alone."""
    cut: float
    """Extent of the ink at the inner end, through the run's length: 1 where the sheet above cut the seal straight."""
    filled: float
    pixels: int


def find_slices(image: Picture, pixels_per_mm: float | None, view: View | None = None) -> tuple[SliceMark, ...]:
    """Slices on an upright BGR page, colour only: on a page without colour none can be told from print."""
    view = view or view_of(image, pixels_per_mm)
    if view.colourless:
        return ()
    marks: list[SliceMark] = []
    for ink, mask in ((Ink.RED, view.red), (Ink.BLUE, view.blue)):
        if cv2.countNonZero(mask) >= LEAST_PIXELS:
            marks += [mark for side in Side for mark in _along(mask, side, ink, view.scale.pixels_per_mm)]
    return tuple(sorted(_without_corners(marks), key=lambda mark: (mark.side.value, mark.bbox.y0, mark.bbox.x0)))


def _along(mask: NDArray[np.uint8], side: Side, ink: Ink, per_mm: float) -> list[SliceMark]:
    deepest = round(DEEPEST_MM * per_mm)
    strip = _strip(mask, side, deepest)
    desk = desk_depth(strip, per_mm)
    if desk.any():
        strip = without_desk(_strip(mask, side, deepest + int(desk.max())), desk)[:deepest]
    return [
        SliceMark(
            side=side,
            bbox=_box(run, 0, desk, side, mask.shape),
            straight=_box(run, run.gap, desk, side, mask.shape),
            colour=ink,
            width_mm=round(run.depth / per_mm, 2),
            confidence=_confidence(run, per_mm),
        )
        for run in _runs(strip, per_mm)
        if _is_slice(run, strip, per_mm)
    ]


def _strip(mask: NDArray[np.uint8], side: Side, depth: int) -> NDArray[np.uint8]:
    """The strip along an edge, as (depth, along): the edge is row 0; along runs down or to the right."""
    return {
        Side.LEFT: lambda: mask[:, :depth].T,
        Side.RIGHT: lambda: mask[:, : -depth - 1 : -1].T,
        Side.TOP: lambda: mask[:depth],
        Side.BOTTOM: lambda: mask[: -depth - 1 : -1],
    }[side]()


def _runs(strip: NDArray[np.uint8], per_mm: float) -> list[_Run]:
    """Ink that hangs together with the edge, pieces joined along it."""
    reach = round(BORDER_MM * per_mm)
    grown = cv2.dilate(np.ascontiguousarray(strip), np.ones((3, 3), np.uint8))
    count, found, stats, _ = cv2.connectedComponentsWithStats(grown)
    labels = np.asarray(found, dtype=np.int32)
    near = [
        index for index in range(1, count)
        if stats[index, cv2.CC_STAT_TOP] <= reach and stats[index, cv2.CC_STAT_AREA] >= 9
    ]  # fmt: skip
    spans = sorted(
        (int(stats[i, cv2.CC_STAT_LEFT]), int(stats[i, cv2.CC_STAT_LEFT] + stats[i, cv2.CC_STAT_WIDTH])) for i in near
    )
    runs = []
    for start, end in _joined(spans, per_mm):
        runs.append(_run(strip, labels, near, start, end, per_mm))
    return [run for run in runs if run is not None]


def _joined(spans: list[tuple[int, int]], per_mm: float) -> list[tuple[int, int]]:
    """Stretches of ink along the edge with those joined that one seal can have left."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        near = joined and start - joined[-1][1] <= _bridge(joined[-1], (start, end), per_mm)
        if near and end - joined[-1][0] <= LONGEST_MM * per_mm:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _bridge(before: tuple[int, int], after: tuple[int, int], per_mm: float) -> float:
    """Pixels without ink that may lie between two stretches of one seal."""
    ends = all(end - start <= RIM_END_MM * per_mm for start, end in (before, after))
    return (WIDE_BRIDGE_MM if ends else BRIDGE_MM) * per_mm


def _run(
    strip: NDArray[np.uint8], labels: NDArray[np.int32], near: list[int], start: int, end: int, per_mm: float
) -> _Run | None:
    part = strip[:, start:end] > 0
    rooted = part & np.isin(labels[:, start:end], near)
    rows = np.flatnonzero(rooted.any(axis=1))
    if not rows.size:
        return None
    gap = int(rows[0])
    close = rooted[gap : gap + max(1, round(TOUCH_MM * per_mm))].any(axis=0)
    bounds = np.flatnonzero(np.diff(np.concatenate([[0], close.astype(np.int8), [0]])))
    pieces = bounds[1::2] - bounds[::2]
    # Letters that float free of the edge belong to the slice too: the depth is that of all ink beside the rooted part.
    deep = np.flatnonzero(part.sum(axis=1) > 0)
    depth = int(_contiguous(deep, rows[-1], round(3.0 * per_mm))) + 1
    body = part[gap:depth]
    inner = np.flatnonzero(part[max(gap, depth - max(1, round(CUT_MM * per_mm))) : depth].any(axis=0))
    cut = float(np.ptp(inner) + 1) / (end - start) if inner.size else 0.0
    unbroken = int(pieces.max(initial=0))
    filled, pixels = float(body.mean()), int(body.sum())
    return _Run(start, end, depth, gap, len(pieces), int(close.sum()), unbroken, cut, filled, pixels)


def _contiguous(rows: NDArray[np.int64], reached: int, jump: int) -> int:
    """The last row of ink reached from a row without a jump of more than so many empty ones."""
    for row in rows[rows > reached]:
        if row - reached > jump:
            break
        reached = int(row)
    return reached


def _is_slice(run: _Run, strip: NDArray[np.uint8], per_mm: float) -> bool:
    length, depth, gap = (run.end - run.start) / per_mm, (run.depth - run.gap) / per_mm, run.gap / per_mm
    if not SHORTEST_MM <= length <= LONGEST_MM or run.depth >= strip.shape[0] or run.pixels < LEAST_PIXELS:
        return False
    if depth < THINNEST_MM:
        return False
    if run.filled < SPARSE or (run.filled > SOLID and depth > THIN_MM):
        return False
    if run.unbroken / per_mm > RIM_CHORD_MM:
        return False
    if gap > TOUCH_MM and run.touches < 2 and run.cut < STRAIGHT:
        return False  # neither cut by the edge nor, as on a fan's last sheet, by the sheet above
    if run.touches == 1 and depth > 8.0 and run.touching / per_mm < WHOLE_RIM_MM and run.cut < STRAIGHT:
        return False  # a whole seal beside the edge, or something else that hangs on it by a thread
    return length >= 1.1 * depth or depth <= 3.0


def _confidence(run: _Run, per_mm: float) -> float:
    """Grows with what is there to see: a millimetre of depth and 15 mm of length leave no doubt."""
    depth, length = (run.depth - run.gap) / per_mm, (run.end - run.start) / per_mm
    return round(0.25 + 0.4 * min(depth, 1.0) + 0.35 * min(length / 15.0, 1.0), 3)


def _box(run: _Run, gap: int, desk: NDArray[np.int64], side: Side, shape: tuple[int, ...]) -> BBox:
    """The run's box in fractions of the page, from `gap` pixels off the paper's edge inwards."""
    height, width = shape[:2]
    along, across = (height, width) if side in (Side.LEFT, Side.RIGHT) else (width, height)
    beyond = float(desk[run.start : run.end].mean())
    first, last = run.start / along, run.end / along
    near, far = (gap + beyond) / across, (run.depth + beyond) / across
    return {
        Side.LEFT: BBox(near, first, far, last),
        Side.RIGHT: BBox(1 - far, first, 1 - near, last),
        Side.TOP: BBox(first, near, last, far),
        Side.BOTTOM: BBox(first, 1 - far, last, 1 - near),
    }[side]


def _without_corners(marks: list[SliceMark]) -> list[SliceMark]:
    """Of two marks on the same ink at a corner, the surer one."""
    kept: list[SliceMark] = []
    for mark in sorted(marks, key=lambda mark: -mark.confidence):
        if all(mark.bbox.iou(other.bbox) < 0.2 for other in kept):
            kept.append(mark)
    return kept
