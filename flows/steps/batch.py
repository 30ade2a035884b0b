"""A whole run in its order: put together, match, judge, judge together, write. Plain functions all the way.

How packages are worked through side by side is the caller's matter (`Through`): Prefect's tasks, or threads. Every
step leaves its artefacts in the store under a key made of all it rests on, so a run that was stopped goes on where
it was, and one that finds nothing changed does nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any, Protocol, TypeVar

from checks.case import PackageSummary
from checks.judgement import Addition, Judgement
from flows.steps.assembling import (
    Assembled,
    AssemblyJob,
    assemble_delivery,
    assemble_package,
    assembly_key,
    brief_key,
)
from flows.steps.closing import LastRun, close_run
from flows.steps.inputs import Material
from flows.steps.judged import JudgedDelivery
from flows.steps.judging import (
    DeliveryJob,
    JudgingJob,
    delivery_judging_key,
    judge_delivery,
    judge_package,
    judge_run,
    judging_key,
    summary_key,
)
from flows.steps.parting import part_inbox
from flows.steps.pool import Pool, WorkerLost, WorkFailed
from flows.steps.progress import Progress
from flows.steps.reading import ATTEMPTS, PageReader
from flows.steps.recording import record_of
from flows.steps.run_case import run_case
from flows.steps.upkeep import keep_up
from flows.steps.workbook_lines import lines_of_packages
from flows.steps.writing import WritingJob, delivery_result, is_written, write_package_job
from pipeline.intake import holders_of, match_packages
from pipeline.model.application import Application
from pipeline.model.package import DeliveryFiles, Inbox, PackageFiles
from pipeline.model.run import RunRecord
from pipeline.settings import settings
from pipeline.store import Store

READING, JUDGING, DELIVERIES, WRITING = "识别", "核验", "推荐表", "输出"
T = TypeVar("T")


class Through(Protocol):
    """Works subjects through side by side and gives each one's answer, in their order."""

    def __call__(self, stage: str, work: Callable[[str], T], subjects: Sequence[str]) -> Sequence[T]:
        """Answers of `work`, one a subject. `work` does not raise."""
        ...


@dataclass
class Batch:
    """One run: its inputs, its workers, and what is known so far by package identity or delivery name."""

    material: Material
    store: Store
    pool: Pool
    progress: Progress
    errors: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    pages_read: dict[str, int] = field(default_factory=dict)
    parted: set[str] = field(default_factory=set)
    """The keys by which packages that were taken apart are known to be such."""
    _keys: dict[str, str] = field(default_factory=dict)
    _briefs: dict[str, Assembled] = field(default_factory=dict)
    _jobs: Mapping[str, JudgingJob] | None = None
    _at_work: bool = False
    """Whether its workers were given something to do, so that they are there."""
    _together: dict[tuple[tuple[str, str], ...], Together] = field(default_factory=dict)

    @cached_property
    def packages(self) -> Mapping[str, PackageFiles]:
        """All packages by identity."""
        return {package.identity: package for package in self.material.packages}

    @cached_property
    def deliveries(self) -> Mapping[str, DeliveryFiles]:
        """All deliveries by name."""
        return {delivery.name: delivery for delivery in self.material.deliveries}

    def take(self, inbox: Inbox) -> None:
        """Go on with another view of the same received papers."""
        self.material = replace(self.material, inbox=inbox)
        self._keys.clear()
        self._jobs = None
        for known in ("packages", "deliveries"):
            self.__dict__.pop(known, None)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measures a stage."""
        start = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - start

    def assembly(self, name: str) -> str:
        """The key of a package or delivery put together."""
        if name not in self._keys:
            files = self.packages.get(name) or self.deliveries[name]
            self._keys[name] = assembly_key(files, self.material.profile)
        return self._keys[name]

    def brief(self, name: str) -> Assembled | None:
        """What is known of an assembled package or delivery, but for its paper: that is `paper`'s."""
        key = self.assembly(name)
        if key not in self._briefs:
            brief = self.store.get(brief_key(key), Assembled)
            if brief is None:
                return None
            self._briefs[key] = brief.model_copy(update={"paper": None})
        return self._briefs[key]

    def paper(self, name: str) -> Application | None:
        """What matching looks at of a package that was put together, if it has a paper."""
        brief = self.store.get(brief_key(self.assembly(name)), Assembled)
        return brief.paper if brief else None

    def forget(self, name: str) -> None:
        """A package or delivery is put together anew: what was known of it, and who judges what, may be otherwise."""
        self._briefs.pop(self.assembly(name), None)
        self._jobs = None

    def jobs(self) -> Mapping[str, JudgingJob]:
        """The judgings of all packages that could be put together, found out once."""
        if self._jobs is None:
            self._jobs = judging_jobs(self)
        return self._jobs


def take_apart(batch: Batch) -> None:
    """Put the applications of packages known to hold several in these packages' place."""
    while folders := {name: brief.covers for name in batch.packages if (brief := batch.brief(name)) and brief.covers}:
        for name in folders:
            batch.parted.add(brief_key(batch.assembly(name)))
        batch.take(part_inbox(batch.material.inbox, folders))


def unassembled(batch: Batch) -> tuple[str, ...]:
    """Deliveries and packages that are to be read, or read again after a fault."""
    names = (*batch.deliveries, *batch.packages)
    return tuple(name for name in names if (brief := batch.brief(name)) is None or brief.faulty)


def assemble(batch: Batch, name: str) -> None:
    """Read a package's or delivery's pages and put it together; a failure is noted under its name."""
    files = batch.packages.get(name) or batch.deliveries[name]
    reader = PageReader(batch.pool, batch.store, batch.material.call.profile, batch.progress)
    faults = reader.read(name, files.files)
    batch.pages_read[name] = batch.pages_read.get(name, 0) + reader.pages_read
    work = assemble_package if isinstance(files, PackageFiles) else assemble_delivery
    job = AssemblyJob(files, faults, batch.assembly(name), str(batch.store.root), batch.material.call.profile)
    _attempt_in_pool(batch, READING, name, work, job)
    batch.forget(name)


def _attempt_in_pool(batch: Batch, stage: str, name: str, work: Callable[[Any], None], job: object) -> None:
    """A step in a worker, whose words on how far it is go to the progress of its stage."""

    def told(words: str) -> None:
        batch.progress.note(stage, name, words)

    attempt(batch, name, lambda: batch.pool.call(work, job, seconds=settings().package_seconds, told=told))


def attempt(batch: Batch, name: str, work: Callable[[], None]) -> None:
    """Do a step, once more if its process is lost; what breaks it is noted under the package's name. Others go on."""
    batch._at_work = True
    for _ in range(ATTEMPTS):
        try:
            work()
            return
        except WorkerLost as lost:
            problem = f"程序处理中断：{lost}"
        except WorkFailed as failed:
            problem = f"程序出错（{failed}）"
            break
    batch.errors[name] = problem


def match(batch: Batch, papers: Mapping[str, Application]) -> Mapping[str, Application | None]:
    """Every package's filing, in one assignment over all of them."""
    found = match_packages(papers, batch.material.filings)
    return {name: found.get(name) for name in batch.packages}


def _papers(batch: Batch) -> Mapping[str, Application]:
    """What matching looks at of every package that could be put together."""
    return {name: paper for name in batch.packages if (paper := batch.paper(name)) is not None}


def judging_job(batch: Batch, name: str, online: Application | None, holder: str = "") -> JudgingJob | None:
    """The judging of a package; None for one that could not be put together.

    `holder` is the package of the same application that has their filing, where this is a copy.
    """
    files, brief = batch.packages[name], batch.brief(name)
    delivery = batch.brief(files.delivery)
    if brief is None:
        return None
    corrections = tuple(batch.material.corrections.get(name, ()))
    delivered = delivery.content if delivery else ""
    return JudgingJob(
        assembly=batch.assembly(name),
        files=files.files,
        online=online,
        delivery=batch.assembly(files.delivery),
        corrections=corrections,
        key=judging_key(brief.content, online, delivered, corrections, batch.material.profile, holder),
        holder=holder,
        store=str(batch.store.root),
        profile=batch.material.call.profile,
    )


def judging_jobs(batch: Batch) -> Mapping[str, JudgingJob]:
    """The judgings of all packages that could be put together."""
    papers = _papers(batch)
    filings = match(batch, papers)
    holders = holders_of(papers, filings)
    jobs = {name: judging_job(batch, name, filings[name], holders.get(name, "")) for name in batch.packages}
    return {name: job for name, job in jobs.items() if job is not None}


def unjudged(batch: Batch, jobs: Mapping[str, JudgingJob]) -> tuple[str, ...]:
    """Packages to judge."""
    return tuple(name for name, job in jobs.items() if not batch.store.has(job.key))


def delivery_job(batch: Batch, name: str, judged: Mapping[str, PackageSummary]) -> DeliveryJob | None:
    """The judging of a delivery, with the summaries of its packages."""
    brief = batch.brief(name)
    if brief is None:
        return None
    summaries = tuple(judged[each.identity] for each in batch.deliveries[name].packages if each.identity in judged)
    return DeliveryJob(
        assembly=batch.assembly(name),
        files=batch.deliveries[name].files,
        packages=summaries,
        key=delivery_judging_key(brief.content, summaries, batch.material.profile),
        store=str(batch.store.root),
        profile=batch.material.call.profile,
    )


@dataclass(frozen=True, slots=True)
class Together:
    """What is known once all packages are judged."""

    judged: Mapping[str, PackageSummary]
    deliveries: Mapping[str, JudgedDelivery]
    run: Judgement
    additions: Mapping[str, tuple[Addition, ...]]
    delivered: tuple[str, ...] = ()
    """The keys of the deliveries' judgements."""


def judge_together(batch: Batch, jobs: Mapping[str, JudgingJob], through: Through | None = None) -> Together:
    """Judge deliveries and the run over the judged packages; once for the same judgements, unless something broke.

    Deliveries that are not judged yet are so side by side, or stay so where nothing is to be worked through.
    """
    keys = tuple((name, job.key) for name, job in jobs.items())
    if batch.errors or keys not in batch._together:
        batch._together[keys] = _judged_together(batch, jobs, through)
    return batch._together[keys]


def _judged_together(batch: Batch, jobs: Mapping[str, JudgingJob], through: Through | None) -> Together:
    judged = summaries(batch, {name: job for name, job in jobs.items() if name not in batch.errors})
    to_judge = {name: job for name in batch.deliveries if (job := delivery_job(batch, name, judged))}
    waiting = {name: job for name, job in to_judge.items() if not batch.store.has(job.key)}
    if waiting and through is not None:
        _work_through(batch, DELIVERIES, judge_delivery, waiting, through)
    deliveries = {name: found for name, job in to_judge.items() if (found := batch.store.get(job.key, JudgedDelivery))}
    run = judge_run(run_case(batch.material, tuple(batch.packages), jobs, judged, deliveries))
    additions: dict[str, list[Addition]] = {}
    for judgement in (*(each.judgement for each in deliveries.values()), run):
        for addition in judgement.additions:
            additions.setdefault(addition.package, []).append(addition)
    told = {name: tuple(each) for name, each in additions.items()}
    return Together(judged, deliveries, run, told, tuple(job.key for job in to_judge.values()))


def summaries(batch: Batch, jobs: Mapping[str, JudgingJob]) -> Mapping[str, PackageSummary]:
    """What the rules of deliveries and of the run need of the judged packages: small, for all are there at once."""
    found = ((name, batch.store.get(summary_key(job.key), PackageSummary)) for name, job in jobs.items())
    return {name: summary for name, summary in found if summary is not None}


def writing_jobs(batch: Batch, jobs: Mapping[str, JudgingJob], together: Together) -> Sequence[WritingJob]:
    """The writing of every package, failed ones too."""
    call = batch.material.call
    return tuple(
        WritingJob(
            files=files,
            judging=jobs[name].key if name in jobs else "",
            additions=together.additions.get(name, ()),
            error="" if name in together.judged else batch.errors.get(name, "程序未能处理该申报包"),
            out=str(call.out),
            store=str(batch.store.root),
            profile=call.profile,
        )
        for name, files in batch.packages.items()
    )


def is_settled(batch: Batch) -> bool:
    """Whether nothing is left to read, judge or write: the run-level view alone is made anew."""
    take_apart(batch)
    if unassembled(batch):
        return False
    jobs = batch.jobs()
    if len(jobs) < len(batch.packages) or unjudged(batch, jobs):
        return False
    judged = summaries(batch, jobs)
    delivery_jobs = [delivery_job(batch, name, judged) for name in batch.deliveries]
    if any(job is None or not batch.store.has(job.key) for job in delivery_jobs):
        return False
    return all(is_written(job) for job in writing_jobs(batch, jobs, judge_together(batch, jobs)))


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished run: what is told of it, and the mark that the caller sets last of all."""

    record: RunRecord
    last: LastRun


def run_batch(batch: Batch, through: Through) -> Finished:
    """Do all that is left to do, and write what concerns all packages."""
    start, started_at = time.monotonic(), datetime.now().astimezone().isoformat(timespec="seconds")
    with batch.stage(READING):
        assemble_all(batch, through)
    with batch.stage(JUDGING):
        jobs = batch.jobs()
        _work_through(batch, JUDGING, judge_package, {name: jobs[name] for name in unjudged(batch, jobs)}, through)
        together = judge_together(batch, jobs, through)
    with batch.stage(WRITING):
        writing = writing_jobs(batch, jobs, together)
        unwritten = {job.files.identity: job for job in writing if not is_written(job)}
        _work_through(batch, WRITING, write_package_job, unwritten, through)
    upkeep = keep_up(batch.store, batch.material.files, _keys_in_use(batch, jobs, together), batch.material.profile)
    record = record_of(batch, together, upkeep, round(time.monotonic() - start, 1), started_at)
    deliveries = tuple(delivery_result(each) for each in together.deliveries.values())
    lines = partial(lines_of_packages, batch.pool, at_work=batch._at_work)
    return Finished(record, close_run(batch.material, batch.store, writing, deliveries, record, lines, batch.progress))


def _keys_in_use(batch: Batch, jobs: Mapping[str, JudgingJob], together: Together) -> Iterator[str]:
    """The keys of the records that this run rests on."""
    yield from (*batch.parted, *together.delivered)
    yield from (brief_key(batch.assembly(name)) for name in (*batch.deliveries, *batch.packages))
    yield from (job.key for job in jobs.values())


def assemble_all(batch: Batch, through: Through) -> None:
    """Each package and delivery once, and what is taken apart in its parts: their pages are read by then."""
    batch.progress.begin(READING, 0)
    take_apart(batch)
    done: set[str] = set()
    while names := tuple(name for name in unassembled(batch) if batch.assembly(name) not in done):
        done |= {batch.assembly(name) for name in names}
        through(READING, lambda name: assemble(batch, name), names)
        take_apart(batch)


def _work_through(
    batch: Batch, stage: str, work: Callable[[Any], None], jobs: Mapping[str, Any], through: Through
) -> None:
    """A step over packages in workers; what breaks one is noted under its name."""
    batch.progress.begin(stage, len(jobs))

    def one(name: str) -> None:
        _attempt_in_pool(batch, stage, name, work, jobs[name])
        batch.progress.advance(stage, name)

    through(stage, one, tuple(jobs))
