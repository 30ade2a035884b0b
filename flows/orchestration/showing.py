"""What Prefect's page shows of a run besides its tasks: how far it is, its packages, its findings; no value of any."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from typing import Any
from uuid import UUID

from httpx import HTTPError
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.exceptions import PrefectException

from flows.steps.batch import Finished
from flows.steps.closing import LastRun
from flows.steps.progress import Progress
from pipeline.reports.wording import CONCLUSIONS, SEVERITIES

SECONDS_BETWEEN = 15.0
"""A call to the server costs a tenth of a second, and a row it keeps: not one a page."""
MOST_ROWS = 500
"""Rows of a table that the server keeps; the workbook has all."""
UNSHOWN = (HTTPError, PrefectException, RuntimeError, OSError)
"""A page that can't be shown stops no run."""


class ShownProgress:
    """Tells another progress, and now and then the server."""

    def __init__(self, told: Progress) -> None:
        self._told, self._lock = told, Lock()
        self._artifact: UUID | None = None
        self._stage, self._done, self._total = "", 0, 0
        self._shown_at = 0.0

    def begin(self, stage: str, total: int) -> None:
        """A stage begins."""
        self._told.begin(stage, total)
        self._stage, self._done, self._total = stage, 0, total
        with suppress(*UNSHOWN):
            if self._artifact is None:
                created = create_progress_artifact(0.0, key="progress", description=self._words())
                self._artifact = created if isinstance(created, UUID) else None
            else:
                self._show()

    def grow(self, stage: str, more: int) -> None:
        """A stage turned out larger."""
        self._told.grow(stage, more)
        with self._lock:
            self._total += more

    def advance(self, stage: str, subject: str, units: int = 1) -> None:
        """Some units are done."""
        self._told.advance(stage, subject, units)
        with self._lock:
            self._done += units
            due = time.monotonic() - self._shown_at > SECONDS_BETWEEN
            if due:
                self._shown_at = time.monotonic()
        if due:
            with suppress(*UNSHOWN):
                self._show()

    def note(self, stage: str, subject: str, words: str) -> None:
        """Of a subject under way: how far it is; the server is told with the next figures."""
        self._told.note(stage, subject, words)

    def end(self) -> None:
        """Everything is done."""
        self._stage, self._done, self._total = "完成", 1, 1
        with suppress(*UNSHOWN):
            self._show()

    def _show(self) -> None:
        if self._artifact is not None:
            share = 100.0 * self._done / self._total if self._total else 0.0
            update_progress_artifact(self._artifact, min(share, 100.0), description=self._words())

    def _words(self) -> str:
        return f"{self._stage}：{self._done} / {self._total}"


def show_finished(finished: Finished) -> None:
    """Put the tables of packages and findings on the server's page."""
    with suppress(*UNSHOWN):
        _table("packages", "各包结论", package_table(finished.last))
        _table("findings", "问题清单（详情见核验汇总.xlsx）", finding_table(finished.last))


def package_table(last: LastRun) -> list[dict[str, Any]]:
    """A row a package, those with most errors first."""
    counted = Counter((finding.package, finding.severity) for finding in last.findings)
    rows = [
        {"包": name, "结论": CONCLUSIONS[conclusion]}
        | {word: counted[name, severity] for severity, word in SEVERITIES.items()}
        for name, conclusion in zip(last.packages, last.conclusions, strict=True)
    ]
    return sorted(rows, key=lambda row: (-row["错误"], -row["提醒"], row["包"]))


def finding_table(last: LastRun) -> list[dict[str, Any]]:
    """A row a package, code and field, errors first: neither what was read nor what was filed."""
    order = tuple(SEVERITIES)
    counted = Counter((each.severity, each.package, each.code, each.field or "") for each in last.findings)
    ranked = sorted(counted, key=lambda row: (order.index(row[0]), row))
    return [
        {"包": row[1], "代码": row[2], "级别": SEVERITIES[row[0]], "字段": row[3], "条数": counted[row]}
        for row in ranked
    ]


def _table(key: str, title: str, rows: Sequence[dict[str, Any]]) -> None:
    left = len(rows) - MOST_ROWS
    description = f"{title}，另有 {left} 行未列" if left > 0 else title
    create_table_artifact(list(rows[:MOST_ROWS]), key=key, description=description)
