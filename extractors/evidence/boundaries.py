"""Where each document begins and ends among the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from extractors.evidence.headings import Heading, find_heading
from extractors.evidence.numbers import find_number
from extractors.evidence.owners import find_owner
from extractors.evidence.rows import folded, page_rows
from extractors.evidence.separators import ItemMark, find_mark
from extractors.forms.flow import Flow
from pipeline.model.document import Page, Section
from pipeline.notices.evidence_words import EvidenceKind
from pipeline.notices.profile import Profile
from pipeline.values import find_page_count

SURE_MARKS = 3
"""Words of another kind by which a page without heading is no part of a document that runs over pages."""
MISREAD = 2
"""Characters of a unit's name that a reader may have taken for others, passed over or put in."""
MOST_COUNTED = 60
"""Pages of a document; a count beyond that is the whole copy's."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of evidence: its rows, its heading, what it says of the item, its own count of pages (k of n)."""

    page: Page
    rows: tuple[Flow, ...]
    heading: Heading | None
    mark: ItemMark | None
    counter: tuple[int, int] | None
    number: str
    owner: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A document's pages; `item` is what the sheets before it say, `first` whether it follows such a sheet at once."""

    sheets: tuple[Sheet, ...]
    item: int | None = None
    named: bool = False
    first: bool = False

    @property
    def kind(self) -> EvidenceKind | None:
        """The kind of its first page that shows one."""
        return next((sheet.heading.kind for sheet in self.sheets if sheet.heading), None)


def evidence_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages of evidence, and what could not be told that stands between or behind them in the same file."""
    chosen: list[Page] = []
    before: Page | None = None
    for page in pages:
        if before is not None and not _follows(before, page):
            before = None
        inside = before is not None and page.section is Section.OTHER
        if page.section is Section.EVIDENCE or inside:
            chosen.append(page)
            before = page
        elif page.section is not Section.BLANK:
            before = None
        elif before is not None:
            before = page
    return tuple(page for page in chosen if not page.reading.unreadable or page.section is Section.EVIDENCE)


def sketched(page: Page, profile: Profile) -> Sheet:
    """What a page shows of the document that it belongs to."""
    rows = page_rows(page)
    heading = find_heading(rows, profile.evidence_kinds)
    number = find_number(rows, heading.kind) if heading else None
    owner = find_owner(rows, heading.kind, profile.evidence_words) if heading else None
    mark = find_mark(rows, heading, profile.evidence_words, documented=bool(number or owner))
    return Sheet(page, rows, heading, mark, _counter(rows), number.text if number else "", owner.text if owner else "")


def bundles(sheets: Sequence[Sheet]) -> tuple[Bundle, ...]:
    """The sheets as documents, in order; separator sheets are left out and say the item of what follows."""
    made: list[Bundle] = []
    item: ItemMark | None = None
    opened = False
    before: Sheet | None = None
    for sheet in sheets:
        if before is not None and not _follows(before.page, sheet.page):
            item = None
        if sheet.mark and sheet.mark.sheet:
            item, opened = sheet.mark, True
        elif made and not opened and before is not None and _continues(made[-1], before, sheet):
            made[-1] = replace(made[-1], sheets=(*made[-1].sheets, sheet))
        else:
            marked = sheet.mark or (item if item else None)
            item = sheet.mark or item
            made.append(
                Bundle(
                    (sheet,),
                    marked.item if marked else None,
                    bool(marked and marked.named),
                    opened or sheet.mark is not None,
                )
            )
            opened = False
        before = sheet
    return tuple(made)


def _follows(before: Page, page: Page) -> bool:
    """Whether two pages are of one file, or single pages (pictures) of one folder."""
    if before.file == page.file:
        return True
    return before.file.rpartition("/")[0] == page.file.rpartition("/")[0] and before.page == page.page == 1


def _continues(bundle: Bundle, before: Sheet, sheet: Sheet) -> bool:
    """Whether a page goes on with the document before it."""
    if not _follows(before.page, sheet.page):
        return False
    first = bundle.sheets[0].counter
    if first and first[0] == 1 and sheet.counter == (len(bundle.sheets) + 1, first[1]):
        return True
    if sheet.mark is not None and sheet.mark.item is not None:
        return False
    if _attached(bundle, sheet):
        return True
    if sheet.mark is not None or (sheet.counter and sheet.counter[0] == 1 and sheet.counter[1] <= MOST_COUNTED):
        return False
    if sheet.heading is None or sheet.heading.flow is None:
        return _goes_on(bundle, sheet)
    return _belongs(bundle, sheet)


def _goes_on(bundle: Bundle, sheet: Sheet) -> bool:
    """A page without heading goes on unless its words speak of another kind.

    In a document that runs over pages many of them must, and of one that never does: a patent behind an audit report.
    A page of a kind that is part of such a document (a statement whose title was not read) is another unit's at most.
    """
    kind, heading = bundle.kind, sheet.heading
    if kind is None or heading is None or heading.kind.kind == kind.kind:
        return True
    if heading.kind.kind in kind.absorbs:
        return not _another(sheet, bundle)
    return kind.running and (heading.kind.running or heading.marks < SURE_MARKS)


def _belongs(bundle: Bundle, sheet: Sheet) -> bool:
    """A page with a heading that is only the running head of the document before it."""
    kind, heading = bundle.kind, sheet.heading
    if kind is None or heading is None or heading.flow is None:
        return False
    same = heading.kind.kind == kind.kind and not _another(sheet, bundle)
    return same and (_same_number(sheet, bundle) or "续" in folded(heading.flow.text))


def _attached(bundle: Bundle, sheet: Sheet) -> bool:
    """Whether a headed page is a part of the document before it: the statements behind an audit report."""
    kind, heading = bundle.kind, sheet.heading
    if kind is None or heading is None or heading.flow is None:
        return False
    return heading.kind.kind in kind.absorbs and not _another(sheet, bundle)


def _another(sheet: Sheet, bundle: Bundle) -> bool:
    """Whether number or owner are another document's."""
    numbers = {each.number for each in bundle.sheets if each.number}
    owners = {each.owner for each in bundle.sheets if each.owner}
    other = bool(sheet.number and numbers and sheet.number not in numbers)
    return other or bool(sheet.owner and owners and not any(_alike(sheet.owner, owner) for owner in owners))


def _alike(one: str, other: str) -> bool:
    """Names that a reader may have read of the same unit: at most two characters apart, or one in the other."""
    a, b = folded(one), folded(other)
    return a in b or b in a or Levenshtein.distance(a, b) <= MISREAD


def _same_number(sheet: Sheet, bundle: Bundle) -> bool:
    return bool(sheet.number) and sheet.number in {each.number for each in bundle.sheets}


def _counter(rows: Sequence[Flow]) -> tuple[int, int] | None:
    return next((count for row in _edge(rows) if (count := find_page_count(row.text))), None)


def _edge(rows: Sequence[Flow]) -> Iterator[Flow]:
    """The rows where a count of pages stands: the first ones and the last."""
    yield from rows[:4]
    yield from reversed(rows[4:][-3:])
