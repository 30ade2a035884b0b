"""What one applicant files: the values as filed, in the contract's normal form, and how they are shown on paper."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the indicator table."""

    name: str
    current: str
    target: str
    note: str


@dataclass(frozen=True, slots=True)
class Filing:
    """One application as one witness has it.

    `values` are the contract's keys in normal form; `shown` holds what stands on paper where that differs
    (a comma in an amount, full-width brackets in a name). Amounts in 万元.
    """

    number: str
    city: str
    area: str
    recommender: str
    directions: tuple[int, ...]
    values: dict[str, str]
    rows: tuple[Row, ...]
    taskbook: dict[str, str]
    filed_on: date
    committed_on: date
    submitted_at: datetime
    short: str
    status: str = "已提交"
    shown: dict[str, str] = field(default_factory=dict)
    patent: str = ""
    """Number of the patent that stands among the evidence."""

    def show(self, key: str) -> str:
        """The value as it is printed."""
        return self.shown.get(key, self.values.get(key, ""))

    def with_value(self, key: str, value: str) -> Filing:
        """A copy with another value of a key, shown as it is."""
        shown = {name: text for name, text in self.shown.items() if name != key}
        return replace(self, values={**self.values, key: value}, shown=shown)

    def with_row(self, index: int, row: Row) -> Filing:
        """A copy with one indicator row replaced."""
        return replace(self, rows=(*self.rows[:index], row, *self.rows[index + 1 :]))

    def without_row(self, index: int) -> Filing:
        """A copy without one indicator row; the task book does not speak of it either."""
        row = self.rows[index]
        told = {
            part: text.replace(f"{row.name}：{row.target}", "").replace("为；", "为")
            for part, text in self.taskbook.items()
        }
        return replace(self, rows=(*self.rows[:index], *self.rows[index + 1 :]), taskbook=told)
