"""The evidence documents of a package: each with its item, kind, owner, year, number, term and amounts."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.evidence.amounts import find_amounts
from extractors.evidence.boundaries import Bundle, bundles, evidence_pages, sketched
from extractors.evidence.headings import title_text
from extractors.evidence.numbers import find_number
from extractors.evidence.owners import find_owner
from extractors.evidence.periods import find_valid_until, find_year
from extractors.evidence.rows import page_rows
from extractors.evidence.separators import declarations
from pipeline.model.document import Page
from pipeline.model.evidence import Reading
from pipeline.model.package import EvidenceItem
from pipeline.model.seal import PageRef
from pipeline.notices.evidence_words import EvidenceKind
from pipeline.notices.profile import Profile

OTHER = EvidenceKind(kind="其他")
"""A document whose kind is not told."""


def read_evidence(pages: Sequence[Page], profile: Profile) -> tuple[EvidenceItem, ...]:
    """The evidence documents among a package's pages (with their sections), in order."""
    sheets = [sketched(page, profile) for page in evidence_pages(pages)]
    made = bundles(sheets)
    marked = frozenset(bundle.item for bundle in made if bundle.first and bundle.item)
    return tuple(_document(bundle, marked, profile) for bundle in made)


def read_declared(pages: Sequence[Page], profile: Profile) -> tuple[tuple[int, Reading], ...]:
    """The items for which a page of evidence says that there is nothing: 相关荣誉证明材料：无."""
    rows = [row for page in evidence_pages(pages) for row in page_rows(page)]
    found = dict(declarations(rows, profile.evidence_words))
    return tuple((item, flow.reading(flow.text)) for item, flow in sorted(found.items(), key=lambda pair: pair[0]))


def _document(bundle: Bundle, marked: frozenset[int], profile: Profile) -> EvidenceItem:
    kind, words = bundle.kind or OTHER, profile.evidence_words
    rows = tuple(row for sheet in bundle.sheets for row in sheet.rows)
    heading = next((sheet.heading.flow for sheet in bundle.sheets if sheet.heading and sheet.heading.flow), None)
    year = find_year(rows, heading, kind, words)
    amounts = find_amounts(bundle.sheets, kind, int(year.text) if year else None, words)
    known = {
        "title": heading.reading(title_text(heading)) if heading else None,
        "owner": find_owner(rows, kind, words),
        "year": year,
        "number": find_number(rows, kind),
        "valid_until": find_valid_until(rows, words),
        **amounts,
    }
    readings = {key: reading for key, reading in known.items() if reading is not None}
    file = bundle.sheets[0].page.file
    return EvidenceItem(
        item=item_of(bundle, kind, marked),
        kind=kind.kind,
        file=file,
        pages=tuple(sheet.page.page for sheet in bundle.sheets if sheet.page.file == file),
        also=tuple(
            PageRef(file=sheet.page.file, page=sheet.page.page) for sheet in bundle.sheets if sheet.page.file != file
        ),
        title=_text(readings, "title"),
        owner=_text(readings, "owner"),
        year=int(year.text) if year else None,
        number=_text(readings, "number"),
        valid_until=_text(readings, "valid_until"),
        amounts=tuple((key, reading.text) for key, reading in amounts.items()),
        places=tuple(readings.items()),
    )


def item_of(bundle: Bundle, kind: EvidenceKind, marked: frozenset[int]) -> int | None:
    """The item: what the sheet before it says, unless its kind can't be that and no word of the item stood there.

    A document that does not follow a sheet at once, and whose kind's own item has none in this package, lost its sheet.
    """
    own = kind.items[0] if kind.items else None
    if bundle.item is None:
        return own
    if not bundle.named and own is not None and bundle.item not in kind.items:
        return own
    if not bundle.first and own is not None and own not in marked:
        return own
    return bundle.item


def _text(readings: dict[str, Reading], key: str) -> str:
    return readings[key].text if key in readings else ""
