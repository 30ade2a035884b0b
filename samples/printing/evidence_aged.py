"""Documents of evidence as they would be of earlier years: every year on them is earlier."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from samples.printing.blocks import Block, Cell, Heading, Para, Table
from samples.printing.evidence_document import EvidenceDocument

YEAR = re.compile(r"20\d\d(?=年|-\d\d|〕)|(?<=GR)20\d\d")
"""A year of a date, a period, a report's number or a high-tech certificate's."""


def aged(document: EvidenceDocument, years: int) -> EvidenceDocument:
    """The document as it would be of so many years before."""
    until = document.valid_until
    return replace(
        document,
        blocks=tuple(_block(block, years) for block in document.blocks),
        title=_earlier(document.title, years),
        number=_earlier(document.number, years),
        year=document.year - years if document.year else None,
        valid_until=_day_before(until, years) if until else "",
    )


def _block(block: Block, years: int) -> Block:
    if isinstance(block, Heading | Para):
        return replace(block, text=_earlier(block.text, years))
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(_cell(cell, years) for cell in row) for row in block.rows))
    return block


def _cell(cell: Cell, years: int) -> Cell:
    return replace(cell, text=_earlier(cell.text, years))


def _earlier(text: str, years: int) -> str:
    return YEAR.sub(lambda found: str(int(found.group()) - years), text)


def _day_before(day: str, years: int) -> str:
    told = date.fromisoformat(day)
    return told.replace(year=told.year - years).isoformat()
