"""Rows of the key indicator table."""

from __future__ import annotations

from pipeline.model.evidence import Cell, Place, Reading
from pipeline.model.record import Record

COLUMNS = ("name", "current", "target", "note")


class Indicator(Record):
    """One row: `name` 参考指标, `current` 当前水平, `target` 2023年目标, `note` 补充说明; each with its own places."""

    direction: int | None = None
    product: str = ""
    name: Reading
    current: Reading | None = None
    target: Reading | None = None
    note: Reading | None = None
    place: Place | None = None
    cell: Cell | None = None
