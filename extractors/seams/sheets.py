"""Which pages must carry a slice: fronts of sheets, not blank backs, not backs of sheets printed on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.document import Page, Section

DUPLEX_SHARE = 0.3
"""With fewer pages without a slice than this, they are sheets that lack it; with more, perhaps backs."""
FOLLOWED_SHARE = 0.6
"""Of a copy printed on both sides this share of the pages with a slice is followed by one without: the others' backs
were blank, and the scanner dropped them."""
FEWEST_PAGES = 6
"""Shorter copies show no rhythm."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """Indices of pages: those that must carry a slice, those of them that do not, whether printed on both sides."""

    due: tuple[int, ...]
    missing: tuple[int, ...]
    duplex: bool


def sheets_of(pages: Sequence[Page], sliced: frozenset[int]) -> Sheets:
    """What each page must carry, given the pages with a slice."""
    printed = [index for index, page in enumerate(pages) if not _blank(page)]
    bare = [position for position, index in enumerate(printed) if index not in sliced]
    if not _both_sides(printed, bare, sliced):
        return Sheets(tuple(printed), tuple(printed[position] for position in bare), False)
    missing = tuple(printed[position] for position in _fronts(bare))
    return Sheets(tuple(index for index in printed if index in sliced or index in missing), missing, True)


def _blank(page: Page) -> bool:
    return page.reading.blank or page.section is Section.BLANK


def _both_sides(printed: Sequence[int], bare: Sequence[int], sliced: frozenset[int]) -> bool:
    """Whether the pages without a slice are backs: many of them, most pages with a slice followed by one."""
    if len(printed) < FEWEST_PAGES or len(bare) < DUPLEX_SHARE * len(printed) or not sliced:
        return False
    fronts = [position for position in range(len(printed) - 1) if position not in bare]
    followed = [position for position in fronts if position + 1 in bare]
    return bool(fronts) and len(followed) >= FOLLOWED_SHARE * len(fronts)


def _fronts(bare: Sequence[int]) -> list[int]:
    """A run of pages without a slice begins with the back of the sheet before; then fronts and backs alternate."""
    fronts: list[int] = []
    start = None
    for position in bare:
        if start is None or position - 1 not in bare:
            start = position if position > 0 else position - 1
        if (position - start) % 2 == 1:
            fronts.append(position)
    return fronts
