"""What is told of a run when all is judged and written, upkeep of its store included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from flows.steps.assembling import brief_key
from flows.steps.judging import JudgingJob
from flows.steps.upkeep import keep_up
from flows.steps.versions import run_versions
from pipeline.model.finding import Fault
from pipeline.model.run import RunRecord

if TYPE_CHECKING:
    from flows.steps.batch import Batch, Together


def record_of(
    batch: Batch, jobs: Mapping[str, JudgingJob], together: Together, seconds: float, started_at: str
) -> RunRecord:
    """The record of a run that took so many seconds; its store is brought within bounds."""
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
        upkeep=keep_up(batch.store, batch.material.files, _keys_in_use(batch, jobs, together), batch.material.profile),
    )


def _keys_in_use(batch: Batch, jobs: Mapping[str, JudgingJob], together: Together) -> Iterator[str]:
    """The keys of the records that this run rests on."""
    yield from (*batch.parted, *together.delivered)
    yield from (brief_key(batch.assembly(name)) for name in (*batch.deliveries, *batch.packages))
    yield from (job.key for job in jobs.values())
