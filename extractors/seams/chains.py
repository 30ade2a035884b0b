"""Slices of one impression found together: by edge and height, page after page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.model.document import Page
from pipeline.model.seal import Side, SliceMark

PAGE_MM = 297.0
SLIP_MM = 7.0
"""Sheets of one fan slip this far up and down at most; the next group's seal is set further away."""
SMALLEST_MM = 30.0
LARGEST_MM = 47.0
"""Width of the slices of one impression together: a seal is 36-45 mm, the scanner crops some, uneven fans add some."""
MORE_THAN_LARGEST_MM = 60.0
"""Wider than any fan makes a seal."""
IN_SEAL = 0.7
"""A slice with this share of it inside a seal is the edge of that seal."""
SURE = 0.7
"""A lone slice less sure than this is dirt."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice as it lay on the portrait sheet: edge, middle and length along it from the top, width; all in mm.

    `index` counts the pages given; `turns` are the quarter turns (counter-clockwise) that bring the upright page's
    picture back to the portrait sheet.
    """

    index: int
    side: Side
    middle: float
    length: float
    width: float
    turns: int
    mark: SliceMark


@dataclass(frozen=True, slots=True)
class Chain:
    """The slices of one impression, in the order of their pages."""

    pieces: tuple[Piece, ...]

    @property
    def middle(self) -> float:
        """Height of the seal's middle on the sheet, mm from the top."""
        return median(piece.middle for piece in self.pieces[-5:])

    @property
    def width(self) -> float:
        """What all slices together are wide, mm."""
        return sum(piece.width for piece in self.pieces)

    @property
    def indices(self) -> frozenset[int]:
        """Pages that carry a slice of it."""
        return frozenset(piece.index for piece in self.pieces)


def chains_of(pages: Sequence[Page]) -> tuple[Chain, ...]:
    """The impressions over a stamped copy's pages, by their first page; lone doubtful slices are left out."""
    open_chains: list[list[Piece]] = []
    for index, page in enumerate(pages):
        for mark in _possible(page):
            _attach(open_chains, _views(index, page, mark))
    merged = [Chain(tuple(pieces)) for pieces in open_chains]
    return tuple(chain for chain in merged if len(chain.pieces) > 1 or chain.pieces[0].mark.confidence >= SURE)


def _possible(page: Page) -> list[SliceMark]:
    """Slices where sheets are bound or fanned (long edges of the paper), and not part of a seal on the page."""
    landscape = page.reading.width > page.reading.height
    edges = (Side.TOP, Side.BOTTOM) if landscape else (Side.LEFT, Side.RIGHT)
    seals = [seal.bbox for seal in page.reading.seals]
    return [
        mark
        for mark in page.reading.slices
        if mark.side in edges
        and all(
            seal.intersection(mark.bbox).area < IN_SEAL * mark.bbox.area or not seal.contains(*mark.bbox.center)
            for seal in seals
        )
    ]


def _attach(chains: list[list[Piece]], views: Sequence[Piece]) -> None:
    """Add a slice to the latest chain it continues, or open a new one."""
    for pieces in reversed(chains):
        for piece in views:
            if _continues(pieces, piece):
                pieces.append(piece)
                return
    chains.append([views[0]])


def _continues(pieces: list[Piece], piece: Piece) -> bool:
    chain = Chain(tuple(pieces))
    last = pieces[-1]
    if piece.side is not last.side or piece.index == last.index or abs(piece.middle - chain.middle) > SLIP_MM:
        return False
    return not _complete(chain, piece)


def _complete(chain: Chain, piece: Piece) -> bool:
    """Whether the chain's seal is whole already, so that the next slice begins another impression.

    Chords grow up to the seal's middle and shrink after it; where one that has shrunk is followed by a longer one, and
    half a seal is there, a new seal begins. Slices that go on shrinking are the same seal's, however wide they add up.
    """
    longest = max(member.length for member in chain.pieces)
    last = chain.pieces[-1].length
    if chain.width + piece.width > LARGEST_MM and (piece.length > last or chain.width > MORE_THAN_LARGEST_MM):
        return True
    return chain.width > 0.5 * SMALLEST_MM and last < 0.75 * longest and piece.length > last + 4.0


def size_mm(page: Page) -> tuple[float, float]:
    """Width and height of the working picture in mm; a page of unknown scale is taken for A4."""
    reading = page.reading
    width, height = reading.working_size if min(reading.working_size) > 0 else (reading.width, reading.height)
    per_mm = reading.pixels_per_mm or max(width, height) / PAGE_MM
    return width / per_mm, height / per_mm


def _views(index: int, page: Page, mark: SliceMark) -> tuple[Piece, ...]:
    """The slice as it may have lain on the portrait sheet; a landscape page may have been turned either way."""
    width, height = size_mm(page)
    box = mark.straight
    if mark.side in (Side.LEFT, Side.RIGHT):
        middle, length, depth = height * (box.y0 + box.y1) / 2, height * box.height, width * box.width
        return (Piece(index, mark.side, middle, length, depth, 0, mark),)
    middle, length, depth = width * (box.x0 + box.x1) / 2, width * box.width, height * box.height
    clockwise = (Side.RIGHT, width - middle, 1) if mark.side is Side.BOTTOM else (Side.LEFT, width - middle, 1)
    counter = (Side.LEFT, middle, 3) if mark.side is Side.BOTTOM else (Side.RIGHT, middle, 3)
    return tuple(Piece(index, side, along, length, depth, turns, mark) for side, along, turns in (clockwise, counter))
