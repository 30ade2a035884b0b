"""The words by which a notice's evidence is known: kinds of documents, labels, items, amounts. Data, validated."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator

from pipeline.model.claim import ClaimKind
from pipeline.model.record import Record
from pipeline.notices.yaml_file import expression, read_yaml, validated

FILE = "evidence.yaml"


class EvidenceKind(Record):
    """A kind of document.

    `items`: the items of the notice's list that it may bear out, its own first (none: it bears out none by itself).
    `titles`: its headings; `needs`: with one of these words on the page, where a title alone does not tell.
    `marks`: words of its body; several of them tell a page whose heading is missing.
    """

    kind: str
    items: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    running: bool = False
    """It may run over several pages; the later ones need no heading."""
    absorbs: tuple[str, ...] = ()
    """Kinds that are part of it where they follow it: the statements behind an audit report."""
    owners: tuple[str, ...] = ()
    """Labels of the unit it belongs to."""
    numbers: tuple[str, ...] = ()
    """Labels of its number."""
    number_forms: tuple[Annotated[str, AfterValidator(expression)], ...] = ()
    """Regular expressions of numbers that stand without a label."""
    dates: tuple[str, ...] = ()
    """Labels of its own date, where that is its year."""
    period: bool = False
    """It speaks of a period: its year is that of the period."""
    total: str = ""
    """The amount that its sum is."""
    states: tuple[Literal["revenue", "rd_spend"], ...] = ()
    """Amounts that it states in full: where one is not found, it was not read; another figure contradicts it."""
    owned: Literal["holder", "party", "open"] = "open"
    """Whose it is: the unit behind its own label; a unit named anywhere on it; not told by names alone."""
    term: bool = False
    """It is good for a term: where none is found, it was not read."""
    claims: tuple[ClaimKind, ...] = ()
    """What a text claims that it bears out."""


class AmountWords(Record):
    """An amount that evidence states: the rows' names of it, best first; a row named with an `unless` is another's."""

    key: str
    names: tuple[str, ...]
    unless: tuple[str, ...] = ()


class ClaimSort(Record):
    """A sort of claims: the kinds whose certificates count together; `words` name a list of them."""

    name: str
    kinds: tuple[ClaimKind, ...]
    words: tuple[str, ...]


class EvidenceWords(Record):
    """What is common to all kinds."""

    sheet_marks: tuple[str, ...]
    """Words before a number that mark an item: 证明材料3."""
    loose_marks: tuple[str, ...]
    """The same that may count other things as well, and mark an item on a sheet of their own: 附件3."""
    list_titles: tuple[str, ...]
    """Headings of a list of contents."""
    item_words: dict[int, tuple[str, ...]]
    """Words that name an item where its number does not stand."""
    owner_before: tuple[str, ...]
    """Words right before the unit in running text: 兹授予."""
    owner_after: tuple[str, ...]
    """Words right after it: 全体股东."""
    unit_endings: tuple[str, ...]
    """What names of units end with."""
    periods: tuple[str, ...]
    """Labels of a period."""
    valid_until: tuple[str, ...]
    issued: tuple[str, ...]
    current: tuple[str, ...]
    """Heads of the current year's column, best first."""
    earlier: tuple[str, ...]
    apart: tuple[str, ...]
    """Parts of heads of columns that hold no year's amounts: a month's, shares, changes."""
    income: tuple[str, ...]
    """Heads of the column of income below a year's head, where the year has one of its cost as well,"""
    costs: tuple[str, ...]
    """and heads of the latter."""
    line_numbers: tuple[str, ...]
    """Heads of columns that hold no amounts."""
    sums: tuple[str, ...]
    """Names of the row of a sum, in a table whose caption says of what."""
    totals: tuple[str, ...]
    """Names of a sum's row."""
    amounts: tuple[AmountWords, ...]
    partial: tuple[str, ...]
    """Words of kinds and titles whose sums may rightly differ from what the form asks: they contradict nothing."""
    lists: tuple[str, ...]
    """Words of a list that stands for certificates."""
    claim_sorts: tuple[ClaimSort, ...]
    none_words: tuple[str, ...]
    """Words by which a unit declares that it has nothing to show for an item."""


class EvidenceGuide(Record):
    """A notice's evidence.yaml."""

    kinds: tuple[EvidenceKind, ...]
    words: EvidenceWords


def read_evidence_guide(path: Path) -> EvidenceGuide:
    """The kinds and words of a notice's evidence.

    Raises:
        UsageProblem: They can't be read, or don't fit; the sentence names file and line.
    """
    return validated(EvidenceGuide, read_yaml(path), path)
