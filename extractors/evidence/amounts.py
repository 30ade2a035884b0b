"""The amounts that a document states, in 万元: rows by name, the current year's column, the unit told on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.evidence.boundaries import Sheet
from extractors.evidence.columns import Heads, current_entry, find_heads, nearest, year_named
from extractors.evidence.grids import Entry, Grid, page_grids
from extractors.evidence.rows import folded, holds
from extractors.evidence.sums import spelled_sum, stated_sum
from extractors.evidence.units import told_unit
from pipeline.model.evidence import Reading
from pipeline.notices.evidence_words import EvidenceKind, EvidenceWords
from pipeline.values import plain_decimal
from pipeline.values.amounts import UNITS

LONGEST_NAME = 30
"""Characters of a row's name."""
CAPTION_ROWS = 3
"""Rows above a table among which its caption stands: below it may stand whose it is, and the unit."""
CAPTION_END = re.compile(
    r"(?:相关|业务|产品|服务|软件|技术|销售|及|和|与|,)*(?:收入)?(?:[,和及与]*(?:营业|主营业务)?成本)?"
    r"(?:按.{2,6})?的?(?:明细|构成|情况|结构|分类)*表?(?:\(.*\))?(?:(?:金额|货币)?单位.*)?"
)
"""What may stand behind an amount's name in the caption of a table of it."""
NUMBERING = re.compile(r"^[一二三四五六七八九十\d]+[、,.)]|^\([一二三四五六七八九十\d]+\)|^(?:其中|加):|^其中")
PART_OF_YEAR = re.compile(r"[月季截至]|半年")
"""In a row's name: it is of some months, or of several years."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An amount to look for: the rows' names of it, best first, and words that make a row another's.

    `opening`: a row must begin with the name (合计 is the sum, 利润总额 is none).
    """

    key: str
    names: tuple[str, ...]
    unless: tuple[str, ...] = ()
    opening: bool = False

    def is_named(self, name: str, row: str) -> bool:
        """Whether a row's name is this one of its names."""
        stands = row.startswith(folded(name)) if self.opening else holds(row, folded(name))
        return stands and not any(holds(row, folded(word)) for word in self.unless)


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row of a table with its name."""

    name: str
    label: Entry
    entries: tuple[Entry, ...]


def find_amounts(
    sheets: Sequence[Sheet], kind: EvidenceKind, year: int | None, words: EvidenceWords
) -> Mapping[str, Reading]:
    """One amount a key: out of tables, else out of running text. Without a unit on any of its pages, none.

    Only documents that speak of a period state amounts of it.
    """
    if not kind.period:
        return {}
    wanted = tuple(_wanted(kind, words))
    units = [told_unit(sheet.rows) for sheet in sheets]
    told = next((unit for unit in units if unit), None)
    found: dict[str, Reading] = {}
    for sheet, own in zip(sheets, units, strict=True):
        for key, reading in _of_tables(sheet, wanted, own or told, year, words):
            found.setdefault(key, reading)
    for sheet in sheets:
        for each in wanted:
            stated = stated_sum(sheet.rows, each.names, each.unless, year)
            if stated:
                found.setdefault(each.key, stated[0].reading(plain_decimal(stated[1])))
        spelled = spelled_sum(sheet.rows, words) if kind.total else None
        if spelled:
            found.setdefault(kind.total, spelled[0].reading(plain_decimal(spelled[1])))
    return _by_key(found)


def _by_key(found: Mapping[str, Reading]) -> Mapping[str, Reading]:
    """The main business's revenue stands for revenue where no other is stated, and beside it where one is."""
    main = found.get("main_revenue")
    rest = {key: reading for key, reading in found.items() if key != "main_revenue"}
    if main is None:
        return rest
    return {**rest, "x_main_revenue": main} if "revenue" in rest else {**rest, "revenue": main}


def _wanted(kind: EvidenceKind, words: EvidenceWords) -> Iterator[Wanted]:
    """The amounts by name; in a document that is about one sum, its sum's row."""
    yield from (Wanted(amount.key, amount.names, amount.unless) for amount in words.amounts)
    if kind.total:
        yield Wanted(kind.total, words.totals, opening=True)


def _of_tables(
    sheet: Sheet, wanted: Sequence[Wanted], unit: str | None, year: int | None, words: EvidenceWords
) -> Iterator[tuple[str, Reading]]:
    for grid in page_grids(sheet.page):
        rows = _named_rows(grid)
        heads = find_heads(grid, words) if rows else Heads((), (), ())
        for each in (*wanted, *_captioned(sheet, grid, words)):
            reading = _row_amount(rows, heads, each, unit, year) or _column_amount(rows, heads, each, unit, year)
            if reading is not None:
                yield each.key, reading


def _captioned(sheet: Sheet, grid: Grid, words: EvidenceWords) -> Iterator[Wanted]:
    """The sum of a table whose caption, right above it, says what amount it is of (28、营业收入和营业成本)."""
    top = min((entry.box.y0 for row in grid[:1] for entry in row), default=0.0)
    above = [row for row in sheet.rows if row.places and max(place.bbox.y1 for place in row.places) <= top]
    for caption in (NUMBERING.sub("", folded(row.text)) for row in above[-CAPTION_ROWS:]):
        for amount in words.amounts:
            if any(_is_all_of(caption, folded(name)) for name in amount.names):
                yield Wanted(amount.key, words.sums, opening=True)


def _is_all_of(caption: str, name: str) -> bool:
    """Whether a caption is of the whole amount, and not of a part (营业收入前五名客户)."""
    return caption.startswith(name) and CAPTION_END.fullmatch(caption, len(name)) is not None


def _named_rows(grid: Grid) -> tuple[NamedRow, ...]:
    """The rows that hold a number, under every name in them: a category may stand before the row's own."""
    made = []
    for row in grid:
        if all(entry.figure is None for entry in row):
            continue
        for entry in row:
            name = NUMBERING.sub("", folded(entry.flow.text)) if entry.figure is None else ""
            if 0 < len(name) <= LONGEST_NAME:
                made.append(NamedRow(name, entry, row))
    return tuple(made)


def _row_amount(
    rows: Sequence[NamedRow], heads: Heads, wanted: Wanted, unit: str | None, year: int | None
) -> Reading | None:
    """The amount of the row named best, in the current year's column; None where no row or no column is sure."""
    for name in wanted.names:
        for row in rows:
            if not wanted.is_named(name, row.name):
                continue
            entry = current_entry(row.entries, row.label, heads, year)
            own = told_unit((row.label.flow,)) or (entry and _head_unit(entry, heads)) or unit
            number = entry.figure if entry else None
            if entry is not None and own and number is not None:
                return entry.flow.reading(plain_decimal(number * UNITS[own]))
    return None


def _column_amount(
    rows: Sequence[NamedRow], heads: Heads, wanted: Wanted, unit: str | None, year: int | None
) -> Reading | None:
    """The amount below the one head that is named so, in the one row of the document's year; None where rows name none.

    Several rows of one year are its parts: projects, by when they began.
    """
    dated = [(year_of, row) for row in rows if (year_of := _year_of(row)) is not None]
    years = [year_of for year_of, _ in dated]
    meant = year if year in years else max(years, default=None)
    own = [row for year_of, row in dated if year_of == meant]
    for name in wanted.names:
        named = [head for head in heads.unnamed if wanted.is_named(name, NUMBERING.sub("", folded(head.flow.text)))]
        for row in own if len(named) == len(own) == 1 else ():
            below = [entry for entry in row.entries if entry.figure is not None]
            below = [entry for entry in below if nearest(entry, heads.every) is named[0]]
            unit_of = told_unit((named[0].flow,)) or unit
            if len(below) == 1 and unit_of and below[0].figure is not None:
                return below[0].flow.reading(plain_decimal(below[0].figure * UNITS[unit_of]))
    return None


def _year_of(row: NamedRow) -> int | None:
    """The year whose amounts a row holds; None of a row of a part of a year, or of something else that it names."""
    last = max(entry.box.x0 for entry in row.entries if entry.figure is not None)
    before = (entry.flow.text for entry in row.entries if entry is not row.label and entry.box.x0 < last)
    if PART_OF_YEAR.search(row.name) or any(char.isalpha() for text in before for char in text):
        return None
    return year_named(row.name)


def _head_unit(entry: Entry, heads: Heads) -> str | None:
    head = nearest(entry, heads.of_periods)
    return told_unit((head.flow,)) if head else None
