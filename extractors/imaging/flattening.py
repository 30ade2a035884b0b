"""A photographed page cut out of its background and flattened; a scan is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.imaging.frame import Matrix
from extractors.imaging.page_edges import crossing, on_edges, side_edges, weakest_side
from extractors.readers.protocol import Picture, Quad

Mask = NDArray[np.uint8]

SMALL_SIDE = 720
"""Longest side of the picture the page's outline is looked for in."""
LEAST_AREA = 0.30
"""A page fills at least this share of its photograph."""
LARGEST_LOSS = 1.1
"""Through what is left of a page from which a shadow cut a corner: with the corner it is larger by less."""
SCAN_MARGIN = 0.012
"""Sides all this close to the picture's own: a scan, or a page that fills the frame."""
SHADOW_MARGIN = 0.04
"""One side may lie this far inside: a scanner's lid that was not shut darkens that edge."""
A4 = 297 / 210
FRONTAL = 1.05
"""Opposite sides no more unequal than this: the camera looked straight down, and sides show at their true lengths."""
UNLIKE_A4 = 1.15
"""Such a page whose sides are so far from A4's is another piece of paper: half a sheet, a receipt."""
FORESHORTENED = 1.35
"""Held so far askew that A4's sides would show so far off, nothing could be read: another piece of paper too."""
EDGE = 0.5
"""Share of the clearest outline's weakest side that the first outline's must have: a shadow's rim had a twentieth, or
where it fell among print under a half."""
LEAST_EDGE = 6.0
"""Steps of lightness and colour a pixel across the weakest side of an outline that a shadow was looked through for."""

FADING = 1.5
"""Steps a pixel that any side of a sheet on a table shows: the end of a lamp's light over paper has 0.1-0.7."""


def find_page_quad(picture: Picture) -> Quad | None:
    """The four corners of the page in pixels, clockwise from its top left; None for a scan."""
    height, width = picture.shape[:2]
    scale = SMALL_SIDE / max(height, width)
    small = _shrunk(picture, scale)
    bright, shaded = _paper_masks(small)
    found = _paper_quads((*map(_largest_quad, bright), *map(_with_lost_corner, bright)), small)
    lit = (quad for quad in found if _has_edges(quad, small))
    quad = _clear_quad([*lit, *_clear(_paper_quads(map(_largest_quad, shaded), small), small)], small)
    return None if quad is None else np.asarray(quad / scale, dtype=np.float32)


def _clear(quads: Iterable[Quad], small: Picture) -> Iterator[Quad]:
    """Those whose sides are edges enough to be a sheet's, though a shadow was looked through for them."""
    return (quad for quad in quads if weakest_side(quad, small) >= LEAST_EDGE)


def _has_edges(quad: Quad, small: Picture) -> bool:
    """Whether the sides that are not the picture's own are edges of something: where light fades over paper none is."""
    height, width = small.shape[:2]
    margin = SCAN_MARGIN * max(height, width)
    beyond = np.stack([quad[:, 1], width - quad[:, 0], height - quad[:, 1], quad[:, 0]]) < margin
    own = [bool((beyond[:, index] & beyond[:, (index + 1) % 4]).any()) for index in range(4)]
    return all(edge >= FADING for edge, along in zip(side_edges(quad, small), own, strict=True) if not along)


def _clear_quad(quads: Sequence[Quad], small: Picture) -> Quad | None:
    """The first quad whose sides are edges all round; a shadow's rim is none beside the sheet's own."""
    edges = [weakest_side(quad, small) for quad in quads]
    return next((quad for quad, edge in zip(quads, edges, strict=True) if edge >= EDGE * max(edges)), None)


def _paper_quads(quads: Iterable[Quad | None], small: Picture) -> Iterator[Quad]:
    """Those that are a sheet in the picture, their sides on its edges."""
    for quad in quads:
        if quad is not None and not _fills_frame(quad, small.shape[1], small.shape[0]):
            yield on_edges(quad, small)


def _shrunk(picture: Picture, scale: float) -> Picture:
    """The picture at `scale`: halved first, which costs little, and then to size."""
    if scale <= 0.5:
        picture = np.asarray(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        scale *= 2
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def flatten_matrix(quad: Quad) -> tuple[Matrix, tuple[int, int]]:
    """The homography flattened -> photograph, and the flattened size.

    That is A4 by the page's own long side, but for paper whose sides can't be A4's: it keeps its own.
    """
    size = _flat_size(quad)
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype=np.float32)
    return np.asarray(cv2.getPerspectiveTransform(target, quad), dtype=np.float64), size


def _flat_size(quad: Quad) -> tuple[int, int]:
    widths = sorted((float(np.linalg.norm(quad[1] - quad[0])), float(np.linalg.norm(quad[2] - quad[3]))))
    heights = sorted((float(np.linalg.norm(quad[3] - quad[0])), float(np.linalg.norm(quad[2] - quad[1]))))
    width, height = widths[1], heights[1]
    off = max(width, height) / min(width, height) / A4
    frontal = widths[1] <= FRONTAL * widths[0] and heights[1] <= FRONTAL * heights[0]
    if max(off, 1 / off) > (UNLIKE_A4 if frontal else FORESHORTENED):
        return round(width), round(height)
    if height >= width:
        height = max(height, width * A4)
        width = height / A4
    else:
        width = max(width, height * A4)
        height = width / A4
    return round(width), round(height)


def _paper_masks(small: Picture) -> tuple[list[Mask], list[Mask]]:
    """Where the paper may be: brighter than its surroundings, or less coloured too; and where a shadow lies over it.

    In a shadow it is less coloured at any brightness, or not of the darkest.
    """
    blurred = cv2.GaussianBlur(small, (0, 0), 3)
    grey = np.asarray(cv2.cvtColor(blurred, cv2.COLOR_BGR2GRAY), np.uint8)
    saturation = np.asarray(cv2.cvtColor(blurred, cv2.COLOR_BGR2HSV)[..., 1], np.uint8)
    middle, pale = _parting(grey), saturation <= _parting(saturation)
    darkest = _parting(np.ascontiguousarray(grey[grey <= middle]).reshape(-1, 1))
    bright = grey > middle
    return [_closed(bright), _closed(bright & pale)], [_closed(pale), _closed(grey > darkest)]


def _parting(levels: Mask) -> float:
    """The level that parts the darker from the lighter (Otsu)."""
    level, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return level


def _closed(mask: NDArray[np.bool_]) -> Mask:
    """A mask (255, else 0) without the gaps that print leaves in it."""
    filled = cv2.morphologyEx(mask * np.uint8(255), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    return np.asarray(filled, np.uint8)


def _largest_quad(mask: Mask) -> Quad | None:
    hull = _outline(mask)
    if hull is None:
        return None
    for tolerance in (0.015, 0.02, 0.03, 0.045, 0.06):
        corners = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, True), True)
        if len(corners) == 4 and cv2.contourArea(corners) > 0.93 * cv2.contourArea(hull):
            return _clockwise(corners.reshape(4, 2).astype(np.float32))
    return None


def _with_lost_corner(mask: Mask) -> Quad | None:
    """The quad of a page from which a shadow cut one corner: the sides beside it go on until they meet."""
    hull = _outline(mask)
    if hull is None:
        return None
    for tolerance in (0.015, 0.02):
        corners = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, True), True).reshape(-1, 2).astype(np.float64)
        if len(corners) != 5:
            continue
        cut = int(np.argmin(np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)))
        before, start, end, after = (corners[(cut + step) % 5] for step in (-1, 0, 1, 2))
        met = crossing((before, start), (after, end))
        if met is None or not (0 <= met[0] <= mask.shape[1] and 0 <= met[1] <= mask.shape[0]):
            continue
        quad = np.asarray([met, *(corners[(cut + step) % 5] for step in (2, 3, 4))], np.float32)
        if cv2.contourArea(quad) < LARGEST_LOSS * cv2.contourArea(hull):
            return _clockwise(quad)
    return None


def _outline(mask: Mask) -> NDArray[np.int32] | None:
    """The hull of the largest patch, if it is large enough to be a page."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    contour = max(contours, key=cv2.contourArea)
    if cv2.contourArea(contour) < LEAST_AREA * mask.size:
        return None
    return np.asarray(cv2.convexHull(contour), np.int32)


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    sums, differences = corners.sum(axis=1), corners[:, 1] - corners[:, 0]
    order = [int(sums.argmin()), int(differences.argmin()), int(sums.argmax()), int(differences.argmax())]
    if len(set(order)) < 4:
        center = corners.mean(axis=0)
        angles = np.arctan2(corners[:, 1] - center[1], corners[:, 0] - center[0])
        return corners[np.argsort(angles)]
    return corners[order]


def _fills_frame(quad: NDArray[np.float32], width: int, height: int) -> bool:
    """Whether every side lies along the picture's own, or all but one, which is near it: a lid's shadow."""
    gaps = sorted(
        float(gap) / max(width, height)
        for gap in (quad[[0, 1], 1].max(), width - quad[[1, 2], 0].min(), height - quad[[2, 3], 1].min(),
                    quad[[0, 3], 0].max())
    )  # fmt: skip
    return gaps[-2] < SCAN_MARGIN and gaps[-1] < SHADOW_MARGIN
