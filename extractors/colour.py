"""Which pages are copies without colour: a page of plain print in a colour scan is not one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.model.document import Page
from pipeline.model.seal import Ink

SCANNED_TOGETHER = 0.25
"""With so many coloured pages among those scanned together, the others are plain print scanned in colour."""


def with_copies_told(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, `colourless` kept only where the scan may be a grey copy.

    A page without coloured ink is plain print in colour when enough of the pages scanned with it (its file; all
    single-page files together) show coloured ink; or when it is a colour scan and none of them bears a black seal: what
    has no seal at all shows no colour either.
    """
    batches: dict[str, list[Page]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for page in pages:
        counts[page.file] += 1
    for page in pages:
        if not page.reading.blank:
            batches[_batch(page, counts)].append(page)
    coloured = {name for name, batch in batches.items() if _coloured(batch) >= SCANNED_TOGETHER}
    unsealed = {name for name, batch in batches.items() if not any(_has_black_seal(page) for page in batch)}

    def in_colour(page: Page) -> bool:
        batch = _batch(page, counts)
        return not page.reading.grey and (batch in coloured or (batch in unsealed and page.reading.tinted))

    return tuple(_in_colour(page) if in_colour(page) else page for page in pages)


def _batch(page: Page, counts: dict[str, int]) -> str:
    return page.file if counts[page.file] > 1 else ""


def _coloured(batch: Sequence[Page]) -> float:
    return sum(not page.reading.colourless for page in batch) / len(batch)


def _has_black_seal(page: Page) -> bool:
    return any(seal.colour is Ink.BLACK for seal in page.reading.seals)


def _in_colour(page: Page) -> Page:
    if not page.reading.colourless:
        return page
    return page.model_copy(update={"reading": page.reading.model_copy(update={"colourless": False})})
