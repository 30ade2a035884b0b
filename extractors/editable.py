"""The application as its editable copy has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from extractors.forms.cells import FormCell, FormTable
from extractors.forms.columns import find_head
from extractors.forms.commitment import blanks_in_paragraphs, blanks_in_text
from extractors.forms.cover import opened_by_label, without_seal_note
from extractors.forms.fields import form_fields
from extractors.forms.flow import Flow, flow_of_text, join
from extractors.forms.indicators import read_indicators
from extractors.forms.taskbook import read_taskbooks
from extractors.word import WordBlock, WordCell, WordTable, read_margins, read_word
from pipeline.model.application import Application, Field
from pipeline.model.document import Section
from pipeline.model.evidence import Cell, Reading, Source
from pipeline.notices.profile import Profile
from pipeline.values import fold, normalise, normalise_directions

LEAST_INDICATOR_COLUMNS = 3
LEAST_FIELDS = 3
"""A Word file with fewer of the form's boxes is not an application."""


def read_editable(path: Path, name: str, profile: Profile) -> Application | None:
    """The Application of a Word file; None when it is not an application at all.

    Args:
        path: Where the file lies.
        name: What it is called in the package: goes into every value's Cell.
        profile: The notice.

    Raises:
        UnreadableInput: The file can't be opened.
    """
    blocks = read_word(path)
    tables = tuple(form_tables_of(blocks, name))
    indicator_tables = tuple(
        table for table in tables if find_head(table, profile.indicator_columns, LEAST_INDICATOR_COLUMNS)
    )
    form_tables = tuple(table for table in tables if table not in indicator_tables)
    sections = _paragraphs(blocks, name, profile)
    fields: dict[str, Reading] = dict(form_fields(form_tables, profile))
    for key, reading in _cover(sections.get(Section.COVER, ()), profile).items():
        fields.setdefault(key, reading)
    commitment = sections.get(Section.COMMITMENT, ())
    found = blanks_in_text(join(commitment), profile) | blanks_in_paragraphs(commitment, profile)
    fields.update({key: reading for key, reading in found.items() if key.startswith("commitment_")})
    if len(fields) < LEAST_FIELDS:
        return None
    product = fields["product"].text if "product" in fields else ""
    taskbook = sections.get(Section.TASKBOOK, ())
    return Application(
        source=Source.EDITABLE,
        fields=tuple(Field(key=key, reading=fields[key]) for key in sorted(fields)),
        indicators=read_indicators(indicator_tables, profile, product),
        taskbooks=read_taskbooks(taskbook, profile, product, None) if taskbook else (),
        origin=name,
    )


def paragraphs_of(path: Path) -> tuple[str, ...]:
    """The lines of a Word file's headers and footers, and of its paragraphs.

    Raises:
        UnreadableInput: The file can't be opened.
    """
    blocks = (*read_margins(path), *read_word(path))
    return tuple(line for block in blocks if isinstance(block, str) for line in block.split("\n") if line.strip())


def form_tables_of(blocks: Sequence[WordBlock], name: str) -> Iterator[FormTable]:
    """The tables among a document's blocks; `name` is what the file is called in the package."""
    number = 0
    for block in blocks:
        if isinstance(block, WordTable):
            number += 1
            yield FormTable(tuple(_form_cell(cell, name, number) for cell in block.cells), block.columns)


def _form_cell(cell: WordCell, name: str, table: int) -> FormCell:
    where = Cell(file=name, sheet=f"表{table}", cell=f"第{cell.row + 1}行第{cell.column + 1}列")
    return FormCell(
        cell.row, cell.column, cell.row_span, cell.column_span, flow_of_text(cell.text, Source.EDITABLE, where)
    )


def _paragraphs(blocks: Sequence[WordBlock], name: str, profile: Profile) -> dict[Section, tuple[Flow, ...]]:
    """Paragraphs by section: the cover's until another title comes."""
    sections: dict[Section, list[Flow]] = {}
    current = Section.COVER
    for number, block in enumerate(blocks, start=1):
        if not isinstance(block, str):
            continue
        current = _title(block, profile) or current
        where = Cell(file=name, sheet="正文", cell=f"第{number}段")
        for line in block.split("\n"):
            if line.strip():
                sections.setdefault(current, []).append(flow_of_text(line.strip(), Source.EDITABLE, where))
    return {section: tuple(flows) for section, flows in sections.items()}


def _title(text: str, profile: Profile) -> Section | None:
    folded = fold(text)
    for section, spec in profile.sections.items():
        if any(fold(title) == folded for title in spec.titles):
            return Section(section)
    return None


def _cover(paragraphs: Sequence[Flow], profile: Profile) -> dict[str, Reading]:
    found: dict[str, Reading] = {}
    names = {direction.number: direction.name for direction in profile.directions}
    for flow in paragraphs:
        opened = opened_by_label(flow, profile.cover)
        if opened is None or opened[0] in found:
            continue
        key, end = opened
        value = without_seal_note(flow[end : len(flow.text)].stripped("_＿"))
        if key == "directions":
            found[key] = value.reading(normalise_directions(value.text, names))
        else:
            found[key] = value.reading(normalise("date" if key == "filing_date" else "name", value.text))
    return found
