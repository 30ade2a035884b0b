"""Seals on grey copies: what was red is lighter than print, so print can be told by its darkness and taken out."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.uint8]
"""How dark each pixel is, 0 paper - 255 black."""

FRINGE_MM = 0.28
"""How far a stroke's blurred edge reaches: what is that near to print is taken for print."""
FRINGE_OF_STROKE = 0.6
"""The same in widths of a stroke."""
PLAIN = 100
"""Strokes as wide as they are drawn, their pale edges aside."""
INK = 40
"""Darker than paper by this is ink: noise and the grain of a JPEG stay below."""
PRINT = 0.9
"""Share of the ink that is no darker than print: the rest are solid lines and a scanner's edge."""
APART = 45.0
"""Print is so much darker than a seal that was red or blue."""
AS_BLACK = 205.0
"""A rim this dark is as black as print: a black-and-white copy."""
BLACK = 160.0
"""Print is darker than this; where nothing is, there is no print to tell a seal from."""
LEAST_SHARE = 0.02
"""Of the ink, so much must be lighter strokes' inside: a seal on a page full of print covers several times as much."""
BORDER = 0.25
"""Between a rim's darkness and print's, where print begins: a seal's own strokes vary by less, print's thin ones by
more. On 36 drawn grey seals 31 names were read at 0.18 to 0.4 alike."""
CLEARED = 3
"""Pixels around that fill what is taken out."""
LEAST_RIM = 40
"""Pixels of a rim, at least, to tell its darkness from."""
DARKEST = 0.995
"""Share of a crop that is no darker than print: above are a few pixels of noise."""


def stroke_darkness(dark: Map, pixels_per_mm: float | None) -> Map:
    """The darkness of the stroke that each pixel belongs to: of the darkest pixel near it. None: scale not known."""
    reach = max(1, round(FRINGE_MM * pixels_per_mm if pixels_per_mm else FRINGE_OF_STROKE * _stroke_width(dark)))
    return np.asarray(
        cv2.dilate(dark, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))), dtype=np.uint8
    )


def _stroke_width(dark: Map) -> float:
    """How wide strokes are on average, in pixels: their area through half of their border."""
    ink = (dark > PLAIN).astype(np.uint8)
    border = cv2.countNonZero(ink) - cv2.countNonZero(cv2.erode(ink, np.ones((3, 3), np.uint8)))
    return 2 * cv2.countNonZero(ink) / max(border, 1)


def lighter_ink(dark: Map, pixels_per_mm: float | None) -> Map | None:
    """Where there is ink lighter than print (255) and where not (0); None where the page has but one tone of ink."""
    stroke = stroke_darkness(dark, pixels_per_mm)
    ink = dark > INK
    inked = stroke[ink]
    if inked.size < LEAST_RIM:
        return None
    level = float(np.quantile(inked, PRINT))
    if level < BLACK:
        return None
    lighter = np.where(ink & (stroke < level - APART), np.uint8(255), np.uint8(0))
    solid = cv2.countNonZero(cv2.erode(lighter, np.ones((3, 3), np.uint8)))
    return lighter if solid > LEAST_SHARE * inked.size else None


def without_print(dark: Map, rim: NDArray[np.bool_], pixels_per_mm: float) -> tuple[Map, Map] | None:
    """A grey copy's map of dark ink without print (what is clearly darker than the seal's own rim), filled from around.

    Args:
        dark: How dark each pixel is.
        rim: Where the seal's rim runs, True along its middle.
        pixels_per_mm: The map's scale.

    Returns:
        The map, and where print was taken out of it (255); None on a black-and-white copy, where rim and print are
        equally black.
    """
    printed = _printed(dark, rim, pixels_per_mm)
    if printed is None:
        return None
    return np.asarray(cv2.inpaint(dark, printed, CLEARED, cv2.INPAINT_NS), dtype=np.uint8), printed


def own_strokes(dark: Map, rim: NDArray[np.bool_], pixels_per_mm: float) -> Map | None:
    """Where a grey copy's map of dark ink has the seal's own strokes (255); None where tone does not tell them.

    Args and shapes are those of `without_print`.
    """
    printed = _printed(dark, rim, pixels_per_mm)
    return None if printed is None else np.where((dark > INK) & (printed == 0), np.uint8(255), np.uint8(0))


def _printed(dark: Map, rim: NDArray[np.bool_], pixels_per_mm: float) -> Map | None:
    """Where strokes clearly darker than the rim are (255); None where there are none."""
    on_rim = dark[rim & (dark > INK)]
    if on_rim.size < LEAST_RIM:
        return None
    level = float(np.median(on_rim))
    stroke = stroke_darkness(dark, pixels_per_mm)
    darkest = float(np.quantile(stroke, DARKEST))
    if level > AS_BLACK or darkest < level + APART:
        return None
    return np.where(stroke > level + BORDER * (darkest - level), np.uint8(255), np.uint8(0))
