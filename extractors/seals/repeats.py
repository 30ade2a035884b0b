"""Whether two impressions are one picture that was pasted twice: the same ink, laid on one another.

A scan repeats a pasted picture to the pixel, a photograph does not: it is bent, shaded and seen from an angle. What
stays is how the ink lies. Two impressions of one stamp have its outline and letters in common, and what is worn of
them; ink and pressure are each time others. So the two are laid on one another, stroke on stroke, and the density of
the ink inside the strokes is compared; what other impressions of the stamp share with them is the stamp's, not the
ink's.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.imaging.frame import Cut, Matrix, PageFrame
from extractors.seals.ink import Map, inks_of, paper_of
from pipeline.model.document import Page
from pipeline.model.seal import SealMark

Field = NDArray[np.float32]

SIDE = 320
"""Pixels of an impression with its margin: an eighth of a millimetre each, as scanned at 200 dpi, of a common seal."""
MARGIN = 0.08
"""Of a seal's diameter left around it."""
LAYINGS = (80, 160)
"""Sides at which two impressions are laid on one another, one after the other."""
SOFT = 1.2
"""Blur of what is laid on one another, in pixels of those: print across it counts for less, and grain for nothing."""
STEPS, ENOUGH, AROUND = 60, 1e-4, 5
"""Of the iteration that lays them: at most so many, until it gains less, smoothed by so many pixels."""
TURNS = (0.0, -14.0, 14.0)
"""Degrees from which laying begins, until one of them fits: stamps are put down askew by up to some 20."""
FITTING = 0.95
"""Correlation of two impressions of one stamp laid on one another: 0.97 and more where laying came to its end, even of
dry ones; less where it went astray."""
FULL = 97
"""This share (percent) of pixels is no darker than a full stroke."""
STROKE = 0.45
"""Of a full stroke, from which a pixel lies inside one."""
PRINT = 110
"""Darkness (of 255) of print: seal ink is bright in its own colour. Around print nothing is compared."""
FEWEST = 3000
"""Pixels of strokes that must be there to compare: half of a common seal's."""
EVEN = 1e-4
"""Ink whose density varies by less is a drawn picture's, all of one tone: it says nothing of a pad's."""
PATCH, PRESSURE = 2.5, 22.0
"""Patches of ink are measured over so many pixels (a third of a millimetre) against what is around them (3 mm): what
changes more slowly is light and pressure of the hand, what changes faster the camera's noise."""
SHAPE = (1.5, 3.0, 6.0)
"""Blurs of the strokes' shape, in pixels: thin strokes and their ends are paler in every impression."""


@dataclass(frozen=True, slots=True)
class Impression:
    """A seal cut out of its page, `SIDE` pixels wide and high: its ink, and what is dark as print is."""

    ink: Map
    dark: Map


@dataclass(frozen=True, slots=True)
class Alikeness:
    """Of two impressions laid on one another: how well they fit, and how alike their ink lies (correlations)."""

    fit: float
    ink: float

    @property
    def told(self) -> bool:
        """Whether they lie on one another, so that the ink can be compared."""
        return self.fit >= FITTING


APART = Alikeness(0.0, 0.0)


def impression_of(page: Page, mark: SealMark, cut: Cut) -> Impression:
    """A seal of a page cut out anew; `cut` raises what it raises where the page can't be had any more."""
    x0, y0, x1, y1 = PageFrame.of(page.reading).to_working(mark.bbox)
    half = (0.5 + MARGIN) * max(x1 - x0, y1 - y0)
    x, y, (width, height) = (x0 + x1) / 2, (y0 + y1) / 2, page.reading.working_size
    box = ((x - half) / width, (y - half) / height, (x + half) / width, (y + half) / height)
    picture = cut(page, box, (SIDE, SIDE))
    inks = inks_of(picture, paper_of(picture))
    return Impression(inks.of(mark.colour), inks.dark)


def alikeness(one: Impression, other: Impression) -> Alikeness:
    """How alike the ink of two impressions lies; `APART` where they can't be laid on one another."""
    fit, matrix = _laid(one.ink, other.ink)
    if matrix is None or fit < FITTING:
        return Alikeness(fit, 0.0)
    moved = Impression(_moved(other.ink, matrix, 0), _moved(other.dark, matrix, 255))
    strokes = _strokes(one, moved)
    if int(strokes.sum()) < FEWEST:
        return APART
    a, b = (_density(_full(each.ink), strokes) for each in (one, moved))
    if min(a.std(), b.std()) < EVEN:
        return Alikeness(fit, 0.0)
    return Alikeness(fit, round(float(np.corrcoef(a, b)[0, 1]), 4))


def _laid(one: Map, other: Map) -> tuple[float, Matrix | None]:
    """How well they fit, and where the pixels of one lie in the other (3 x 3)."""
    best: tuple[float, Matrix | None] = (0.0, None)
    for degrees in TURNS:
        found = _laid_from(one, other, degrees)
        best = max(best, found, key=lambda pair: pair[0])
        if best[0] >= FITTING:
            break
    return best


def _laid_from(one: Map, other: Map, degrees: float) -> tuple[float, Matrix | None]:
    turn = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), degrees, 1.0)
    matrix = np.vstack([turn, [0, 0, 1]]).astype(np.float64)
    fit = 0.0
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, STEPS, ENOUGH)
    for side in LAYINGS:
        scale = np.diag([side / SIDE, side / SIDE, 1.0])
        start = (scale @ matrix @ np.linalg.inv(scale)).astype(np.float32)
        a, b = (_small(picture, side) for picture in (one, other))
        whole = np.full((side, side), 255, np.uint8)
        try:
            fit, found = cv2.findTransformECC(a, b, start, cv2.MOTION_HOMOGRAPHY, criteria, whole, AROUND)
        except cv2.error:  # it did not converge
            return 0.0, None
        matrix = np.linalg.inv(scale) @ np.asarray(found, dtype=np.float64) @ scale
    return float(fit), matrix


def _small(ink: Map, side: int) -> Field:
    small = cv2.resize(_full(ink), (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), SOFT), dtype=np.float32)


def _full(ink: Map) -> Field:
    """Ink as a share of a full stroke's."""
    full = max(float(np.percentile(ink, FULL)), 1.0)
    return np.asarray(np.clip(ink.astype(np.float32) / full, 0, 1.3), dtype=np.float32)


def _moved(picture: Map, matrix: Matrix, beyond: int) -> Map:
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    moved = cv2.warpPerspective(picture, matrix, (SIDE, SIDE), flags=flags, borderValue=(beyond,))
    return np.asarray(moved, dtype=np.uint8)


def _strokes(one: Impression, other: Impression) -> NDArray[np.bool_]:
    """The insides of strokes that both have, where neither has print."""
    inside = (_full(one.ink) > STROKE) & (_full(other.ink) > STROKE)
    free = (one.dark < PRINT) & (other.dark < PRINT)
    cores = [cv2.erode(area.astype(np.uint8), np.ones((by, by), np.uint8)) for area, by in ((inside, 3), (free, 5))]
    return np.asarray(cv2.bitwise_and(*cores) > 0)


def _density(ink: Field, strokes: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How dense the ink is at each pixel of the strokes, against what is around it; their shape's share taken out."""
    mask = strokes.astype(np.float32)
    relative = (_mean(ink, mask, PATCH) / np.maximum(_mean(ink, mask, PRESSURE), 1e-3))[strokes] - 1
    shape = [np.ones(len(relative)), *(cv2.GaussianBlur(mask, (0, 0), blur)[strokes] for blur in SHAPE)]
    columns = np.column_stack(shape)
    share, *_ = np.linalg.lstsq(columns, relative, rcond=None)
    return np.asarray(relative - columns @ share, dtype=np.float64)


def _mean(ink: Field, mask: Field, blur: float) -> Field:
    """The mean around each pixel over the strokes alone."""
    inked, seen = cv2.GaussianBlur(ink * mask, (0, 0), blur), cv2.GaussianBlur(mask, (0, 0), blur)
    return np.asarray(inked / np.maximum(seen, 1e-3), dtype=np.float32)
