"""Rows of the key indicator table."""

from __future__ import annotations

from enum import StrEnum

from pipeline.model.evidence import Cell, Place, Reading
from pipeline.model.quantity import Condition, Heading, Statement
from pipeline.model.record import Record

COLUMNS = ("name", "current", "target", "note")


class RowKind(StrEnum):
    """What a row of the table is: the applicant's own data, or what the template prints and nobody filled in."""

    DATA = "data"
    EXAMPLE = "example"
    PLACEHOLDER = "placeholder"


class Standing(StrEnum):
    """How a row stands to the notice's reference indicators."""

    ANSWERS = "answers"
    UNDECIDED = "undecided"
    OWN = "own"
    """An addition of the applicant's own."""


class ReferenceMatch(Record):
    """A reference indicator that a row answers, or may answer.

    `score` 0-1; `basis`: `name` or `alias` to the letter, by `words`, or `spelling` (a name misread). `any_variant`:
    it answers this one or the like one of another kind of product, and the row does not say which.
    """

    reference: str
    score: float
    basis: str
    any_variant: bool = False


class IndicatorHead(Record):
    """The table's head: keys of the columns it names, and what its cells say that name none ("" where blank)."""

    columns: tuple[str, ...]
    others: tuple[str, ...] = ()
    place: Place | None = None

    def lacks(self, column: str) -> bool:
        """Whether a column is surely not there: every cell of the head names another."""
        return column not in self.columns and not self.others


class Promise(Record):
    """A goal that a task book states for a row: characters `start` to before `end` of the text of one of its parts.

    `statement` is None of one that names things (支持5G、短距离通信) and no figure.
    """

    book: int
    section: int
    start: int
    end: int
    statement: Statement | None = None


class IndicatorLevels(Record):
    """What a row's cells say: the name of unit and conditions, current level and goal, the note of conditions.

    `promises` are what the task books say of the same goal.
    """

    heading: Heading
    current: Statement | None = None
    target: Statement | None = None
    noted: tuple[Condition, ...] = ()
    promises: tuple[Promise, ...] = ()


class Indicator(Record):
    """One row: `name` 参考指标, `current` 当前水平, `target` 2023年目标, `note` 补充说明; each with its own places.

    `example_mark`: the template's 示例 still stands at it, filled in or not. `standing` is None for rows that are no
    data or can be held against nothing; `answers` are those of a row that answers, `possible` those that an
    undecided row may answer. `levels` are told where the row is judged.
    """

    direction: int | None = None
    product: str = ""
    name: Reading
    current: Reading | None = None
    target: Reading | None = None
    note: Reading | None = None
    place: Place | None = None
    cell: Cell | None = None
    kind: RowKind = RowKind.DATA
    example_mark: bool = False
    standing: Standing | None = None
    answers: tuple[ReferenceMatch, ...] = ()
    possible: tuple[ReferenceMatch, ...] = ()
    levels: IndicatorLevels | None = None
