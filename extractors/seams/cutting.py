"""The slices of an impression cut out of their pages, upright, each up to where its own sheet ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.imaging.frame import Box, Cut
from extractors.readers.protocol import Picture
from extractors.seals.ink import inks_of, paper_of
from extractors.seams.chains import Chain, Piece, size_mm
from extractors.seams.sheet_ends import end_of_paper
from pipeline.model.document import Page
from pipeline.model.seal import Side

PER_MM = 8.0
"""Pixels a millimetre of the joined picture, as at 200 dpi."""
WINDOW_MM = 30.0
"""Above and below the seal's middle: a seal of 45 mm and its sheets' slip."""
AT_SIDE_MM = 0.6
"""A slice whose ink ends further from the flat page's side was cut by the sheet above, not by its own sheet's end."""
AROUND_MM = 0.5
"""What a slice is cut wider on either side of its ink as that was found, at half the scale."""
STROKE_PIXELS, OF_STROKE = 6, 0.5
"""So many pixels of a column, on the average, have at least this share of a full stroke where the rim crosses it."""
DARKEST = 4.0
"""Light of the lightest column through that of the darkest that is made up for; beyond that ink can't be told."""
INSIDE_MM, BEYOND_MM = 2.0, 2.6
"""Paper inside of a slice by which its sheet is known, and how far beyond the flat page's side it may go on."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A slice's picture and ink; `paper` is 1 where its sheet is, 0 beyond the sheet's end."""

    piece: Piece
    picture: Picture
    ink: NDArray[np.uint8]
    paper: NDArray[np.uint8]

    def moved(self, down: int) -> Strip:
        """The slice so many rows further down."""
        picture, ink, paper = (
            _rolled(each, down, ground) for each, ground in ((self.picture, 255), (self.ink, 0), (self.paper, 0))
        )
        return Strip(self.piece, picture, ink, paper)


def strip_of(piece: Piece, chain: Chain, page: Page, cut: Cut) -> Strip:
    """The slice upright: as deep as it was found, or, of a photograph, up to where its sheet ends."""
    at_side = page.reading.photographed and _off_side(piece, page) <= AT_SIDE_MM
    inside, beyond = (INSIDE_MM, BEYOND_MM) if at_side else (AROUND_MM, AROUND_MM)
    wide, seen = _upright(piece, chain, page, cut, inside, beyond)
    kept = _of_sheet(wide, piece) if at_side else _with_rim(_ink(wide, piece))
    scaled, paper = np.ascontiguousarray(wide[:, kept]), np.ascontiguousarray(seen[:, kept])
    return Strip(piece, scaled, _ink(scaled, piece), paper)


def _ink(picture: Picture, piece: Piece) -> NDArray[np.uint8]:
    """The slice's ink as strong in a lid's shadow, which runs along the sheet's edge, as beside it."""
    lit = _evenly_lit(picture)
    return inks_of(lit, paper_of(lit)).of(piece.mark.colour)


def _evenly_lit(picture: Picture) -> Picture:
    """An upright slice's picture with its paper equally light in every column: most of each column is paper."""
    papers = np.maximum(np.median(picture, axis=0), 1.0)
    gains = np.minimum(papers.max(axis=0) / papers, DARKEST)
    return np.asarray(np.clip(picture * gains, 0, 255), dtype=np.uint8)


def _with_rim(ink: NDArray[np.uint8]) -> slice:
    """The columns of a slice from the first to the last with a full stroke: a seal's rim crosses every one of its."""
    strongest = np.sort(ink, axis=0)[-STROKE_PIXELS:].mean(axis=0)
    columns = np.flatnonzero(strongest >= OF_STROKE * np.percentile(strongest, 75))
    return slice(int(columns[0]), int(columns[-1]) + 1)


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

    With it a mask of its pixels that the stored page has (1, else 0).
    """
    size = max(1, round((piece.width + inside + beyond) * PER_MM)), round(2 * WINDOW_MM * PER_MM)
    size = size if piece.turns == 0 else size[::-1]
    box = _wider(_window(piece, chain, page), piece, page, inside, beyond)
    picture, paper = cut(page, box, size), _stored_in(page, box, size)
    return np.ascontiguousarray(np.rot90(picture, piece.turns)), np.ascontiguousarray(np.rot90(paper, piece.turns))


def _stored_in(page: Page, box: Box, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Which of the pixels of a box (fractions of the working picture) at a size (width, height) the stored page has.

    All, where nobody knows how the one lies in the other.
    """
    reading = page.reading
    if not reading.frame:
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


def _window(piece: Piece, chain: Chain, page: Page) -> Box:
    """The slice's depth, and the whole height of the seal along the edge, whatever of it was found."""
    width, height = size_mm(page)
    box = piece.mark.straight
    if piece.mark.side in (Side.LEFT, Side.RIGHT):
        return box.x0, (chain.middle - WINDOW_MM) / height, box.x1, (chain.middle + WINDOW_MM) / height
    middle = width - chain.middle if piece.turns == 1 else chain.middle
    return (middle - WINDOW_MM) / width, box.y0, (middle + WINDOW_MM) / width, box.y1


def _rolled(picture: NDArray[np.uint8], shift: int, ground: int) -> NDArray[np.uint8]:
    """A picture so many rows further down, blank where nothing came."""
    if shift == 0:
        return picture
    moved = np.full_like(picture, ground)
    if shift > 0:
        moved[shift:] = picture[:-shift]
    else:
        moved[:shift] = picture[-shift:]
    return moved
