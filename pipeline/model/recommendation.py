"""Recommendation tables and the clerk's receipts."""

from __future__ import annotations

from datetime import datetime

from pipeline.model.evidence import Cell, Reading
from pipeline.model.record import Record

COLUMNS = ("no", "applicant", "direction", "product", "reason", "contact", "mobile")


class RecommendationRow(Record):
    """A row of 推荐表: by column key (see COLUMNS), a reading; absent = not found."""

    cells: tuple[tuple[str, Reading], ...]

    def get(self, column: str) -> Reading | None:
        """The reading of a column."""
        return next((reading for key, reading in self.cells if key == column), None)


class Receipt(Record):
    """A line of the clerk's log; `stage` names the notice's hop, "" its last; None where the log does not say."""

    applicant: str
    product: str = ""
    received_at: datetime | None = None
    copies: int | None = None
    stage: str = ""
    cell: Cell | None = None
