"""The order in which a copy's sheets were bound: a seam runs through them as they lay, not as files are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from math import sqrt

from extractors.seams.chains import SLIP_MM, Chain, Piece, chains_of
from extractors.seams.sheets import sheets_of
from pipeline.model.document import Page, Section
from pipeline.model.seal import Side

SECTIONS = list(Section)
MOST_FILES = 6
"""Of more files than this not every order is tried: one of them may lie elsewhere than the notice has its part."""
ROUND_MM = 1.0
"""Mean distance of chords from a circle's within which a lone slice is a seal's own."""
BETTER_MM = 1.0
"""Another order must bring the chords this much nearer to a circle's, in the mean, to be believed."""


def bound(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[Chain, ...]]:
    """The pages as their sheets were bound, and the impressions found so.

    The files lay in the order of the notice's parts, or as they are named: whichever makes of the slices fewer seals
    and leaves fewer sheets without one, and then rounder seals, and then needs no file moved. Of sheets printed on
    both sides another order puts backs where fronts would be.
    """
    order = in_binding_order(pages)
    told = _settled(order)
    if all(one is other for one, other in zip(order, pages, strict=True)):
        return told
    named = _settled(tuple(pages))
    told_rank, named_rank = (*_faults(*told), told[0] != order), (*_faults(*named), named[0] != tuple(pages))
    return named if named_rank < told_rank else told


def _settled(pages: tuple[Page, ...]) -> tuple[tuple[Page, ...], tuple[Chain, ...]]:
    chains = chains_of(pages)
    order = as_bound(pages, chains)
    return (pages, chains) if order == pages else (order, chains_of(order))


def _faults(pages: Sequence[Page], chains: Sequence[Chain]) -> tuple[int, int]:
    """How many impressions and sheets without, how far (whole BETTER_MM) chords are from circles' in the mean."""
    misses = [misfit(chain.pieces) for chain in chains]
    sliced = frozenset().union(*(chain.indices for chain in chains))
    missing = sheets_of(pages, sliced).missing
    return len(chains) + len(missing), round(sum(misses) / max(1, len(misses)) / BETTER_MM)


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
    for chain in _reunited(chains, pages):
        found = _best_order(chain, pages)
        places = sorted(order.index(file) for file in found)
        for place, file in zip(places, found, strict=True):
            order[place] = file
    return tuple(page for file in order for page in pages if page.file == file)


def _reunited(chains: Sequence[Chain], pages: Sequence[Page]) -> Iterator[Chain]:
    """The impressions, each with the lone slices that some order of the files makes part of its circle.

    Where a file lies elsewhere than its sheets were bound, its slice is too long or too short for its neighbours.
    """
    lone = [chain for chain in chains if len(chain.pieces) == 1]
    for chain in chains:
        if len(chain.pieces) == 1:
            continue
        whole = chain
        for one in tuple(lone):
            both = Chain(tuple(sorted((*whole.pieces, *one.pieces), key=lambda piece: piece.index)))
            if _at_one_height(one, chain) and misfit(_in_order(both, _best_order(both, pages), pages)) <= ROUND_MM:
                whole = both
                lone.remove(one)
        yield whole


def _at_one_height(one: Chain, other: Chain) -> bool:
    return one.pieces[0].side is other.pieces[0].side and abs(one.middle - other.middle) <= SLIP_MM


def _in_order(chain: Chain, files: Sequence[str], pages: Sequence[Page]) -> list[Piece]:
    return [piece for file in files for piece in chain.pieces if pages[piece.index].file == file]


def _best_order(chain: Chain, pages: Sequence[Page]) -> tuple[str, ...]:
    """The chain's files in their best order; as they are, unless another is clearly better."""
    files = tuple(dict.fromkeys(pages[piece.index].file for piece in chain.pieces))

    def miss(order: Sequence[str]) -> float:
        return misfit(_in_order(chain, order, pages))

    best = min(orders(files), key=miss)
    return best if miss(best) < miss(files) - BETTER_MM else files


def orders(files: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """Orders to be tried, in an order of their own: all of a few files; of many, those with one of them elsewhere."""
    if len(files) <= MOST_FILES:
        return permutations(files)
    moved = (([*files[:at], *files[at + 1 :]], file) for at, file in enumerate(files))
    return dict.fromkeys((*rest[:to], file, *rest[to:]) for rest, file in moved for to in range(len(files)))


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
