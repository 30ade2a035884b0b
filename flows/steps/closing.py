"""Closing a run: delivery.json, the workbook, run.json; and the mark that the next run compares with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checks.judgement import STOP
from flows.steps.inputs import Material
from flows.steps.pictures import PackagePictures
from flows.steps.progress import Progress
from flows.steps.withholding import forget_copies, is_withheld
from flows.steps.writing import PRODUCTS, WritingJob, final_result, written_key
from pipeline.model.document import SourceFile
from pipeline.model.package import DeliveryResult
from pipeline.model.record import Record
from pipeline.model.run import KnownFinding, RunRecord
from pipeline.notices.profile import load_profile
from pipeline.reports.files import result_folder
from pipeline.reports.products import write_delivery, write_run, write_workbook
from pipeline.reports.summary import PackageLines, package_lines
from pipeline.store import Store

LAST_RUN = "last-run"
TOGETHER = "汇总"


class LastRun(Record):
    """What the next run compares with: the packages and findings of this one."""

    packages: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()
    """Of the packages, in their order."""
    findings: tuple[KnownFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class LinesJob:
    """A package whose lines of the workbook are wanted; `known` are the ids of its findings of the run before."""

    writing: WritingJob
    known: frozenset[str]


Lines = Callable[[Sequence[LinesJob]], Iterable[PackageLines]]
"""Makes packages' lines, in the jobs' order."""


def close_run(
    material: Material,
    store: Store,
    jobs: Sequence[WritingJob],
    deliveries: Sequence[DeliveryResult],
    record: RunRecord,
    lines: Lines,
    progress: Progress,
) -> LastRun:
    """Write what concerns all packages; gives the mark, which the caller sets when nothing is left to fail."""
    out = material.call.out
    before = store.get(LAST_RUN, LastRun) or LastRun()
    _forget(out, store, set(before.packages) - {job.files.identity for job in jobs})
    for delivery in deliveries:
        write_delivery(out, delivery)
    pages = {each.delivery.name: each.delivery.pages for each in deliveries}
    progress.begin(TOGETHER, len(jobs))
    sources = {each.name: each.files for each in material.deliveries} | {
        each.identity: each.files for each in material.packages
    }

    def pictures(name: str) -> PackagePictures:
        return PackagePictures(sources.get(name, ()), pages.get(name, ()), store)

    earlier = _without_withheld(before.findings, sources, store)
    conclusions: dict[str, str] = {}

    def packages() -> Iterator[PackageLines]:
        for package in lines(_lines_jobs(jobs, earlier)):
            conclusions[package.identity] = package.conclusion
            yield package
            progress.advance(TOGETHER, package.identity)
        progress.note(TOGETHER, "", "正在写汇总表")

    known = write_workbook(out, packages(), deliveries, record, earlier, pictures, material.profile)
    write_run(out, record)
    for files in sources.values():
        forget_copies(files, store)
    return LastRun(packages=tuple(conclusions), conclusions=tuple(conclusions.values()), findings=known)


def _lines_jobs(jobs: Sequence[WritingJob], earlier: Iterable[KnownFinding]) -> tuple[LinesJob, ...]:
    known: dict[str, set[str]] = {}
    for finding in earlier:
        known.setdefault(finding.package, set()).add(finding.id)
    return tuple(LinesJob(job, frozenset(known.get(job.files.identity, ()))) for job in jobs)


def lines_of(job: LinesJob) -> PackageLines:
    """What a package adds to the workbook, in a worker or here."""
    writing, result = job.writing, final_result(job.writing)
    pictures = PackagePictures(writing.files.files, result.package.pages, Store(Path(writing.store)))
    return package_lines(result, job.known, pictures, load_profile(writing.profile))


def lines_of_some(jobs: Sequence[LinesJob]) -> tuple[PackageLines, ...]:
    """What some packages add, in their order."""
    return tuple(lines_of(job) for job in jobs)


def _without_withheld(
    findings: Sequence[KnownFinding], sources: Mapping[str, Sequence[SourceFile]], store: Store
) -> tuple[KnownFinding, ...]:
    """The findings of the run before, without what was said of packages that a secrecy mark has stopped since."""
    stopped = {name for name, files in sources.items() if is_withheld(files, store)}
    return tuple(each for each in findings if each.package not in stopped or each.code == STOP)


def mark_run(store: Store, last: LastRun) -> None:
    """Set the mark of a whole run: the very last thing that a run does."""
    store.put(LAST_RUN, last)


def _forget(out: Path, store: Store, gone: set[str]) -> None:
    """Take away the results of packages that are no longer in the inbox."""
    for identity in gone:
        folder = result_folder(out, identity)
        for name in PRODUCTS:
            (folder / name).unlink(missing_ok=True)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        store.drop(written_key(identity))
