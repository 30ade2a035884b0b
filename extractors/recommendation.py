"""Recommendation tables: rows off a stamped scan's pages, or off an editable copy's cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.forms.cells import FormTable, page_tables
from extractors.forms.columns import HeadedRow, body_rows, headed_tables
from extractors.forms.cover import labelled_rows, without_seal_note
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Reading
from pipeline.model.recommendation import RecommendationRow
from pipeline.notices.profile import CoverLine, Profile
from pipeline.values import fold, normalise, normalise_directions

LEAST_COLUMNS = 4
DOTS = ".。…·"
"""What pre-printed empty rows hold in their first cell."""
REST = 0.5
"""Most of its columns that the rest of a broken row fills: telephones and numbers are never broken."""
KINDS = {"applicant": "name", "product": "product", "contact": "person", "mobile": "mobile", "no": "count"}


def read_rows(pages: Sequence[Page], profile: Profile) -> tuple[RecommendationRow, ...]:
    """Filled rows over all pages of a table, in order; a page without a head goes on with the one before."""
    tables = [table for page in pages if page.section is Section.RECOMMENDATION for table in page_tables(page)]
    return rows_of_tables(tables, profile)


def rows_of_tables(tables: Sequence[FormTable], profile: Profile) -> tuple[RecommendationRow, ...]:
    """Filled rows of tables that carry the recommendation table's head; those that a page's end broke are whole."""
    found: list[HeadedRow] = []
    for table, head in headed_tables(tables, profile.recommendation_columns, LEAST_COLUMNS):
        for row in body_rows(table, head):
            if not _filled(row):
                continue
            if found and row.opens and _is_rest(row, found[-1]):
                found[-1] = _joined(found[-1], row)
            else:
                found.append(row)
    return tuple(_row(row, profile) for row in found)


def _is_rest(row: HeadedRow, before: HeadedRow) -> bool:
    """Whether a page's first row is what was left of the one before: unnumbered as it alone is, and mostly blank."""
    numbered = [bool("no" in each.cells and fold(each.cells["no"].flow.text)) for each in (before, row)]
    filled = sum(bool(fold(cell.flow.text)) for cell in row.cells.values())
    return numbered == [True, False] and filled <= REST * len(row.cells)


def _joined(row: HeadedRow, rest: HeadedRow) -> HeadedRow:
    cells = {
        key: replace(cell, flow=cell.flow + rest.cells[key].flow) if key in rest.cells else cell
        for key, cell in row.cells.items()
    }
    return replace(row, cells=cells)


def read_recommender(pages: Sequence[Page], profile: Profile) -> Reading | None:
    """The unit named after 推荐单位（盖章）：; None where no such line was found."""
    wanted = (CoverLine(key="recommender", labels=profile.recommendation_labels),)
    for page in pages:
        if page.section is Section.RECOMMENDATION:
            for line in labelled_rows(page.reading.lines, wanted, page):
                flow = without_seal_note(line.flow).stripped(":：")
                return flow.reading(normalise("name", flow.text))
    return None


def _filled(row: HeadedRow) -> bool:
    """Whether anything but a number or dots stands in the row."""
    return any(fold(cell.flow.text).strip(DOTS) for key, cell in row.cells.items() if key != "no")


def _row(row: HeadedRow, profile: Profile) -> RecommendationRow:
    names = {direction.number: direction.name for direction in profile.directions}
    cells: list[tuple[str, Reading]] = []
    for key in profile.recommendation_columns:
        cell = row.cells.get(key)
        if cell is None:
            continue
        text = cell.flow.unbroken
        value = normalise_directions(text, names) if key == "direction" else normalise(KINDS.get(key, "text"), text)
        cells.append((key, cell.flow.reading(value)))
    return RecommendationRow(cells=tuple(cells))
