"""Cells of a table that lies slanted, with their boxes as if it lay straight."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Box = tuple[int, int, int, int]
Outline = NDArray[np.int32]
Hole = tuple[Box, Outline]

MOST_SLANT = 0.06
"""3.4 degrees: a page is straightened before its tables are sought, so what is left is less."""
CORNERS = 0.25
"""Of a cell's sides: its corners are sought in so much of it from each end, away from rounded ends of rulings."""
DRIFT_IN_CHARACTERS = 0.25
"""What a table may drift from one side to the other: edges are one line of the grid twice as far apart."""


def straight_boxes(holes: Sequence[Hole], character_height: float) -> tuple[Box, ...]:
    """Boxes of the cells in pixels, the slant of the table's rulings taken out: across and down each for itself.

    In a wide table one end of a ruling lies rows below the other where a degree is left, and cells of one row
    would count as of two. What lies straight stays as it is.
    """
    boxes = np.array([box for box, _ in holes])
    width, height = boxes[:, 2:].max(axis=0) - boxes[:, :2].min(axis=0)
    across = _slant([_side(outline, box) for box, outline in holes])
    down = _slant([_side(outline[:, ::-1], (box[1], box[0], box[3], box[2])) for box, outline in holes])
    across = across if abs(across) * width > DRIFT_IN_CHARACTERS * character_height else 0.0
    down = down if abs(down) * height > DRIFT_IN_CHARACTERS * character_height else 0.0
    if not across and not down:
        return tuple(box for box, _ in holes)
    return tuple(_straight(outline, across, down) for _, outline in holes)


def _side(outline: Outline, box: Box) -> tuple[int, float] | None:
    """How long a cell's upper side is and how much it falls over its length, seen along x."""
    x0, _, x1, _ = box
    near = CORNERS * (x1 - x0)
    middle = (box[1] + box[3]) / 2
    upper = outline[outline[:, 1] < middle]
    left, right = upper[upper[:, 0] <= x0 + near], upper[upper[:, 0] >= x1 - near]
    if not len(left) or not len(right):
        return None
    first, last = left[left[:, 1].argmin()], right[right[:, 1].argmin()]
    run = int(last[0] - first[0])
    return (run, float(last[1] - first[1]) / run) if run > 0 else None


def _slant(sides: Sequence[tuple[int, float] | None]) -> float:
    """The median fall of all upper sides, each as weighty as it is long; 0 where no table lies so."""
    known = sorted((fall, run) for run, fall in (side for side in sides if side))
    if not known:
        return 0.0
    weights = np.cumsum([run for _, run in known])
    fall = known[int(np.searchsorted(weights, weights[-1] / 2))][0]
    return fall if abs(fall) <= MOST_SLANT else 0.0


def _straight(outline: Outline, across: float, down: float) -> Box:
    x, y = outline[:, 0].astype(np.float64), outline[:, 1].astype(np.float64)
    moved = np.column_stack([x - down * y, y - across * x]).round().astype(np.int32)
    left, top, width, height = cv2.boundingRect(moved)
    return left, top, left + width, top + height
