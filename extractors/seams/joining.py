"""The slices of one impression put side by side again: the seal they were cut from, and slices that don't fit in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.imaging.frame import Cut
from extractors.readers.protocol import LineReader, Picture
from extractors.seals.ink import inked
from extractors.seals.legend import Legend, read_ring
from extractors.seals.outline import Ellipse, fit_ellipse
from extractors.seals.unroll import OVAL
from extractors.seams.bridging import bridged
from extractors.seams.chains import Chain, Piece
from extractors.seams.cutting import PER_MM, Strip, strip_of
from extractors.seams.laying import Slice, full_strokes
from extractors.seams.likeness import Parts, ring_of
from pipeline.model.document import Page
from pipeline.model.seal import Side

SLIP_MM = 3.2
"""Sheets are pushed together up and down by at most this much when their neighbours are aligned."""
FINE_MM = 1.0
"""Chords worn at one end have their middle so far off: neighbours are then aligned by the ink that meets."""
ASTRAY_MM = 4.5
"""A slice whose rim lies this far from where its neighbours' circle has it is of another impression. Sheets slip by
2 mm, and the circle through worn rims is known to 1 mm."""
SLIVER_MM = 1.2
"""Of a slice this thin too much was cropped to say where on the circle it lay."""
CROPPED_MM = 1.5
"""What a scanner loses of the sheets' edges shifts a slice sideways by about this much against the others' circle."""
LOWEST_MM, HIGHEST_MM = 12.5, 31.0
"""Half of a seal's height: the smallest oval's in use (34 x 26 mm), and more than any seal's."""
MOST_LOST_MM = 2.0
"""Of each slice at most, at its sheet's edge: flattened photographs lose a millimetre."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The picture (BGR), its legend, the seal's diameter in mm (None: no circle fits), pieces that don't belong.

    `unplaced` are the pieces of which that can't be told. `parts` are what is compared with whole seals.
    """

    picture: Picture
    legend: Legend
    diameter_mm: float | None
    astray: tuple[Piece, ...] = ()
    unplaced: tuple[Piece, ...] = ()
    parts: Parts | None = None


def join(chain: Chain, pages: Sequence[Page], gaps: Sequence[int], cut: Cut, reader: LineReader) -> Joined:
    """Cut the slices out of their pages (`cut`), lay them side by side, fit the seal's outline and read it.

    Args:
        chain: The slices.
        pages: The pages that `index` of the pieces counts.
        gaps: Indices of pages that should have carried a slice of it and don't: left white, as wide as usual.
        cut: Gives the pictures of the slices.
        reader: Reads the unrolled ring.
    """
    strips = [_levelled(strip_of(piece, chain, pages[piece.index], cut), chain) for piece in chain.pieces]
    usual = max(2, round(float(np.median([strip.ink.shape[1] for strip in strips]))))
    ordered = _aligned(_in_order(strips, gaps, usual, chain.pieces[0].side))
    picture = np.hstack([strip.picture for strip in ordered])
    ink = np.hstack([strip.ink for strip in ordered])
    outline = _outline(ink)
    if outline is None:
        return Joined(picture, Legend("", 0.0), None, unplaced=chain.pieces)
    legend = read_ring(*((ink, outline) if _lies(outline) else _rounded(ink, outline)), reader)
    parts = _parts(ordered, outline, chain.pieces[0].side)
    astray, unplaced = _compared(ordered, outline)
    return Joined(picture, legend, round(2 * outline.b / PER_MM, 1), astray, unplaced, parts)


def _parts(strips: Sequence[Strip], outline: Ellipse, side: Side) -> Parts:
    """The slices one by one, and the ring with them as far apart as they must be for the seal to be round."""
    missing = round(2 * outline.b) - sum(strip.ink.shape[1] for strip in strips)
    between = min(max(0, missing), round(MOST_LOST_MM * PER_MM * len(strips)))
    ink = bridged([strip.ink for strip in strips], between, side)
    apart = (_outline(ink) or outline) if between else outline
    return Parts(_slices(strips, outline), round(outline.b), ring_of(*_rounded(ink, apart)))


def _slices(strips: Sequence[Strip], outline: Ellipse) -> tuple[Slice, ...]:
    """The slices that are there, the seal's middle brought to half their height, with room for missing ones."""
    slices, room = [], 0
    for strip in strips:
        height, width = strip.ink.shape
        if not strip.piece.width:
            room += 2 * width
            continue
        middled = strip.moved(round(height / 2 - outline.y))
        slices.append(Slice(full_strokes(middled.ink), middled.paper.astype(np.float32), room))
        room = 0
    return tuple(slices)


def _lies(outline: Ellipse) -> bool:
    """Whether the joined seal is an oval that lies: what sheets lose makes a round one narrower, never lower."""
    return outline.b < OVAL * outline.a


def _rounded(ink: NDArray[np.uint8], outline: Ellipse) -> tuple[NDArray[np.uint8], Ellipse]:
    """The ink as much wider or narrower as makes its outline a circle, and that circle in it."""
    width = max(1, round(ink.shape[1] * outline.b / outline.a))
    stretched = cv2.resize(ink, (width, ink.shape[0]), interpolation=cv2.INTER_LINEAR)
    circle = Ellipse(outline.x * width / ink.shape[1], outline.y, outline.b, outline.b, 0.0)
    return np.asarray(stretched, dtype=np.uint8), circle


def _levelled(strip: Strip, chain: Chain) -> Strip:
    """The slice pushed up or down so that the middle of its chord is at the seal's; not one of another impression."""
    slip = chain.middle - strip.piece.middle
    if abs(slip) > SLIP_MM:
        return strip
    return strip.moved(round(slip * PER_MM))


def _in_order(strips: list[Strip], gaps: Sequence[int], usual: int, side: Side) -> list[Strip]:
    """From the seal's left to its right, white where a slice is missing; on left edges the last sheet comes first."""
    first, last = strips[0].piece.index, strips[-1].piece.index
    height = strips[0].ink.shape[0]
    white = [
        Strip(
            _gap(strips[0].piece, index),
            np.full((height, usual, 3), 255, np.uint8),
            np.zeros((height, usual), np.uint8),
            np.zeros((height, usual), np.uint8),
        )
        for index in gaps
        if first < index < last
    ]
    ordered = sorted([*strips, *white], key=lambda strip: strip.piece.index)
    return ordered if side is Side.RIGHT else ordered[::-1]


def _gap(piece: Piece, index: int) -> Piece:
    return Piece(index, piece.side, piece.middle, 0.0, 0.0, piece.turns, piece.mark)


def _aligned(strips: list[Strip]) -> list[Strip]:
    """Each slice pushed up or down to continue the one before it."""
    aligned: list[Strip] = []
    previous: NDArray[np.uint8] | None = None
    for strip in strips:
        shift = 0
        if previous is not None and strip.ink.any() and previous.any():
            shift = _shift(previous[:, -2:], strip.ink[:, :2])
        moved = strip.moved(shift)
        aligned.append(moved)
        previous = moved.ink if moved.ink.any() else None
    return aligned


def _shift(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> int:
    """Rows to move the right one down by, so that it continues the left one best; 0 when it makes no difference."""
    reach = round(FINE_MM * PER_MM)
    a = cv2.GaussianBlur(left.max(axis=1).astype(np.float32).reshape(-1, 1), (1, 9), 2).ravel()
    b = cv2.GaussianBlur(right.max(axis=1).astype(np.float32).reshape(-1, 1), (1, 9), 2).ravel()
    scores = [
        float((a * np.roll(b, shift)).sum()) * (1 - 0.1 * abs(shift) / reach) for shift in range(-reach, reach + 1)
    ]
    best = int(np.argmax(scores)) - reach
    return best if scores[best + reach] > 1.15 * scores[reach] else 0


def _outline(ink: NDArray[np.uint8]) -> Ellipse | None:
    """The seal's rim as an ellipse with upright axes, from the highest and the lowest ink of every column."""
    mask = inked(ink) > 0
    columns = np.flatnonzero(mask.any(axis=0))
    if len(columns) < 6:
        return None
    top = mask[:, columns].argmax(axis=0)
    bottom = mask.shape[0] - 1 - mask[::-1, columns].argmax(axis=0)
    points = np.concatenate([np.column_stack([columns, top]), np.column_stack([columns, bottom])]).astype(np.float64)
    # Few columns of a tall seal: stretched to a square, so that every part of the rim counts alike.
    factor = float(np.ptp(points[:, 1])) / max(float(np.ptp(points[:, 0])), 1.0)
    fitted = fit_ellipse(points * (factor, 1.0))
    if fitted is None:
        return None
    x0, y0, x1, y1 = fitted.box()
    half_width, half_height = (x1 - x0) / 2 / factor, (y1 - y0) / 2
    if not LOWEST_MM * PER_MM <= half_height <= HIGHEST_MM * PER_MM:
        return None
    return Ellipse(fitted.x / factor, fitted.y, half_width, half_height, 0.0)


def _compared(strips: Sequence[Strip], outline: Ellipse) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Slices whose rim is far from the outline at both ends of their chord, and those too thin or bare to say so."""
    astray, unplaced = [], []
    left = 0
    for strip in strips:
        width = strip.ink.shape[1]
        off = [_off(strip.ink, left + along * CROPPED_MM * PER_MM, outline) for along in (-1, 0, 1)]
        known = [each for each in off if each is not None] if width >= SLIVER_MM * PER_MM else []
        if not known and strip.piece.width:
            unplaced.append(strip.piece)
        elif known and min(known) > ASTRAY_MM * PER_MM:
            astray.append(strip.piece)
        left += width
    return tuple(astray), tuple(unplaced)


def _off(ink: NDArray[np.uint8], left: float, outline: Ellipse) -> float | None:
    """Median distance in pixels from a slice's outermost ink to the outline, the worse of its two ends."""
    mask = inked(ink) > 0
    columns = np.flatnonzero(mask.any(axis=0))
    reach = 1 - ((columns + left + 0.5 - outline.x) / outline.a) ** 2
    kept = reach > 0.04
    if int(kept.sum()) < 2:
        return None
    columns, half = columns[kept], outline.b * np.sqrt(reach[kept])
    top = mask[:, columns].argmax(axis=0)
    bottom = mask.shape[0] - 1 - mask[::-1, columns].argmax(axis=0)
    above, below = np.median(top - (outline.y - half)), np.median(bottom - (outline.y + half))
    # Ink worn off makes a chord shorter at one end; another impression moves or cuts it at both.
    return float(max(min(abs(above), abs(below)), -above, below))
