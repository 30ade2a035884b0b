"""The heads of a table's columns, and which column is the current year's."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.evidence.grids import Entry, Grid
from extractors.evidence.rows import folded
from pipeline.notices.evidence_words import EvidenceWords

MOST_LINE_NUMBER = 99
"""A whole number up to this, left of other numbers, is a line's number and no amount."""
LONGEST_YEAR_HEAD = 15
"""Characters of a head that names a year."""
HEAD_ROWS = 3
"""Rows of a head, merged cells and all."""
LABELLED = re.compile(r"(?<!其中)[:：]\s*\S")
"""A labelled value (编制单位：…) stands above a table's head, not in it; a part's head (其中：…) does."""
YEAR_HEAD = re.compile(r"((?<![0-9A-Za-z])20\d\d(?!\d)|二[〇○零o0][〇○零一二三四五六七八九]{2})")
DIGITS = str.maketrans("〇○零o一二三四五六七八九", "0000123456789")


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a table's columns: the current year's by rank, those that name a year, others of no use."""

    current: tuple[tuple[int, Entry], ...]
    years: tuple[tuple[int, Entry], ...]
    others: tuple[Entry, ...]
    income: tuple[Entry, ...] = ()
    """Heads below a year's, of its income,"""
    costs: tuple[Entry, ...] = ()
    """and of its cost beside it."""
    unnamed: tuple[Entry, ...] = ()
    """Heads that say nothing of a period (RD01, 费用化支出): columns that stand beside the current year's."""

    @property
    def of_periods(self) -> tuple[Entry, ...]:
        """Those that name a period, and the others that no amount of the current one stands below."""
        return (*(entry for _, entry in self.current), *(entry for _, entry in self.years), *self.others)

    @property
    def every(self) -> tuple[Entry, ...]:
        """These, and those that name no period."""
        return (*self.of_periods, *self.unnamed)

    def chosen(self, year: int | None) -> Entry | None:
        """The head of the document's year, or of the latest; else the one named best; None where none is."""
        if self.years:
            named = [entry for told, entry in self.years if told == year]
            return named[0] if named else max(self.years, key=lambda pair: pair[0])[1]
        return min(self.current, key=lambda pair: pair[0])[1] if self.current else None


def find_heads(grid: Grid, words: EvidenceWords) -> Heads:
    """The heads above a table's first amount."""
    current: list[tuple[int, Entry]] = []
    years: list[tuple[int, Entry]] = []
    others: list[Entry] = []
    income: list[Entry] = []
    costs: list[Entry] = []
    unnamed: list[Entry] = []
    for entry in _above_amounts(grid):
        text = folded(entry.flow.text)
        year = year_named(text)
        rank = next((rank for rank, word in enumerate(words.current) if text.startswith(folded(word))), None)
        if _names(text, words.line_numbers) or _names(text, words.apart):
            others.append(entry)
        elif year is not None:
            years.append((year, entry))
        elif _names(text, words.earlier):
            others.append(entry)
        elif rank is not None:
            current.append((rank, entry))
        elif text in words.income:
            income.append(entry)
        elif text in words.costs:
            costs.append(entry)
        else:
            unnamed.append(entry)
    return Heads(tuple(current), tuple(years), tuple(others), tuple(income), tuple(costs), tuple(unnamed))


def current_entry(row: Sequence[Entry], label: Entry, heads: Heads, year: int | None) -> Entry | None:
    """A row's entry in the current year's column; without a head its only amount; None where it can't be told."""
    numbers = [entry for entry in row if entry.figure is not None and entry.box.x0 >= label.box.x0]
    head = heads.chosen(year)
    if head is not None:
        own = [entry for entry in numbers if nearest(entry, heads.of_periods) is head]
    else:
        own = [entry for entry in numbers if not _beneath(entry, heads.others)]
        own = own[1:] if len(own) > 1 and not is_amount(own[0]) else own
    if len(own) > 1 and (heads.income or heads.costs):
        own = [entry for entry in own if nearest(entry, (*heads.income, *heads.costs)) in heads.income]
    if len(own) > 1 and head is not None:
        own = [entry for entry in own if nearest(entry, heads.every) is head]
    return own[0] if len(own) == 1 else None


def year_named(text: str) -> int | None:
    """The year that a short text names; None where it names none."""
    found = YEAR_HEAD.search(text) if len(text) <= LONGEST_YEAR_HEAD else None
    return int(found[1].translate(DIGITS)) if found else None


def nearest(entry: Entry, heads: Sequence[Entry]) -> Entry | None:
    """The head above an entry: the one whose middle is nearest to its own."""
    return min(heads, key=lambda head: abs(head.box.center[0] - entry.box.center[0]), default=None)


def is_amount(entry: Entry) -> bool:
    """Whether an entry is a number that is neither a line's nor a year."""
    number = entry.figure
    if number is None or re.fullmatch(r"20\d\d", entry.flow.text.strip()):
        return False
    return number != number.to_integral_value() or abs(number) > MOST_LINE_NUMBER


def _above_amounts(grid: Grid) -> Iterator[Entry]:
    """The entries of the head: the nearest rows of several entries above the first amount, up to a labelled value."""
    above = list(itertools.takewhile(lambda row: not any(is_amount(entry) for entry in row), grid))
    heads = [row for row in reversed(above) if len(row) > 1]
    for row in heads[:HEAD_ROWS]:
        if any(LABELLED.search(entry.flow.text) for entry in row):
            return
        yield from row


def _names(text: str, words: Sequence[str]) -> bool:
    return any(folded(word) in text for word in words)


def _beneath(entry: Entry, heads: Sequence[Entry]) -> bool:
    return any(head.box.x0 <= entry.box.center[0] <= head.box.x1 for head in heads)
