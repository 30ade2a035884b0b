"""Writing: each package's pages and documents, then the run's."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checks.judgement import Addition
from flows.steps.judged import Judged, JudgedDelivery, looked_key, result_of
from flows.steps.pictures import PackagePictures
from flows.steps.versions import fingerprint, folder_version, writing_version
from pipeline.intake.listing import file_hash
from pipeline.model.finding import Conclusion
from pipeline.model.package import DeliveryResult, FileRecord, Package, PackageFiles, Result
from pipeline.model.record import Record
from pipeline.notices.profile import Profile, load_profile
from pipeline.reports.checklist import Checklist, checklist_of
from pipeline.reports.files import result_folder
from pipeline.reports.finding_rows import package_finding_rows
from pipeline.reports.products import CHECKLIST, write_checklist, write_report, write_result
from pipeline.reports.report_html import report_html
from pipeline.store import Store

DRAWN = ("report.html", CHECKLIST)
"""What people look at, which shows no more than part of result.json."""
PRODUCTS = (*DRAWN, "result.json")


class Written(Record):
    """The mark of a written package: what was said of it, and what was written.

    `said` is the fingerprint of the judgement and the package themselves, not of all they rest on: most packages are
    judged as before when a rule changes. `sha256` is result.json's, `report` what its report shows.
    """

    said: str
    sha256: str
    report: str


@dataclass(frozen=True, slots=True)
class WritingJob:
    """A package to write: its judgement's key, or its files and why it failed; what others say of it."""

    files: PackageFiles
    judging: str
    additions: tuple[Addition, ...]
    error: str
    out: str
    store: str
    profile: str


def written_key(identity: str) -> str:
    """Where the mark of a written package is kept."""
    return f"written/{fingerprint(identity)}"


def is_written(job: WritingJob) -> bool:
    """Whether a package's files stand as they would be written."""
    store = Store(Path(job.store))
    mark = store.get(written_key(job.files.identity), Written)
    return mark is not None and mark.said == said_of(job, store, load_profile(job.profile)) and _stand(job, mark)


def _stand(job: WritingJob, mark: Written) -> bool:
    """Whether the files that a mark is of are there, result.json as it was written."""
    folder = result_folder(Path(job.out), job.files.identity)
    return all((folder / name).is_file() for name in PRODUCTS) and file_hash(folder / "result.json") == mark.sha256


def said_of(job: WritingJob, store: Store, profile: Profile) -> str:
    """The fingerprint of the very records that a package's files are written from, whatever they were made of."""
    records = [store.digest(key) for key in (job.judging, looked_key(job.judging))] if job.judging else []
    additions = [addition.model_dump(mode="json") for addition in job.additions]
    files = job.files.model_dump(mode="json")
    return fingerprint(records, additions, job.error, files, folder_version(profile.folder), writing_version())


def write_package_job(job: WritingJob) -> None:
    """In a worker: a package's result.json; report and checklist where they show something new; then the mark."""
    store, profile = Store(Path(job.store)), load_profile(job.profile)
    key, said = written_key(job.files.identity), said_of(job, store, profile)
    mark = store.get(key, Written)
    out, identity, result = Path(job.out), job.files.identity, final_result(job)
    pictures, checklist = PackagePictures(job.files.files, result.package.pages, store), checklist_of(result, profile)
    shown = _shown(result, checklist, pictures, profile)
    standing = all((result_folder(out, identity) / name).is_file() for name in DRAWN)
    if mark is None or mark.report != shown or not standing:
        store.drop(key)
        write_report(out, result, pictures, profile)
        write_checklist(out, identity, checklist)
    sha256 = hashlib.sha256(write_result(out, result)).hexdigest()
    package_finding_rows(result, frozenset(), pictures, profile)  # its pictures are then there for the workbook
    store.put(key, Written(said=said, sha256=sha256, report=shown))


def _shown(result: Result, checklist: Checklist, pictures: PackagePictures, profile: Profile) -> str:
    """The fingerprint of all that a report and a checklist show."""
    return fingerprint(report_html(result, pictures.named(), profile).decode(), repr(checklist), writing_version())


def final_result(job: WritingJob) -> Result:
    """A package's result with what its delivery and the run say of it; a failed package's says why."""
    store, profile = Store(Path(job.store)), load_profile(job.profile)
    judged = None if job.error else store.get(job.judging, Judged)
    package = None if judged is None else store.get(looked_key(job.judging), Package)
    if judged is None or package is None:
        return failed_result(job.files, job.error or "核验结果丢失，请重新运行", job.additions)
    return result_of(package, judged, job.additions, profile)


def failed_result(files: PackageFiles, error: str, additions: Sequence[Addition] = ()) -> Result:
    """The result of a package that the program broke on."""
    records = tuple(
        FileRecord(source=file, kind="unreadable" if file.problem else "other", pages=0) for file in files.files
    )
    return Result(
        package=Package(identity=files.identity, delivery=files.delivery, files=records),
        verdicts=tuple(verdict for addition in additions for verdict in addition.verdicts),
        findings=tuple(finding for addition in additions for finding in addition.findings),
        conclusion=Conclusion.FAILED,
        error=error,
    )


def delivery_result(judged: JudgedDelivery) -> DeliveryResult:
    """A delivery's result."""
    return DeliveryResult(
        delivery=judged.delivery,
        verdicts=judged.judgement.verdicts,
        findings=judged.judgement.findings,
        faults=(*judged.delivery.faults, *judged.judgement.faults),
    )
