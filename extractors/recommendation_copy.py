"""The editable copy of a recommendation table: a Word document or a spreadsheet, every value with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.editable import form_tables_of
from extractors.forms.cells import FormCell, FormTable
from extractors.forms.flow import flow_of_text
from extractors.recommendation import rows_of_tables
from extractors.word import read_word
from pipeline.intake.spreadsheet import Sheet, address, read_sheets
from pipeline.model.document import Format
from pipeline.model.evidence import Cell, Source
from pipeline.model.recommendation import RecommendationRow
from pipeline.notices.profile import Profile
from pipeline.values import masked

COPIED = (Format.WORD, Format.SPREADSHEET)
"""What an editable copy of the table may be."""
LEAST_TEXTS = 2
"""Different texts a table's row has: a title, note or blank line, merged over all columns or not, has fewer."""


def read_copied_rows(path: Path, name: str, kind: Format, profile: Profile) -> tuple[RecommendationRow, ...]:
    """The filled rows of an editable recommendation table; empty where the file is none.

    Args:
        path: Where the file lies.
        name: What it is called in the delivery: goes into every value's Cell.
        kind: One of COPIED.
        profile: The notice.

    Raises:
        UnreadableInput: The file can't be opened.
    """
    if kind is Format.WORD:
        return rows_of_tables(tuple(form_tables_of(read_word(path), name)), profile)
    sheets = read_sheets(path, Path(name).stem)
    return rows_of_tables(tuple(_form_table(sheet, name) for sheet in sheets), profile)


def _form_table(sheet: Sheet, name: str) -> FormTable:
    """A sheet as a table; rows keep their numbers."""
    return FormTable(tuple(_cells(sheet, name)), max(map(len, sheet.rows), default=0))


def _cells(sheet: Sheet, name: str) -> Iterator[FormCell]:
    above: tuple[str, ...] = ()
    for number, row in enumerate(sheet.rows):
        if len({text.strip() for text in row} - {""}) < LEAST_TEXTS or row == above:  # a head merged over two rows
            continue
        above = row
        for column, text in enumerate(row):
            where = Cell(file=name, sheet=sheet.name, cell=address(number, column))
            yield FormCell(number, column, 1, 1, flow_of_text(masked(text, ()), Source.EDITABLE, where))
