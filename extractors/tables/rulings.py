"""Horizontal and vertical rulings of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import Picture
from extractors.tables.dashes import joined_dashes

Mask = NDArray[np.uint8]

LENGTH_IN_CHARACTERS = 2.8
"""A horizontal ruling is longer than any stroke of a character: 一 is one character long."""
STROKE_IN_CHARACTERS = 2.2
"""A shorter one is a ruling only where it meets a horizontal one,"""
MEETING = 0.35
"""within so many character heights."""
GLYPH = 1.65
"""The strokes of characters are no longer than this, in the heights measured."""
LEAST_RUN = 16
"""Pixels of a vertical ruling at least, and of every run of ink in both masks."""
MOST_LABELS = 60_000
"""Pieces that labels of 16 bits can tell apart, and a few less."""
UPRIGHT_IN_CHARACTERS = 1.3
"""A vertical ruling at least: the lowest table rows are a little over a character high."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """Masks (0 or 255) of the two kinds of rulings, of all dark ink, and of that which is no ruling."""

    horizontal: Mask
    vertical: Mask
    ink: Mask
    text_ink: Mask


def find_rulings(picture: Picture, character_height: float, drawn: Mask | None = None) -> Rulings:
    """Rulings of a straight page; `character_height` in pixels gives the scale.

    `drawn` is all that may be a ruling, where the page's file tells it: else all dark ink may.
    """
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    window = max(15, int(character_height * 1.2) | 1)
    ink = np.asarray(
        cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 14), np.uint8
    )
    across = max(24, int(character_height * LENGTH_IN_CHARACTERS))
    down = max(LEAST_RUN, int(character_height * UPRIGHT_IN_CHARACTERS))
    straight = ink if drawn is None else drawn
    horizontal = _closed(_runs(straight, across, vertical=False), across, vertical=False)
    upright = _runs(straight, down, vertical=True)
    vertical = _without_strokes(_closed(upright, down, vertical=True), upright, horizontal, character_height)
    dashed = joined_dashes(straight, horizontal, character_height)
    horizontal = np.asarray(cv2.bitwise_or(horizontal, dashed[0]), np.uint8)
    vertical = np.asarray(cv2.bitwise_or(vertical, dashed[1]), np.uint8)
    return Rulings(horizontal, vertical, ink, _without(ink, horizontal, vertical))


def pieces_of(mask: Mask) -> tuple[int, NDArray[np.integer[Any]], NDArray[np.int32]]:
    """How many pieces a mask of rulings has, with the page itself; their labels; their boxes and areas (OpenCV's).

    Labels of 16 bits take a third of the time, but OpenCV dies of more than they tell apart: they are taken where
    the ink can't need so many, each being given to a run of `LEAST_RUN` pixels or more.
    """
    few = cv2.countNonZero(mask) < MOST_LABELS * LEAST_RUN
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        mask, connectivity=8, ltype=cv2.CV_16U if few else cv2.CV_32S
    )
    return count, np.asarray(labels), np.asarray(stats, np.int32)


def _without_strokes(vertical: Mask, pieces: Mask, horizontal: Mask, character_height: float) -> Mask:
    """Vertical rulings without strokes of brackets, of large print, of characters that stand one below the other.

    Short ones, and long ones closed from `pieces` no longer than a character, must meet a horizontal ruling; one as
    short as a character, both above and below.
    """
    reach = max(3, round(MEETING * character_height)) | 1
    count, labels, stats = pieces_of(vertical)
    kept = vertical.copy()
    for index in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[index])
        longest = _longest(pieces[y : y + height, x : x + width])
        if height >= STROKE_IN_CHARACTERS * character_height and longest >= GLYPH * character_height:
            continue
        columns = slice(max(0, x - reach), x + width + reach)
        above = cv2.countNonZero(horizontal[max(0, y - reach) : y + reach, columns]) > 0
        below = cv2.countNonZero(horizontal[y + height - reach : y + height + reach, columns]) > 0
        crossed = cv2.countNonZero(horizontal[y + reach : y + height - reach, columns]) > 0
        if not (crossed or (above and below) or ((above or below) and longest >= GLYPH * character_height)):
            kept[y : y + height, x : x + width][labels[y : y + height, x : x + width] == index] = 0
    return kept


def _longest(pieces: Mask) -> int:
    """Rows of the longest unbroken run of ink."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], pieces.any(axis=1).astype(np.int8), [0]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _without(ink: Mask, horizontal: Mask, vertical: Mask) -> Mask:
    """Ink away from rulings."""
    grown = cv2.dilate(cv2.bitwise_or(horizontal, vertical), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(grown)), dtype=np.uint8)


def _runs(ink: NDArray[np.uint8], length: int, vertical: bool) -> Mask:
    """Ink that runs straight for `length` pixels, a pixel of drift allowed."""
    thick = np.ones((1, 3), np.uint8) if vertical else np.ones((3, 1), np.uint8)
    bar = np.ones((length, 1), np.uint8) if vertical else np.ones((1, length), np.uint8)
    runs = np.asarray(cv2.morphologyEx(cv2.dilate(ink, thick), cv2.MORPH_OPEN, bar), np.uint8)
    return _slim(runs, length, vertical)


def _closed(runs: Mask, length: int, vertical: bool) -> Mask:
    """Runs with small breaks closed."""
    gap = np.ones((max(3, length // 3), 1), np.uint8) if vertical else np.ones((1, max(3, length // 3)), np.uint8)
    return np.asarray(cv2.morphologyEx(runs, cv2.MORPH_CLOSE, gap), np.uint8)


def _slim(runs: NDArray[np.uint8], length: int, vertical: bool) -> NDArray[np.uint8]:
    """Only runs much longer than thick: not black bars, photographs, or the strokes of a headline."""
    count, labels, stats = pieces_of(runs)
    along = cv2.CC_STAT_HEIGHT if vertical else cv2.CC_STAT_WIDTH
    across = cv2.CC_STAT_WIDTH if vertical else cv2.CC_STAT_HEIGHT
    slim = runs.copy()
    for index in range(1, count):
        x, y, width, height, area = stats[index]
        long = stats[index, along]
        if area / max(long, 1) > max(9.0, 0.25 * length) or stats[index, across] >= 0.2 * long + 12:
            slim[y : y + height, x : x + width][labels[y : y + height, x : x + width] == index] = 0
    return slim
