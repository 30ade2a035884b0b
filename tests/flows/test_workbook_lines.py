"""Packages' lines of the workbook: made by workers that are there anyway, in the packages' order, and alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.steps.closing import LinesJob
from flows.steps.pool import WorkerLost
from flows.steps.workbook_lines import LINES_AT_ONCE, lines_of_packages
from flows.steps.writing import WritingJob
from pipeline.model.package import PackageFiles
from pipeline.notices.profile import DEFAULT_NOTICE
from tests.flows.test_writing import judge
from tests.pipeline.reports import examples

PACKAGES = 3 * LINES_AT_ONCE + 1


class LosingPool:
    """Does the work in this process, but for the second call, whose process it loses."""

    workers = 2

    def __init__(self) -> None:
        self.calls = 0

    def call(self, work: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
        del seconds
        self.calls += 1
        if self.calls == 2:
            raise WorkerLost("gone")
        return work(*arguments)


def jobs(tmp_path: Path) -> tuple[LinesJob, ...]:
    """So many packages, all judged alike; of the first's findings one was known before."""
    judge(tmp_path, "judged/one", examples.result())
    known = frozenset({examples.findings()[0].id})
    return tuple(
        LinesJob(
            WritingJob(
                PackageFiles(identity=f"成都市/{number:02d}", delivery="成都市"), "judged/one", (), "",
                str(tmp_path / "out"), str(tmp_path / "store"), DEFAULT_NOTICE,
            ),
            frozenset() if number else known,
        )
        for number in range(PACKAGES)
    )  # fmt: skip


def test_lines_by_workers_are_those_made_here_though_one_of_them_is_lost(tmp_path: Path) -> None:
    wanted, idle, busy = jobs(tmp_path), LosingPool(), LosingPool()
    here = list(lines_of_packages(idle, wanted, at_work=False))
    assert list(lines_of_packages(busy, wanted, at_work=True)) == here
    assert (idle.calls, busy.calls) == (0, 4)
    assert len(here) == PACKAGES and here[0].findings != here[1].findings
