"""Inks told apart: red, blue and black, by hue against the paper's own colour, so that colour casts don't matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.imaging.frame import Box
from extractors.readers.protocol import Picture

Mask = NDArray[np.uint8]
"""Height x width, 0 or 255."""

GREY = 127
"""Of the two chroma channels, as they are laid out here, where there is no colour."""
CHROMA = 26
"""Distance from grey (Lab a, b, 8 bit) from which a pixel has colour: JPEG noise on black print stays below 20."""
PALE = 9
"""The same near strong ink: thin strokes lose their colour to JPEG."""
NEAR = 5
"""Reach of "near" in blocks of 8 pixels: five millimetres at 200 dpi."""
INK_PERCENTILE = 12
"""Through its own filter, stamped ink is as bright as paper but for this share, where it lies over print."""
DARKEST_INK = 105.0
BLACK = 45.0
"""Level of print, seen through the filter: what is darker stays black, what is as bright as the ink becomes paper."""
PAPER = 235
"""Level that paper is brought to before ink is told from print, however dark a shadow lies on it."""
PAPER_STEP, PAPER_REACH = 8, 11
"""Blocks of pixels and how many of them the brightest is looked for in: eleven millimetres at 200 dpi."""
COLOURLESS_SHARE = 2e-5
"""A page with fewer coloured pixels than this share of its area is grey: a seal's sliver covers ten times as much."""
TINT, TINTED_SHARE = 4, 1e-4
"""Levels between a pixel's channels, and the share of such pixels in a colour scan of black print: at its edges alone
were 4e-4 and more, in what was stored as grey none."""


@dataclass(frozen=True, slots=True)
class Inks:
    """Masks of the coloured inks and whether the page has any colour."""

    red: Mask
    blue: Mask
    colourless: bool


def find_inks(picture: Picture) -> Inks:
    """Masks of red and blue ink; hue is taken relative to the paper (the median of the brighter half)."""
    small = cv2.resize(picture, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = np.median(small.reshape(-1, 3)[small.reshape(-1, 3).sum(axis=1) >= np.median(small.sum(axis=2))], axis=0)
    gain = np.clip(235.0 / np.maximum(paper, 60.0), 0.8, 2.5)
    tables = (np.arange(256)[:, None] * gain[None, :]).clip(0, 255).astype(np.uint8)[None]
    balanced = cv2.LUT(picture, tables.reshape(1, 256, 3))
    lab = cv2.cvtColor(balanced, cv2.COLOR_BGR2LAB)
    redness = np.asarray(np.maximum(cv2.extractChannel(lab, 1), 1) - 1, np.uint8)
    blueness = np.asarray(cv2.bitwise_not(cv2.extractChannel(lab, 2)), np.uint8)
    red = _with_pale(redness, blueness)
    blue = _with_pale(blueness, redness)
    share = (cv2.countNonZero(red) + cv2.countNonZero(blue)) / red.size
    return Inks(red, blue, share < COLOURLESS_SHARE)


def is_tinted(picture: Picture) -> bool:
    """Whether a BGR page's pixels are tinted, as a colour scan's are at the edges of black print."""
    blue, green, red = cv2.split(picture)
    spread = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    return cv2.countNonZero(_above(np.asarray(spread, np.uint8), TINT)) > TINTED_SHARE * spread.size


def _with_pale(chroma: Mask, other: Mask) -> Mask:
    """Strong ink, and pale ink of the same hue near it: the thin strokes of a seal's letters.

    Args:
        chroma: How far a pixel goes towards the colour, GREY where it has none.
        other: The same towards the other colour: a pixel belongs to the one it goes further to.
    """
    hue = cv2.compare(chroma, other, cv2.CMP_GT)
    sure = cv2.bitwise_and(_above(chroma, GREY + CHROMA), hue)
    if not cv2.countNonZero(sure):
        return np.asarray(sure, np.uint8)
    small = np.asarray(cv2.resize(sure, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA), np.uint8)
    near = cv2.dilate(_above(small, 0), np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8))
    around = cv2.resize(near, (sure.shape[1], sure.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.bitwise_and(cv2.bitwise_and(_above(chroma, GREY + PALE), hue), around), np.uint8)


def _above(values: Mask, level: int) -> Mask:
    return np.asarray(cv2.threshold(values, level, 255, cv2.THRESH_BINARY)[1], np.uint8)


def without_red(picture: Picture, red: Mask) -> Picture:
    """The picture as seen through a red filter: red ink vanishes into the paper, black print stays black.

    Only where red was found (and just around it) is the picture changed.
    """
    return _filtered(picture, red, channel=2)


def without_blue(picture: Picture, blue: Mask) -> Picture:
    """The same for blue ink, through a blue filter."""
    return _filtered(picture, blue, channel=0)


def _filtered(picture: Picture, mask: Mask, channel: int) -> Picture:
    if not cv2.countNonZero(mask):
        return picture
    grown = cv2.dilate(mask, np.ones((5, 5), np.uint8))
    x, y, width, height = cv2.boundingRect(grown)
    inside = slice(y, y + height), slice(x, x + width)
    seen = np.ascontiguousarray(picture[..., channel][inside])
    paper = _paper_under(picture[..., channel], inside)
    lit = cv2.divide(seen, paper, scale=PAPER)
    ink = max(DARKEST_INK, float(np.percentile(lit[mask[inside] > 0], INK_PERCENTILE)))
    levels = np.arange(256, dtype=np.float32)
    table = np.clip((levels - BLACK) / (ink - BLACK), 0.0, 1.0) * PAPER
    through = cv2.multiply(cv2.LUT(lit, table.astype(np.uint8)), paper, scale=1 / PAPER)
    out = picture.copy()
    np.copyto(out[inside], through[..., None], where=(grown[inside] > 0)[..., None])
    return out


def _paper_under(seen: Mask, inside: tuple[slice, slice]) -> Mask:
    """How bright the paper is under everything on it, in a shadow as well: the brightest of its surroundings."""
    step = PAPER_STEP
    small = cv2.resize(seen, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    bright = cv2.blur(cv2.dilate(small, np.ones((PAPER_REACH, PAPER_REACH), np.uint8)), (PAPER_REACH, PAPER_REACH))
    whole = cv2.resize(bright, (seen.shape[1], seen.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.maximum(whole[inside], 1), np.uint8)


def cleared(mask: Mask, boxes: Sequence[Box], margin: float) -> Mask:
    """A mask with nothing in the boxes of stamps (pixels), nor so many pixels around them: it is theirs."""
    left = mask.copy()
    for x0, y0, x1, y1 in boxes:
        corners = (int(x0 - margin), int(y0 - margin)), (int(x1 + margin), int(y1 + margin))
        cv2.rectangle(left, *corners, (0.0,), -1)
    return left
