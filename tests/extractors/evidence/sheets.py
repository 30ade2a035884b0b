"""Pages of evidence built by hand, and what is read of them."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.evidence import read_evidence
from pipeline.model.document import Page, Section
from pipeline.model.package import EvidenceItem
from pipeline.model.text import Line, Table
from pipeline.notices.profile import load_profile
from tests.extractors.records import line, page, stacked, table

UNIT = "成都甲乙智能科技有限公司"
FILE = "证明材料.pdf"


def sheet(*texts: str, number: int = 1, file: str = FILE, section: Section = Section.EVIDENCE,
          rows: Sequence[Sequence[str | None]] = (), top: float = 0.45) -> Page:  # fmt: skip
    """A page of lines one below the other; `|` parts pieces of one row; below them a ruled table."""
    tables: tuple[Table, ...] = (table(rows, top, top + 0.04 * len(rows)),) if rows else ()
    return page(tuple(_lines(texts)), *tables, number=number, file=file, section=section)


def _lines(texts: Sequence[str]) -> list[Line]:
    made: list[Line] = []
    for index, text in enumerate(texts):
        pieces, y = text.split("|"), 0.06 + 0.03 * index
        made += [line(piece, 0.08 + 0.9 * place / len(pieces), y) for place, piece in enumerate(pieces)]
    return made


def read(*pages: Page) -> tuple[EvidenceItem, ...]:
    return read_evidence(pages, load_profile())


def one(*pages: Page) -> EvidenceItem:
    (item,) = read(*pages)
    return item


__all__ = ["FILE", "UNIT", "one", "read", "sheet", "stacked"]
