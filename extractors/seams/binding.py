"""The order in which a copy's sheets were bound: a seam runs through them as they lay, not as files are named."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from math import sqrt

from extractors.seams.chains import Chain, Piece, chains_of
from extractors.seams.sheets import sheets_of
from pipeline.model.document import Page, Section
from pipeline.model.seal import Side

SECTIONS = list(Section)
MOST_FILES = 6
"""Orders of more files than this are not tried: they stay in the order of the notice's parts."""
BETTER_MM = 1.0
"""Another order must bring the chords this much nearer to a circle's, in the mean, to be believed."""


def bound(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[Chain, ...]]:
    """The pages as their sheets were bound, and the impressions found so.

    The files lay in the order of the notice's parts, or as they are named: whichever makes of the slices fewer and
    rounder seals; where both make the same, whichever leaves fewer sheets without one. Of sheets printed on both sides
    one page a file, another order puts backs where fronts would be.
    """
    order = in_binding_order(pages)
    told = _settled(order)
    if all(one is other for one, other in zip(order, pages, strict=True)):
        return told
    named = _settled(tuple(pages))
    return named if _faults(*named) < _faults(*told) else told


def _settled(pages: tuple[Page, ...]) -> tuple[tuple[Page, ...], tuple[Chain, ...]]:
    chains = chains_of(pages)
    order = as_bound(pages, chains)
    return (pages, chains) if order == pages else (order, chains_of(order))


def _faults(pages: Sequence[Page], chains: Sequence[Chain]) -> tuple[int, int, int]:
    """How many impressions, how far (whole BETTER_MM) their chords are from circles' in the mean, sheets without."""
    misses = [misfit(chain.pieces) for chain in chains]
    sliced = frozenset().union(*(chain.indices for chain in chains))
    missing = sheets_of(pages, sliced).missing
    return len(chains), round(sum(misses) / max(1, len(misses)) / BETTER_MM), len(missing)


def in_binding_order(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages file by file, the files in the order of the notice's parts that they begin with."""
    files = list(dict.fromkeys(page.file for page in pages))
    first = {file: min(_rank(page) for page in pages if page.file == file) for file in files}
    ordered = sorted(files, key=lambda file: (first[file], files.index(file)))
    return tuple(page for file in ordered for page in pages if page.file == file)


def _rank(page: Page) -> int:
    blank = page.section in (Section.BLANK, Section.OTHER)
    return len(SECTIONS) if blank else SECTIONS.index(page.section)


def as_bound(pages: Sequence[Page], chains: Sequence[Chain]) -> tuple[Page, ...]:
    """The pages with the files of each impression in the order in which its chords make a circle best."""
    order = list(dict.fromkeys(page.file for page in pages))
    for chain in chains:
        found = _best_order(chain, pages)
        places = sorted(order.index(file) for file in found)
        for place, file in zip(places, found, strict=True):
            order[place] = file
    return tuple(page for file in order for page in pages if page.file == file)


def _best_order(chain: Chain, pages: Sequence[Page]) -> tuple[str, ...]:
    """The chain's files in their best order; as they are, unless another is clearly better."""
    files: dict[str, list[Piece]] = {}
    for piece in chain.pieces:
        files.setdefault(pages[piece.index].file, []).append(piece)
    if not 1 < len(files) <= MOST_FILES:
        return tuple(files)

    def miss(order: Sequence[str]) -> float:
        return misfit([piece for file in order for piece in files[file]])

    best = min(permutations(files), key=miss)
    return best if miss(best) < miss(tuple(files)) - BETTER_MM else tuple(files)


def misfit(pieces: Sequence[Piece]) -> float:
    """Mean distance (mm) between the slices' lengths and the chords of the circle that they should make together."""
    radius = max(piece.length for piece in pieces) / 2
    across = sum(piece.width for piece in pieces)
    ordered = pieces if pieces[0].side is Side.RIGHT else pieces[::-1]
    left, total = 0.0, 0.0
    for piece in ordered:
        right = left + piece.width
        start, end = (2 * radius * edge / across - radius for edge in (left, right))
        nearest = 0.0 if start <= 0 <= end else min(abs(start), abs(end))
        total += abs(piece.length - 2 * sqrt(max(0.0, radius**2 - nearest**2)))
        left = right
    return total / len(pieces)
