"""What is told of a run when all is judged and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.steps.versions import run_versions
from pipeline.model.finding import Fault
from pipeline.model.run import RunRecord, Upkeep

if TYPE_CHECKING:
    from flows.steps.batch import Batch, Together


def record_of(batch: Batch, together: Together, upkeep: Upkeep, seconds: float, started_at: str) -> RunRecord:
    """The record of a run that took so many seconds."""
    broken = tuple(Fault(stage="处理", subject=name, message=problem) for name, problem in batch.errors.items())
    pages = sum(brief.pages for name in (*batch.deliveries, *batch.packages) if (brief := batch.brief(name)))
    return RunRecord(
        seconds=seconds,
        pages=pages,
        cache_hits=max(0, pages - sum(batch.pages_read.values())),
        packages=len(batch.packages),
        failed=sum(name not in together.judged or name in batch.errors for name in batch.packages),
        stages=tuple((name, round(spent, 1)) for name, spent in batch.seconds.items()),
        versions=run_versions(batch.material.profile.folder),
        verdicts=together.run.verdicts,
        findings=together.run.findings,
        faults=(*batch.material.problems, *together.run.faults, *broken),
        started_at=started_at,
        upkeep=upkeep,
    )
