"""Slices laid on a whole seal, each where it fits best, in their order: what their sheets' edges lost shows as gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.seals.outline import Ellipse

Map = NDArray[np.uint8]
Strokes = NDArray[np.float32]

MARGIN = 12
"""Pixels around the seal's circle in its square."""
FINE, AROUND = 0.7, 6.0
"""Strokes are told from what is around them, in pixels."""
INK, FULL = 20, 80
"""Of the pixels with more ink than this, so many percent are no darker than a full stroke."""
SLIP = 26
"""Pixels that a slice may lie up or down (3 mm)."""
BETWEEN, OVER = 28, 4
"""Pixels that may be lost between two slices (a sheet that lay askew on the glass lost 3 mm), and of overlap."""
FAINT = 20.0
"""Keeps a slice of next to no ink from being found everywhere."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A slice's strokes (height x width, 0-1), its seal's middle at half its height.

    `paper` is 1 where its sheet is, 0 beyond the sheet's end. `room` pixels of missing sheets may lie before it.
    """

    strokes: Strokes
    paper: Strokes
    room: int = 0


@dataclass(frozen=True, slots=True)
class Laid:
    """The strokes that slices laid on a seal make together, and where there is paper (1; 0 between them)."""

    strokes: Strokes
    covered: Strokes


def full_strokes(ink: Map) -> Strokes:
    """A map of ink with full strokes 1, however pale they are."""
    fine = cv2.GaussianBlur(ink.astype(np.float32), (0, 0), FINE)
    inked = fine[fine > INK]
    darkest = float(np.percentile(inked, FULL)) if inked.size else 255.0
    return np.asarray(np.minimum(fine / darkest, 1.0), dtype=np.float32)


def squared(ink: Map, outline: Ellipse, radius: int, turn: float) -> Strokes:
    """A whole seal's strokes as a circle of a radius (pixels) in a square with a margin, turned clockwise (radians)."""
    side = 2 * (radius + MARGIN)
    steps = (np.arange(side, dtype=np.float32) - np.float32(radius + MARGIN - 0.5)) / np.float32(radius)
    u, v = np.meshgrid(steps, steps)
    back = turn + outline.angle
    along = (u * math.cos(back) + v * math.sin(back)) * outline.a
    across = (v * math.cos(back) - u * math.sin(back)) * outline.b
    x = outline.x + along * math.cos(outline.angle) - across * math.sin(outline.angle)
    y = outline.y + along * math.sin(outline.angle) + across * math.cos(outline.angle)
    turned = cv2.remap(ink, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR)
    return full_strokes(np.asarray(turned, dtype=np.uint8))


def halved(slices: Sequence[Slice]) -> tuple[Slice, ...]:
    """Slices at half the scale."""
    return tuple(Slice(half(each.strokes), half(each.paper), each.room // 2) for each in slices)


def half(strokes: Strokes) -> Strokes:
    """A picture at half the scale."""
    height, width = strokes.shape
    smaller = cv2.resize(strokes, (max(1, width // 2), max(1, height // 2)), interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, dtype=np.float32)


def fit(slices: Sequence[Slice], seal: Strokes, scale: float = 1.0) -> tuple[float, tuple[tuple[int, int], ...]]:
    """How well slices fit a squared seal in their order, and where each one's left end and its middle row lie.

    `scale` is that of slices and seal against what `squared` gives. Slices wider than the seal fit at minus infinity.
    """
    if max(each.strokes.shape[1] for each in slices) > seal.shape[1]:
        return -math.inf, ()
    slip = round(SLIP * scale)
    ground = _against(seal, slip)
    found = [_fits(each.strokes[_rows(each.strokes, seal)], ground, slip) for each in slices]
    between, over = round(BETWEEN * scale), round(OVER * scale)
    sums, backs = found[0][0], [np.zeros(found[0][0].shape, np.int64)]
    for before, each, (score, _) in zip(slices, slices[1:], found[1:], strict=False):
        reach, width = between + each.room, before.strokes.shape[1]
        lone = np.concatenate([np.full(width + reach, -np.inf), sums, np.full(len(score) + over, -np.inf)])
        windows = np.lib.stride_tricks.sliding_window_view(lone, reach + over + 1)[: len(score)]
        best = windows.argmax(axis=1)
        sums = windows[np.arange(len(score)), best] + score
        backs.append(np.arange(len(score)) + best - width - reach)
    place = int(np.argmax(sums))
    total, places = float(sums[place]), [place]
    for back in backs[:0:-1]:
        place = int(back[place])
        places.append(place)
    return total, tuple((x, int(rows[x])) for x, (_, rows) in zip(places[::-1], found, strict=True))


def _fits(piece: Strokes, ground: Strokes, slip: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """For each column at which a slice may begin how well it fits there, and by how many rows down it does best.

    `piece` are its rows beside the seal's, `ground` is the seal with `slip` rows more above and below (`_against`).
    """
    core = _against(piece, 0)
    found = cv2.matchTemplate(ground, core, cv2.TM_CCORR) / math.sqrt(float((core**2).sum()) + FAINT)
    return np.asarray(found.max(axis=0), np.float32), found.argmax(axis=0) - slip


def _rows(piece: Strokes, seal: Strokes, down: int = 0) -> NDArray[np.int64]:
    """The rows of a slice so far down that lie on those of a squared seal; its edge goes on where it is lower."""
    (height, _), (side, _) = piece.shape, seal.shape
    top = (height - side) // 2 - down
    return np.arange(top, top + side).clip(0, height - 1)


def _against(strokes: Strokes, rows: int) -> Strokes:
    """Strokes against what is around them, with empty rows above and below."""
    padded = np.pad(strokes, ((rows, rows), (0, 0)))
    return np.asarray(padded - cv2.GaussianBlur(padded, (0, 0), AROUND), dtype=np.float32)


def lay(slices: Sequence[Slice], seal: Strokes) -> Laid | None:
    """The slices on a squared seal of their size, where they fit best; None where they are wider than it."""
    total, places = fit(slices, seal)
    if not math.isfinite(total):
        return None
    strokes, covered = np.zeros_like(seal), np.zeros_like(seal)
    for each, (x, down) in zip(slices, places, strict=True):
        rows, width = _rows(each.strokes, seal, down), each.strokes.shape[1]
        strokes[:, x : x + width] = each.strokes[rows]
        covered[:, x : x + width] = each.paper[rows]
    return Laid(strokes, covered)
