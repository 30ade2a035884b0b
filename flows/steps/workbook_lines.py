"""Packages' lines of the workbook, made side by side where there are workers anyway."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from flows.steps.closing import LinesJob, lines_of, lines_of_some
from flows.steps.pool import Pool, WorkerLost, WorkFailed
from pipeline.reports.summary import PackageLines
from pipeline.settings import settings
from pipeline.side_by_side import side_by_side

LINES_AT_ONCE = 8
"""Packages whose lines are one piece of work: a fifth of a second."""
LEAST_SHARED = 300
"""Packages from which on it pays to start workers for their lines alone: each takes two seconds to start."""


def lines_of_packages(pool: Pool, jobs: Sequence[LinesJob], *, at_work: bool) -> Iterator[PackageLines]:
    """The packages' lines in their order: by the workers where these are there (`at_work`) or many, else here."""
    if not at_work and len(jobs) < LEAST_SHARED:
        yield from map(lines_of, jobs)
        return
    shares = [jobs[start : start + LINES_AT_ONCE] for start in range(0, len(jobs), LINES_AT_ONCE)]
    for lines in side_by_side(partial(_shared_lines, pool), shares, pool.workers + 1):
        yield from lines


def _shared_lines(pool: Pool, jobs: Sequence[LinesJob]) -> Sequence[PackageLines]:
    """Some packages' lines by a worker; here, where it is lost or fails."""
    try:
        return pool.call(lines_of_some, jobs, seconds=settings().package_seconds)
    except (WorkerLost, WorkFailed):
        return lines_of_some(jobs)
