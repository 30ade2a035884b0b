"""Drawn ruled tables with known structure, and the wear a scan or a copy adds to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.imaging.ink import find_inks, without_red
from extractors.readers.protocol import Picture
from extractors.tables.cells import Grid
from tests.extractors.pictures import RED, blank, write

CHARACTER = 24
"""Height of the print in pixels: 10.5 pt at 200 dpi, its box."""
WORDS = ("单位名称", "负责人", "研究内容", "起止时间", "经费预算", "备注")

Spot = tuple[int, int, int, int]
"""row, column, row span, column span."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A table to draw: edges of columns and rows in pixels, the spots of merged cells, lines of text in each cell."""

    across: tuple[int, ...]
    down: tuple[int, ...]
    merged: tuple[Spot, ...] = ()
    lines: int = 1

    def spots(self) -> list[Spot]:
        """All cells, row by row."""
        covered = {
            (row + below, column + right)
            for row, column, rows, columns in self.merged
            for below in range(rows)
            for right in range(columns)
        }
        single = [
            (row, column, 1, 1)
            for row in range(len(self.down) - 1)
            for column in range(len(self.across) - 1)
            if (row, column) not in covered
        ]
        return sorted([*single, *self.merged])

    def box(self, spot: Spot) -> tuple[int, int, int, int]:
        """x0, y0, x1, y1 of a cell."""
        row, column, rows, columns = spot
        return self.across[column], self.down[row], self.across[column + columns], self.down[row + rows]


@dataclass(frozen=True, slots=True)
class Wear:
    """How a page's rulings look: their grey (0 black) and thickness, pixels left out of so many, bend in pixels."""

    grey: int = 30
    thickness: int = 2
    gap: int = 0
    every: int = 90
    bend: float = 0.0


def draw(plans: Sequence[Plan], wear: Wear = Wear(), size: tuple[int, int] = (1240, 900)) -> Picture:
    """A white page, `size` wide and high, with the tables and their text."""
    picture = blank(*size)
    for number, plan in enumerate(plans):
        for index, spot in enumerate(plan.spots()):
            _cell(picture, plan.box(spot), wear)
            x0, y0, x1, y1 = plan.box(spot)
            if x1 - x0 > 5 * CHARACTER:
                words = WORDS[(index + number) % len(WORDS)]
                for line in range(min(plan.lines, (y1 - y0 - 8) // (CHARACTER + 6))):
                    picture = write(picture, words, x0 + 10, y0 + 6 + line * (CHARACTER + 6), CHARACTER - 2)
    return bent(picture, wear.bend) if wear.bend else picture


def _cell(picture: Picture, box: tuple[int, int, int, int], wear: Wear) -> None:
    x0, y0, x1, y1 = box
    for start, end in (((x0, y0), (x1, y0)), ((x0, y1), (x1, y1)), ((x0, y0), (x0, y1)), ((x1, y0), (x1, y1))):
        _ruling(picture, start, end, wear)


def _ruling(picture: Picture, start: tuple[int, int], end: tuple[int, int], wear: Wear) -> None:
    """A ruling with gaps at fixed places of the page, so that the rulings of neighbours have the same ones."""
    colour = (wear.grey,) * 3
    if not wear.gap:
        cv2.line(picture, start, end, colour, wear.thickness)
        return
    axis = 0 if start[1] == end[1] else 1
    for at in range(start[axis], end[axis]):
        if at % wear.every >= wear.gap:
            point = (at, start[1]) if axis == 0 else (start[0], at)
            cv2.line(picture, point, point, colour, wear.thickness)


def bent(picture: Picture, pixels: float) -> Picture:
    """The page bowed by so many pixels, up and down over its width and left and right over its height."""
    height, width = picture.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    map_x = (x + pixels * np.sin(2 * np.pi * y / height)).astype(np.float32)
    map_y = (y + pixels * np.sin(2 * np.pi * x / width)).astype(np.float32)
    moved = cv2.remap(picture, map_x, map_y, cv2.INTER_LINEAR, borderValue=(255.0, 255.0, 255.0))
    return np.asarray(moved, np.uint8)


def turned(picture: Picture, degrees: float) -> Picture:
    """The page turned by a little."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    moved = cv2.warpAffine(picture, matrix, (width, height), borderValue=(255.0, 255.0, 255.0))
    return np.asarray(moved, np.uint8)


def noisy(picture: Picture, quality: int = 35, spread: float = 8.0) -> Picture:
    """Grain and the blocks of JPEG."""
    grain = np.random.default_rng(7).normal(0, spread, picture.shape)
    worn = np.clip(picture + grain, 0, 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", worn, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def sealed(picture: Picture, x: int, y: int, colour: tuple[int, int, int]) -> Picture:
    """A round seal of 42 mm at 200 dpi over the page."""
    stamp = np.full_like(picture, 255)
    cv2.circle(stamp, (x, y), 165, colour, 9)
    stamp = write(stamp, "★", x - 45, y - 55, 90, colour)
    for index, char in enumerate("某某省科技有限责任公司"):
        angle = np.pi * (0.85 + 1.3 * index / 10)
        stamp = write(stamp, char, int(x + 130 * np.cos(angle)) - 18, int(y + 130 * np.sin(angle)) - 18, 36, colour)
    return np.minimum(picture, stamp)


def exactness(grids: Sequence[Grid], plans: Sequence[Plan]) -> float:
    """Share of cells found just as drawn (row, column, spans) in the table that lies there, of all drawn or found."""
    right = total = 0
    left = list(grids)
    for plan in plans:
        near = min(left, key=lambda grid: _off(grid, plan), default=None)
        if near is None or _off(near, plan) > 60:
            total += len(plan.spots())
            continue
        left.remove(near)
        drawn, found = set(plan.spots()), {(c.row, c.column, c.row_span, c.column_span) for c in near.cells}
        right, total = right + len(drawn & found), total + len(drawn | found)
    return right / (total + sum(len(grid.cells) for grid in left))


def _off(grid: Grid, plan: Plan) -> int:
    own = (plan.across[0], plan.down[0], plan.across[-1], plan.down[-1])
    return max(abs(a - b) for a, b in zip(grid.box, own, strict=True))


FORM = Plan(
    across=(80, 260, 420, 600, 780, 940, 1160),
    down=(60, 120, 180, 240, 340, 400, 460, 600, 660, 800),
    merged=((0, 1, 1, 5), (1, 1, 1, 2), (1, 4, 1, 2), (3, 0, 3, 1), (3, 2, 1, 4), (6, 1, 1, 5), (7, 0, 2, 1)),
    lines=3,
)
"""A form: merged across and down, cells of several lines."""
HEADED = Plan(
    across=(80, 160, 400, 560, 700, 860, 1010, 1160),
    down=(60, 110, 160, 210, 260, 310, 360, 410, 460),
    merged=((0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (0, 4, 1, 3)),
)
"""A head over two rows, rows of one line."""
LOW = Plan(across=(80, 300, 520, 740, 960, 1160), down=tuple(range(60, 60 + 34 * 17, 34)))
"""Rows hardly higher than their print."""
STACKED = (
    Plan((80, 400, 760, 1160), (60, 120, 180, 240)),
    Plan((80, 300, 540, 780, 1160), (420, 480, 540, 600), ((0, 0, 1, 4),)),
)
BESIDE = (
    Plan((80, 320, 580), (60, 120, 180, 240, 300)),
    Plan((660, 900, 1160), (100, 160, 220, 280), ((0, 0, 1, 2),)),
)
PLANS: dict[str, tuple[Plan, ...]] = {
    "form": (FORM,),
    "headed": (HEADED,),
    "low": (LOW,),
    "stacked": STACKED,
    "beside": BESIDE,
}
WORN: dict[str, Callable[[Sequence[Plan]], Picture]] = {
    "plain": lambda plans: draw(plans),
    "thin": lambda plans: draw(plans, Wear(thickness=1)),
    "faint": lambda plans: draw(plans, Wear(grey=205)),
    "faint and thin": lambda plans: draw(plans, Wear(grey=190, thickness=1)),
    "faint noisy": lambda plans: noisy(draw(plans, Wear(grey=190)), 60, 4),
    "thick": lambda plans: draw(plans, Wear(thickness=5)),
    "broken": lambda plans: draw(plans, Wear(gap=10)),
    "dashed": lambda plans: draw(plans, Wear(gap=8, every=26)),
    "dashed thick": lambda plans: draw(plans, Wear(gap=10, every=22, thickness=4)),
    "dashed noisy": lambda plans: noisy(draw(plans, Wear(gap=8, every=24))),
    "dotted": lambda plans: draw(plans, Wear(gap=5, every=9, thickness=3)),
    "skewed by a degree": lambda plans: turned(draw(plans), 1.0),
    "skewed back by two": lambda plans: turned(draw(plans), -2.0),
    "bowed": lambda plans: draw(plans, Wear(bend=4)),
    "bowed thin": lambda plans: draw(plans, Wear(thickness=1, bend=6)),
    "noisy": lambda plans: noisy(draw(plans)),
    "noisy bowed": lambda plans: noisy(draw(plans, Wear(bend=4))),
    "red seal": lambda plans: without_red_ink(sealed(draw(plans), 700, 250, RED)),
}


def without_red_ink(picture: Picture) -> Picture:
    """The page as tables are sought on: red ink taken out."""
    return without_red(picture, find_inks(picture).red)
