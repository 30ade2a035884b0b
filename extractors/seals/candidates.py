"""Where seals may be: closed outlines in the mask of one ink, and rings in its clutter."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.seals.edges import seam_sides, sides_cut
from extractors.seals.outline import (
    Box,
    Ellipse,
    fill,
    fit_box,
    fit_ellipse,
    near_rim,
    outermost,
    ring_support,
    side_support,
)  # fmt: skip
from extractors.seals.ovals import oval_around
from extractors.seals.rings import LEAST, Ring, find_rings

Mask = NDArray[np.uint8]

BRIDGE_MM = 1.2
"""Ink closer than this belongs to one thing: letters stand that near to the rim, seals and print further apart."""
SMALLEST_MM = 9.0
"""The side of the smallest name chop."""
ROUND_MM = (22.0, 62.0)
"""Diameters of round and oval seals (the short axis from 20 mm)."""
OVAL_MM, ROUND_RATIO = 52.0, 0.86
"""The largest oval seal is 30 x 45 mm, a little more askew; two round ones that overlap make a longer oval."""
LEAST_SHARE = 0.05
"""Of the picture's longer side, where its scale is not known: it shows a sheet of A3 at most."""
LARGEST_MM = 62.0
RING_BORNE = 0.55
"""Less of the rim than this is chance: letters and lines that lie on a circle."""
VISIBLE = 0.58
"""A seal with less of its rim on the page is a slice, not a seal."""
VISIBLE_APART = 0.42
"""The same where it is cut by an edge that no seam stamp lies on: of a portrait sheet its top or bottom."""
SIDES_BORNE = 0.72
WEAKEST_SIDE = 0.5
SOLID = 0.66
"""More ink inside than this is a filled disc - a logo, a sticker -, not a seal."""
EMPTY = 0.015
"""Less ink inside than this is an empty ring."""
LETTERING = (0.012, 0.62)
"""Ink in the ring of letters: letters cover 15-45 % of it, of a faint seal little is seen."""
RUN_OUT, FULL = 0.5, 95
"""Ink weaker than this share of a seal's strokes, whose strength this percentile gives, ran out of them."""
AROUND = 0.6
"""With more ink than this in the corners around the outline, it is the edge of a hole in something coloured."""
LOOSE = 3
"""Power of its rim's support by which an oval is weighed: round seals that overlap lie on a loose oval together."""
FIRM = 0.8
"""An oval less borne out than this may be such round ones."""
WHOLE = 0.9
"""A circle less borne out than this may be the end of an oval."""
OVALS_END = 0.28
"""A circle's correlation with the end of an oval: less than a ring's own, which half of its rim would give."""
MOST_RINGS = 6
"""Rings looked at in clutter: the best are seals, what follows are letters that happen to lie on a circle."""
ZOOMS = (1.0, 2.3, 5.3)
"""A whole page, and parts of it, each so much smaller as the radii looked for at one scale reach."""
OUTSIDE = 0.18
"""Share of a blob's ink outside its outline that makes it worth looking for a second one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An outline that may be a seal; `support` is the share of it that ink bears out."""

    outline: Ellipse | Box
    support: float
    visible: float = 1.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Pixels a millimetre of the mask; `known` says whether from the page's own scale or guessed."""

    pixels_per_mm: float
    known: bool


def find_candidates(mask: Mask, scale: Scale, *, blobs: bool = True, ink: Mask | None = None) -> tuple[Candidate, ...]:
    """Candidates of one ink, best first, none on top of another. `blobs` False: rings only (pages without colour).

    `ink` is how strong the ink of the mask is: what ran between the letters of a smeared seal is told by that.
    """
    found: list[Candidate] = []
    cluttered = not blobs
    if blobs:
        for points, part in _blobs(mask, scale):
            candidate = _of_blob(mask, points, scale, ink)
            if candidate is not None:
                found.append(candidate)
            cluttered |= _unexplained(points, part, candidate, scale)
    if cluttered:
        found += _of_rings(mask, scale)
    return _apart(found)


def _blobs(mask: Mask, scale: Scale) -> list[tuple[NDArray[np.float64], tuple[int, int, int, int]]]:
    """Connected ink of a seal's size or more: its points (n, 2) and its box (x, y, width, height)."""
    bridge = max(3, round(BRIDGE_MM * scale.pixels_per_mm)) | 1
    grown = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (bridge, bridge)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(grown)
    least = SMALLEST_MM * scale.pixels_per_mm if scale.known else max(16, 0.03 * max(mask.shape))
    blobs = []
    for index in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[index])
        if min(width, height) < least:
            continue
        inside = (labels[y : y + height, x : x + width] == index) & (mask[y : y + height, x : x + width] > 0)
        rows, columns = np.nonzero(inside)
        if len(rows) > 30:
            blobs.append((np.column_stack([columns + x, rows + y]).astype(np.float64), (x, y, width, height)))
    return blobs


def _of_blob(mask: Mask, points: NDArray[np.float64], scale: Scale, ink: Mask | None) -> Candidate | None:
    low, high = points.min(axis=0), points.max(axis=0)
    size = high - low + 1
    if scale.known and float(size.max()) > 1.15 * LARGEST_MM * scale.pixels_per_mm:
        return None
    own = np.zeros_like(mask)
    own[points[:, 1].astype(int), points[:, 0].astype(int)] = 255
    outer = outermost(own, ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2), float(np.hypot(*size)) / 2)
    ellipse = fit_ellipse(outer)
    borne = ellipse is not None and ring_support(own, ellipse)[0] >= RING_BORNE
    if ellipse is not None and borne and (candidate := _ring(mask, ellipse, scale, ink=ink)) is not None:
        return candidate
    return _rectangle(own, fit_box(points), scale)


def _ring(
    mask: Mask, ellipse: Ellipse, scale: Scale, least: float = RING_BORNE, *, ink: Mask | None = None
) -> Candidate | None:
    """A ring as a candidate, if its rim is borne out and what it holds may be a seal's letters."""
    if scale.known:
        long, short = (
            2 * axis / scale.pixels_per_mm for axis in (max(ellipse.a, ellipse.b), min(ellipse.a, ellipse.b))
        )
        longest = ROUND_MM[1] if short >= ROUND_RATIO * long else OVAL_MM
        if not (ROUND_MM[0] <= long <= longest and short >= ROUND_MM[0] - 3):
            return None
    elif 2 * max(ellipse.a, ellipse.b) < LEAST_SHARE * max(mask.shape):
        return None
    support, visible = ring_support(mask, ellipse)
    if support < least or visible < _least_visible(mask.shape, ellipse):
        return None
    if not _holds_letters(mask, ellipse) and not (
        ink is not None and _holds_letters(_firm(mask, ink, ellipse), ellipse)
    ):
        return None
    if fill(mask, ellipse, 1.1, 1.5) > AROUND:
        return None
    return Candidate(ellipse, support, visible)


def _least_visible(size: tuple[int, ...], ellipse: Ellipse) -> float:
    """How much of a seal's rim must be on the page: where a seam stamp may lie, less of it is a slice of one."""
    return VISIBLE if sides_cut(ellipse.box(), size) & seam_sides(size) else VISIBLE_APART


def _holds_letters(mask: Mask, ellipse: Ellipse) -> bool:
    inside, lettering = fill(mask, ellipse, 0.0, 0.9), fill(mask, ellipse, 0.62, 0.9)
    return EMPTY <= inside <= SOLID and LETTERING[0] <= lettering <= LETTERING[1]


def _firm(mask: Mask, ink: Mask, ellipse: Ellipse) -> Mask:
    """The mask where the ink is at least half as strong as the strokes inside the outline: not what ran out of them."""
    inside = ink[(mask > 0) & (near_rim(mask.shape, ellipse, 0.0, 1.0) > 0)]
    least = RUN_OUT * float(np.percentile(inside, FULL)) if inside.size else 0.0
    return np.where((mask > 0) & (ink >= least), np.uint8(255), np.uint8(0))


def _rectangle(mask: Mask, box: Box, scale: Scale) -> Candidate | None:
    short, long = sorted((box.width, box.height))
    if short < 8 or short / long < 0.3:
        return None
    if scale.known and not SMALLEST_MM <= short / scale.pixels_per_mm <= long / scale.pixels_per_mm <= LARGEST_MM:
        return None
    sides = side_support(mask, box)
    if min(sides) < WEAKEST_SIDE or sum(sides) / 4 < SIDES_BORNE:
        return None
    return Candidate(box, sum(sides) / 4)


def _unexplained(
    points: NDArray[np.float64], part: tuple[int, int, int, int], candidate: Candidate | None, scale: Scale
) -> bool:
    """Whether a blob may hold (another) ring: it is big enough, and much of its ink lies outside what was found."""
    if scale.known and min(part[2], part[3]) < 0.6 * ROUND_MM[0] * scale.pixels_per_mm:
        return False
    if candidate is None:
        return True
    if isinstance(candidate.outline, Box):
        return False
    if candidate.outline.ratio < ROUND_RATIO and candidate.support < FIRM:
        return True
    return float((candidate.outline.relative(points) > 1.08).mean()) > OUTSIDE


def _of_rings(mask: Mask, scale: Scale) -> list[Candidate]:
    found = []
    for ring in _rings(mask, scale):
        circle = Ellipse(ring.x, ring.y, ring.radius, ring.radius, 0.0)
        options = _round(mask, circle, scale) if ring.score >= LEAST else []
        if all(option.support < WHOLE for option in options):
            options += _oval(mask, circle, scale)
        if options:
            found.append(max(options, key=lambda option: option.support))
    return found


def _round(mask: Mask, circle: Ellipse, scale: Scale) -> list[Candidate]:
    """The circle itself, and the ellipse fitted to the ink near it, as far as they may be seals."""
    near = np.asarray(cv2.bitwise_and(mask, near_rim(mask.shape, circle, 0.88, 1.1)), dtype=np.uint8)
    refined = fit_ellipse(outermost(near, (circle.x, circle.y), 1.12 * circle.a))
    return [option for outline in (refined, circle) if outline and (option := _ring(mask, outline, scale))]


def _oval(mask: Mask, end: Ellipse, scale: Scale) -> list[Candidate]:
    """The oval of which a circle is an end, if nearly all of its rim is there."""
    outline = oval_around(mask, end)
    option = _ring(mask, outline, scale, WHOLE) if outline else None
    return [option] if option else []


def _rings(mask: Mask, scale: Scale) -> list[Ring]:
    """Circles in the mask; of a picture of unknown scale also those of a page's part, up to a seal that fills it."""
    zooms = (1.0,) if scale.known else ZOOMS
    found = [ring for zoom in zooms for ring in find_rings(mask, scale.pixels_per_mm * zoom, least=OVALS_END)]
    return sorted(found, key=lambda ring: -ring.score)[:MOST_RINGS]


def _apart(found: list[Candidate]) -> tuple[Candidate, ...]:
    """The candidates without those that share most of their box with a better one, or lie inside a bigger one."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=_weight, reverse=True):
        if all(_overlap(candidate.outline.box(), other.outline.box()) < 0.6 for other in kept):
            kept.append(candidate)
    return tuple(kept)


def _weight(candidate: Candidate) -> float:
    """By what candidates on top of each other are chosen: how much of a rim there is, in pixels."""
    outline = candidate.outline
    oval = isinstance(outline, Ellipse) and outline.ratio < ROUND_RATIO
    return candidate.support ** (LOOSE if oval else 1) * candidate.visible * _size(candidate)


def _size(candidate: Candidate) -> float:
    x0, y0, x1, y1 = candidate.outline.box()
    return max(x1 - x0, y1 - y0)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Shared area through the smaller one's."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min((one[2] - one[0]) * (one[3] - one[1]), (other[2] - other[0]) * (other[3] - other[1]))
    return width * height / max(smaller, 1.0)
