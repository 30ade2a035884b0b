"""Which pages are copies without colour: a page of plain print in a colour scan is not one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.model.document import Page

SCANNED_TOGETHER = 0.25
"""With so many coloured pages among those scanned together, the others are plain print scanned in colour."""


def with_copies_told(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, `colourless` kept only where the scan is grey for all that can be seen.

    A page without coloured ink is a grey copy when its file stores no colour, or when next to none of the pages
    scanned with it (its file; all single-page files together) shows any.
    """
    batches: dict[str, list[Page]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for page in pages:
        counts[page.file] += 1
    for page in pages:
        if not page.reading.blank:
            batches[_batch(page, counts)].append(page)
    coloured = {name: _coloured(batch) >= SCANNED_TOGETHER for name, batch in batches.items()}
    return tuple(
        _in_colour(page) if coloured.get(_batch(page, counts), False) and not page.reading.grey else page
        for page in pages
    )


def _batch(page: Page, counts: dict[str, int]) -> str:
    return page.file if counts[page.file] > 1 else ""


def _coloured(batch: Sequence[Page]) -> float:
    return sum(not page.reading.colourless for page in batch) / len(batch)


def _in_colour(page: Page) -> Page:
    if not page.reading.colourless:
        return page
    return page.model_copy(update={"reading": page.reading.model_copy(update={"colourless": False})})
