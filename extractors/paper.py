"""The application as its stamped copy has it, out of pages already read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractors.forms.by_labels import tables_by_labels
from extractors.forms.cells import FormTable, page_tables
from extractors.forms.commitment import commitment_fields, printed_company
from extractors.forms.cover import cover_fields
from extractors.forms.fields import form_fields
from extractors.forms.flow import Flow, flow_of_lines
from extractors.forms.indicators import (
    LEAST_COLUMNS,
    as_named,
    products_and_directions,
    read_head,
    read_indicators,
)
from extractors.forms.taskbook import read_taskbooks
from extractors.forms.unruled import unruled_tables
from extractors.texts.order import rows
from pipeline.model.application import Application, Field, Mention
from pipeline.model.document import FileKind, Page, PageSource, Section
from pipeline.model.evidence import Reading, Source
from pipeline.notices.profile import Profile
from pipeline.values import normalise, normalise_directions

OWN_SECTIONS = frozenset({Section.COVER, Section.FORM, Section.INDICATORS, Section.TASKBOOK, Section.COMMITMENT,
                          Section.INSTRUCTIONS})  # fmt: skip
COVER_ONLY = ("recommender", "filing_date")


def file_kind(pages: Sequence[Page]) -> FileKind:
    """What a file with pages is: by its pages' sections, and whether they are scans or carry a seal."""
    inked = [page for page in pages if page.section is not Section.BLANK]
    sections = {page.section for page in inked}
    scanned = any(page.reading.source is PageSource.OCR or page.reading.seals for page in inked)
    if not inked or all(page.reading.unreadable for page in inked):
        return FileKind.UNREADABLE
    if Section.RECOMMENDATION in sections and not sections & OWN_SECTIONS:
        return FileKind.RECOMMENDATION
    if sections & OWN_SECTIONS:
        return FileKind.STAMPED if scanned else FileKind.OTHER
    if Section.EVIDENCE in sections:
        return FileKind.EVIDENCE
    return FileKind.OTHER


def without_exports(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Without born-digital files of the application that carry no seal: exports that lie beside the stamped copy."""
    sections = {file: {page.section for page in pages if page.file == file} for file in {page.file for page in pages}}
    kept = {page.file for page in _stamped_copy(pages)}
    return tuple(page for page in pages if page.file in kept or not sections[page.file] & OWN_SECTIONS)


def read_application(pages: Sequence[Page], profile: Profile) -> Application | None:
    """The paper's Application out of the stamped copy's pages (with sections); None when there are none."""
    pages = _stamped_copy(pages)
    if not any(page.section in OWN_SECTIONS for page in pages):
        return None
    form = form_fields(_form_tables(pages, profile), profile)
    covers = [page for page in pages if page.section is Section.COVER]
    cover = cover_fields(covers[0], profile) if covers else {}
    commitment_pages = [page for page in pages if page.section is Section.COMMITMENT]
    commitment = commitment_fields(commitment_pages, profile) if commitment_pages else {}
    fields = dict(form)
    for key, reading in cover.items():
        fields.setdefault(key, reading)
    fields.update({key: reading for key, reading in commitment.items() if key.startswith("commitment_")})
    indicator_tables = _indicator_tables(pages, profile)
    product = fields["product"].text if "product" in fields else ""
    directions = fields["directions"].value if "directions" in fields else ()
    direction = directions[0] if isinstance(directions, tuple) and len(directions) == 1 else None
    return Application(
        source=Source.PAPER,
        fields=tuple(Field(key=key, reading=fields[key]) for key in sorted(fields)),
        mentions=tuple(_mentions(cover, commitment, commitment_pages, indicator_tables, form, profile)),
        indicators=read_indicators(indicator_tables, profile, product),
        indicator_head=read_head(indicator_tables, profile),
        taskbooks=read_taskbooks(tuple(_text_rows(pages, Section.TASKBOOK)), profile, product, direction)
        if any(page.section is Section.TASKBOOK for page in pages)
        else (),
    )


def _stamped_copy(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Without born-digital files that carry no seal: exports that lie beside the stamped copy."""
    files = {page.file for page in pages}
    kinds = {file: file_kind([page for page in pages if page.file == file]) for file in files}
    return tuple(page for page in pages if kinds[page.file] is not FileKind.OTHER)


def _form_tables(pages: Sequence[Page], profile: Profile) -> tuple[FormTable, ...]:
    """The form's ruled tables; of pages without any, what stands beside its labels."""
    return tuple(
        table
        for page in pages
        if page.section is Section.FORM
        for table in (*page_tables(page), *tables_by_labels(page, profile))
    )


def _indicator_tables(pages: Sequence[Page], profile: Profile) -> tuple[FormTable, ...]:
    """The tables of the indicators' pages; of pages without a full grid, those that their heads tell."""
    return tuple(
        table
        for page in pages
        if page.section is Section.INDICATORS
        for table in (
            *page_tables(page),
            *unruled_tables(page, profile.indicator_columns, LEAST_COLUMNS, "name"),
        )
    )


def _text_rows(pages: Sequence[Page], section: Section) -> Iterator[Flow]:
    """Rows of text of a section, a Flow each."""
    for page in pages:
        if page.section is section:
            for row in rows(page.reading.lines):
                yield flow_of_lines(row, page.file, page.page)


def _mentions(
    cover: dict[str, Reading],
    commitment: dict[str, Reading],
    commitment_pages: Sequence[Page],
    indicator_tables: Sequence[FormTable],
    form: Mapping[str, Reading],
    profile: Profile,
) -> Iterator[Mention]:
    """Other places of keys: the cover's lines, the indicator table's product and direction, the commitment's names."""
    for key, reading in cover.items():
        if key not in COVER_ONLY and key in form:
            yield Mention(key=key, section=Section.COVER, reading=reading)
    names = {direction.number: direction.name for direction in profile.directions}
    for key, flow in products_and_directions(indicator_tables, profile):
        value = normalise_directions(flow.text, names) if key == "directions" else _as_in_form(flow.text, form)
        yield Mention(key=key, section=Section.INDICATORS, reading=flow.reading(value))
    for key, target in (("commitment_product", "product"), ("legal_representative", "legal_representative")):
        named = commitment.get(key)
        if named is not None and len(named.text) > 1:  # a lone letter in the name's place is a seal's or a signature's
            yield Mention(key=target, section=Section.COMMITMENT, reading=named)
    company = printed_company(commitment_pages)
    if company is not None:
        yield Mention(key="applicant", section=Section.COMMITMENT, reading=company)


def _as_in_form(text: str, form: Mapping[str, Reading]) -> str:
    return as_named(normalise("product", text), form["product"].text if "product" in form else "")
