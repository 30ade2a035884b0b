"""Dashed and dotted rulings: short thin pieces of ink, evenly spaced in a row, joined into whole lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]

THICK = 0.25
"""Character heights that a piece of a ruling is thick at most."""
LONGEST = 2.8
"""Character heights that a piece is long at most: longer ones are rulings by themselves,"""
WIDEST_GAP = 0.8
"""and the white between two pieces is wide at most."""
SPECK = 4
"""Pixels of a piece at least."""
SOLID = 0.55
"""Least share of its box that a piece fills."""
DRIFT = 0.12
"""Character heights by which a piece may lie beside the one before."""
LEAST_PIECES, LEAST_LENGTH = 6, 4.0
"""Pieces and character heights of a ruling by which a page is known to have such; others are like them."""
LEAST_PIECES_ALIKE, LEAST_LENGTH_ALIKE = 3, 2.0
ALIKE, ALIKE_PIXELS = 0.5, 2.0
"""Pieces (and gaps) of one ruling differ from the usual one by less than this share of it, and so many pixels."""
EVEN = 0.7
"""Least share of a ruling's gaps, and of its pieces, that are alike."""
BESIDE, MOST_BESIDE = 0.2, 0.25
"""Character heights beside an upright piece that are free of ink along all but this share of it."""
FINE = 0.3
"""Gaps narrower than this many character heights are no text's, however long the pieces: some dots run together."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece as if it lay level: from `start` to `end` along its ruling, its middle `at` across it, in pixels."""

    start: int
    end: int
    at: float
    thick: int

    @property
    def length(self) -> int:
        """Pixels along the ruling."""
        return self.end - self.start


Chain = Sequence[_Piece]


@dataclass(frozen=True, slots=True)
class _Style:
    """The usual piece and gap of a ruling, and how thick it is, in pixels."""

    piece: float
    gap: float
    thick: float


@dataclass(frozen=True, slots=True)
class _End:
    """Where a ruling ends, in pixels along it, and whether it met another there."""

    place: int
    met: bool


def joined_dashes(ink: Mask, horizontal: Mask, character_height: float) -> tuple[Mask, Mask]:
    """Horizontal and vertical lines (0 or 255) along the dashed and dotted rulings of a straight page.

    Args:
        ink: All that may be a ruling, 0 or 255, shape (height, width).
        horizontal: The whole rulings that were found to run across, of the same shape.
        character_height: Of the page's text, in pixels.

    A page has none unless a long one lies on it; others are drawn like that one. An upright piece by itself is one
    where it stands between two rulings that run across: a table's row is hardly higher than a dash is long.
    """
    across, down = np.zeros_like(ink), np.zeros_like(ink)
    level, upright = (_chains(pieces, character_height) for pieces in _pieces(ink, character_height))
    sure = [chain for chain in (*level, *upright) if _is_sure(chain, character_height)]
    if not sure:
        return across, down
    styles = [_style(chain) for chain in sure]
    for chain in level:
        if _is_sure(chain, character_height) or _is_like(chain, styles, character_height):
            _draw(across, chain, _on(ink, chain, -1, styles).place, _on(ink, chain, 1, styles).place, turned=False)
    crossed = np.asarray(cv2.bitwise_or(horizontal, across), np.uint8)
    turned, crossed = np.ascontiguousarray(ink.T), np.ascontiguousarray(crossed.T)
    for chain in upright:
        certain = _is_sure(chain, character_height)
        if not (certain or _is_of_any(chain, styles, character_height)) or _lies_on(crossed, chain):
            continue
        first, last = _on(turned, chain, -1, styles, crossed), _on(turned, chain, 1, styles, crossed)
        between = first.met and last.met
        if certain or (between and _stands_alone(turned, chain, (first.place, last.place), character_height)):
            _draw(down, chain, first.place, last.place, turned=True)
    return across, down


def _pieces(ink: Mask, character_height: float) -> tuple[list[_Piece], list[_Piece]]:
    """Thin solid pieces that lie level, and those that stand upright; a dot may be either."""
    count, _, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    x, y, width, height, area = (stats[1:count, column] for column in range(5))
    thick, longest = max(3.0, THICK * character_height), LONGEST * character_height
    solid = (area >= SPECK) & (area >= SOLID * width * height)
    level = solid & (height <= thick) & (width <= longest)
    upright = solid & (width <= thick) & (height <= longest)
    return (
        _as_pieces(x[level], width[level], centres[1:count, 1][level], height[level]),
        _as_pieces(y[upright], height[upright], centres[1:count, 0][upright], width[upright]),
    )


def _as_pieces(*columns: NDArray[np.generic]) -> list[_Piece]:
    """Pieces from the left on, out of their starts, lengths, middles and thicknesses."""
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return sorted((_Piece(start, start + length, at, thick) for start, length, at, thick in rows), key=_start)


def _start(piece: _Piece) -> tuple[int, float]:
    return piece.start, piece.at


def _chains(pieces: Sequence[_Piece], character_height: float) -> list[Chain]:
    """Pieces, sorted by their starts, one behind the other, each with the nearest that follows it."""
    drift, reach = max(1.5, DRIFT * character_height), WIDEST_GAP * character_height
    chains: list[list[_Piece]] = []
    ends: dict[int, list[list[_Piece]]] = {}
    for piece in pieces:
        band = round(piece.at / drift)
        near: list[list[_Piece]] = []
        for key in (band - 1, band, band + 1):
            ends[key] = [chain for chain in ends.get(key, ()) if piece.start - chain[-1].end <= reach]
            near.extend(
                chain for chain in ends[key] if abs(chain[-1].at - piece.at) <= drift and piece.start >= chain[-1].end
            )
        if near:
            own = max(near, key=lambda chain: (chain[-1].end, -abs(chain[-1].at - piece.at)))
            ends[round(own[-1].at / drift)].remove(own)
            own.append(piece)
        else:
            own = [piece]
            chains.append(own)
        ends[band].append(own)
    return list(chains)


def _gaps(chain: Chain) -> list[int]:
    return [after.start - before.end for before, after in pairwise(chain)]


def _style(chain: Chain) -> _Style:
    return _Style(
        float(np.median([piece.length for piece in chain])),
        float(np.median(_gaps(chain) or [0])),
        float(np.median([piece.thick for piece in chain])),
    )


def _is_sure(chain: Chain, character_height: float) -> bool:
    """Whether a chain is a ruling by itself: long, of many pieces, evenly spaced."""
    long = chain[-1].end - chain[0].start >= LEAST_LENGTH * character_height
    return long and len(chain) >= LEAST_PIECES and _share_like(chain, _style(chain), character_height) >= EVEN


def _is_like(chain: Chain, styles: Sequence[_Style], character_height: float) -> bool:
    """Whether a chain, though short, has the pieces and gaps of a surer one."""
    long = chain[-1].end - chain[0].start >= LEAST_LENGTH_ALIKE * character_height
    return long and len(chain) >= LEAST_PIECES_ALIKE and _is_of_any(chain, styles, character_height)


def _is_of_any(chain: Chain, styles: Sequence[_Style], character_height: float) -> bool:
    """Whether most pieces and gaps of a chain, of whatever length, are those of a ruling of these styles."""
    return any(_share_like(chain, style, character_height) >= EVEN for style in styles)


def _share_like(chain: Chain, style: _Style, character_height: float) -> float:
    """The share of a chain's pieces, or of its gaps if that is less, that are a style's."""
    fine = style.gap <= FINE * character_height
    pieces = [(fine or _alike(piece.length, style.piece)) and _alike(piece.thick, style.thick) for piece in chain]
    gaps = [_alike(gap, style.gap) for gap in _gaps(chain)] or [True]
    return min(sum(pieces) / len(pieces), sum(gaps) / len(gaps))


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= max(ALIKE_PIXELS, ALIKE * other)


def _lies_on(crossed: Mask, chain: Chain) -> bool:
    """Whether a chain is no more than a dot or two of a ruling that runs across."""
    return all(crossed[round(piece.at), (piece.start + piece.end) // 2] for piece in chain)


def _stands_alone(ink: Mask, chain: Chain, ends: tuple[int, int], character_height: float) -> bool:
    """Whether hardly any ink lies along a chain on either side: a character's other strokes lie beside one of its."""
    at, half = round(chain[0].at), round(_style(chain).thick / 2) + 1
    reach, places = half + round(BESIDE * character_height), slice(ends[0] + half, max(ends[0] + half, ends[1] - half))
    sides = (ink[max(0, at - reach) : max(0, at - half), places], ink[at + half + 1 : at + reach + 1, places])
    return all(float((side > 0).any(axis=0).mean()) <= MOST_BESIDE for side in sides if side.size)


def _on(ink: Mask, chain: Chain, step: int, styles: Sequence[_Style], crossed: Mask | None = None) -> _End:
    """How far a chain's ruling runs on beyond its first (`step` -1) or last piece (1), pieces and gaps as they come.

    The pieces at corners and crossings are no thin ones, and some touch text. It ends at the first line `crossed`.
    """
    blank = (1 + ALIKE) * max(style.gap for style in styles) + ALIKE_PIXELS
    place, at = (chain[-1].end - 1, round(chain[-1].at)) if step > 0 else (chain[0].start, round(chain[0].at))
    rows, end = slice(max(0, at - 1), at + 2), place
    while 0 <= place < ink.shape[1] and abs(place - end) <= blank:
        if crossed is not None and crossed[rows, place].any():
            return _End(place, met=True)
        if ink[rows, place].any():
            end = place
        place += step
    return _End(end, met=False)


def _draw(lines: Mask, chain: Chain, first: int, last: int, turned: bool) -> None:
    """A line through a chain's pieces from end to end, as thick as they are."""
    middles = [((piece.start + piece.end) / 2, piece.at) for piece in chain]
    places = [(first, chain[0].at), *middles, (last, chain[-1].at)]
    points = np.array([(at, place) if turned else (place, at) for place, at in places])
    thick = max(2, round(_style(chain).thick))
    cv2.polylines(lines, [np.round(points).astype(np.int32)], False, (255.0,), thick)
