"""The slices of one impression put side by side again: the seal they were cut from, and slices that don't fit in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import LineReader, Picture
from extractors.seals.ink import inked, inks_of, paper_of
from extractors.seals.legend import Legend, read_ring
from extractors.seals.outline import Ellipse, fit_ellipse
from extractors.seams.bridging import bridged
from extractors.seams.chains import Chain, Piece, size_mm
from extractors.seams.laying import Slice, full_strokes
from extractors.seams.likeness import Parts, ring_of
from extractors.seams.sheet_ends import end_of_paper
from pipeline.model.document import Page
from pipeline.model.seal import Side

PER_MM = 8.0
"""Pixels a millimetre of the joined picture, as at 200 dpi."""
WINDOW_MM = 30.0
"""Above and below the seal's middle: a seal of 45 mm and its sheets' slip."""
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
MATRIX = 9
"""Numbers of a homography."""
AT_SIDE_MM = 0.6
"""A slice whose ink ends further from the flat page's side was cut by the sheet above, not by its own sheet's end."""
INSIDE_MM, BEYOND_MM = 2.0, 2.6
"""Paper inside of a slice by which its sheet is known, and how far beyond the flat page's side it may go on."""
MOST_LOST_MM = 2.0
"""Of each slice at most, at its sheet's edge: flattened photographs lose a millimetre."""
Box = tuple[float, float, float, float]
Cut = Callable[[Page, Box, tuple[int, int]], Picture]
"""Gives a box of a page's working picture (x0, y0, x1, y1 in fractions; white beyond it) at a width and height."""


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


@dataclass(frozen=True, slots=True)
class _Strip:
    """A slice's picture and ink; `paper` is 1 where its sheet is, 0 beyond the sheet's end."""

    piece: Piece
    picture: Picture
    ink: NDArray[np.uint8]
    paper: NDArray[np.uint8]

    def moved(self, down: int) -> _Strip:
        """The slice so many rows further down."""
        if down == 0:
            return self
        picture, ink, paper = (
            _rolled(each, down, ground) for each, ground in ((self.picture, 255), (self.ink, 0), (self.paper, 0))
        )
        return _Strip(self.piece, picture, ink, paper)


def join(chain: Chain, pages: Sequence[Page], gaps: Sequence[int], cut: Cut, reader: LineReader) -> Joined:
    """Cut the slices out of their pages (`cut`), lay them side by side, fit the seal's outline and read it.

    Args:
        chain: The slices.
        pages: The pages that `index` of the pieces counts.
        gaps: Indices of pages that should have carried a slice of it and don't: left white, as wide as usual.
        cut: Gives the pictures of the slices.
        reader: Reads the unrolled ring.
    """
    strips = [_levelled(_strip(piece, chain, pages[piece.index], cut), chain) for piece in chain.pieces]
    usual = max(2, round(float(np.median([strip.ink.shape[1] for strip in strips]))))
    ordered = _in_order(strips, gaps, usual, chain.pieces[0].side)
    ordered = _aligned(ordered)
    picture = np.hstack([strip.picture for strip in ordered])
    ink = np.hstack([strip.ink for strip in ordered])
    outline = _outline(ink)
    if outline is None:
        return Joined(picture, Legend("", 0.0), None, unplaced=chain.pieces)
    stretched = max(1, round(ink.shape[1] * outline.b / outline.a))
    widened = _widened(ink, stretched)
    circle = Ellipse(outline.x * stretched / ink.shape[1], outline.y, outline.b, outline.b, 0.0)
    legend = read_ring(widened, circle, reader)
    parts = _parts(ordered, outline, chain.pieces[0].side)
    astray, unplaced = _compared(ordered, outline)
    return Joined(picture, legend, round(2 * outline.b / PER_MM, 1), astray, unplaced, parts)


def _parts(strips: Sequence[_Strip], outline: Ellipse, side: Side) -> Parts:
    """The slices one by one, and the ring with them as far apart as they must be for the seal to be round."""
    missing = round(2 * outline.b) - sum(strip.ink.shape[1] for strip in strips)
    between = min(max(0, missing), round(MOST_LOST_MM * PER_MM * len(strips)))
    ink = bridged([strip.ink for strip in strips], between, side)
    apart = (_outline(ink) or outline) if between else outline
    stretched = max(1, round(ink.shape[1] * apart.b / apart.a))
    circle = Ellipse(apart.x * stretched / ink.shape[1], apart.y, apart.b, apart.b, 0.0)
    return Parts(_slices(strips, outline), round(outline.b), ring_of(_widened(ink, stretched), circle))


def _slices(strips: Sequence[_Strip], outline: Ellipse) -> tuple[Slice, ...]:
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


def _widened(strength: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(strength, (width, strength.shape[0]), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _strip(piece: Piece, chain: Chain, page: Page, cut: Cut) -> _Strip:
    """The slice upright: as deep as it was found, or, of a photograph, up to where its sheet ends."""
    if not page.reading.photographed or _off_side(piece, page) > AT_SIDE_MM:
        scaled, paper = _upright(piece, chain, page, cut, 0.0, 0.0)
    else:
        wide, seen = _upright(piece, chain, page, cut, INSIDE_MM, BEYOND_MM)
        kept = _of_sheet(wide, piece)
        scaled, paper = np.ascontiguousarray(wide[:, kept]), np.ascontiguousarray(seen[:, kept])
    return _Strip(piece, scaled, inks_of(scaled, paper_of(scaled)).of(piece.mark.colour), paper)


def _of_sheet(wide: Picture, piece: Piece) -> slice:
    """The columns of a slice with more on either side that are its own, up to its sheet's end."""
    outward = wide if piece.side is Side.RIGHT else np.ascontiguousarray(wide[:, ::-1])
    inside, depth, columns = round(INSIDE_MM * PER_MM), round(piece.width * PER_MM), wide.shape[1]
    end = max(end_of_paper(outward) or inside + depth, inside + 1)
    return slice(inside, end) if piece.side is Side.RIGHT else slice(columns - end, columns - inside)


def _off_side(piece: Piece, page: Page) -> float:
    """Millimetres between the slice's outer end and the flat page's side."""
    (width, height), box = size_mm(page), piece.mark.straight
    return {
        Side.LEFT: box.x0 * width, Side.RIGHT: (1 - box.x1) * width,
        Side.TOP: box.y0 * height, Side.BOTTOM: (1 - box.y1) * height,
    }[piece.mark.side]  # fmt: skip


def _upright(
    piece: Piece, chain: Chain, page: Page, cut: Cut, inside: float, beyond: float
) -> tuple[Picture, NDArray[np.uint8]]:
    """The slice as it lay on the portrait sheet, with so many mm more towards the page's inside and beyond its side.

    Beside it where the stored page is (1), and where nothing is (0).
    """
    size = max(1, round((piece.width + inside + beyond) * PER_MM)), round(2 * WINDOW_MM * PER_MM)
    size = size if piece.turns == 0 else size[::-1]
    box = _wider(_window(piece, chain, page), piece, page, inside, beyond)
    picture, paper = cut(page, box, size), stored_in(page, box, size)
    return np.ascontiguousarray(np.rot90(picture, piece.turns)), np.ascontiguousarray(np.rot90(paper, piece.turns))


def stored_in(page: Page, box: Box, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Which of the pixels of a box (fractions of the working picture) at a size (width, height) the stored page has."""
    reading = page.reading
    if len(reading.frame) != MATRIX or min(reading.working_size) <= 0:
        return np.ones(size[::-1], np.uint8)
    (width, height), (x0, y0, x1, y1) = reading.working_size, box
    x = width * (x0 + (x1 - x0) * (np.arange(size[0]) + 0.5) / size[0])
    y = height * (y0 + (y1 - y0) * (np.arange(size[1]) + 0.5) / size[1])
    points = np.stack([*np.meshgrid(x, y), np.ones(size[::-1])], axis=-1) @ np.asarray(reading.frame).reshape(3, 3).T
    stored = points[..., :2] / points[..., 2:]
    return np.asarray(((stored >= 0) & (stored <= (reading.width, reading.height))).all(axis=-1), dtype=np.uint8)


def _wider(box: Box, piece: Piece, page: Page, inside: float, beyond: float) -> Box:
    """A slice's box with so many mm more on its inner and its outer side."""
    (width, height), (x0, y0, x1, y1) = size_mm(page), box
    return {
        Side.LEFT: (x0 - beyond / width, y0, x1 + inside / width, y1),
        Side.RIGHT: (x0 - inside / width, y0, x1 + beyond / width, y1),
        Side.TOP: (x0, y0 - beyond / height, x1, y1 + inside / height),
        Side.BOTTOM: (x0, y0 - inside / height, x1, y1 + beyond / height),
    }[piece.mark.side]


def _levelled(strip: _Strip, chain: Chain) -> _Strip:
    """The slice pushed up or down so that the middle of its chord is at the seal's; not one of another impression."""
    slip = chain.middle - strip.piece.middle
    if abs(slip) > SLIP_MM:
        return strip
    return strip.moved(round(slip * PER_MM))


def _window(piece: Piece, chain: Chain, page: Page) -> Box:
    """The slice's depth, and the whole height of the seal along the edge, whatever of it was found."""
    width, height = size_mm(page)
    box = piece.mark.straight
    if piece.mark.side in (Side.LEFT, Side.RIGHT):
        return box.x0, (chain.middle - WINDOW_MM) / height, box.x1, (chain.middle + WINDOW_MM) / height
    middle = width - chain.middle if piece.turns == 1 else chain.middle
    return (middle - WINDOW_MM) / width, box.y0, (middle + WINDOW_MM) / width, box.y1


def _in_order(strips: list[_Strip], gaps: Sequence[int], usual: int, side: Side) -> list[_Strip]:
    """From the seal's left to its right, white where a slice is missing; on left edges the last sheet comes first."""
    first, last = strips[0].piece.index, strips[-1].piece.index
    height = strips[0].ink.shape[0]
    white = [
        _Strip(
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


def _aligned(strips: list[_Strip]) -> list[_Strip]:
    """Each slice pushed up or down to continue the one before it."""
    aligned: list[_Strip] = []
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


def _rolled(picture: NDArray[np.uint8], shift: int, ground: int) -> NDArray[np.uint8]:
    if shift == 0:
        return picture
    moved = np.full_like(picture, ground)
    if shift > 0:
        moved[shift:] = picture[:-shift]
    else:
        moved[:shift] = picture[-shift:]
    return moved


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
    if not 15 * PER_MM <= half_height <= 31 * PER_MM:
        return None
    return Ellipse(fitted.x / factor, fitted.y, half_width, half_height, 0.0)


def _compared(strips: Sequence[_Strip], outline: Ellipse) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
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
