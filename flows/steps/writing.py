"""Writing: each package's pages and documents, then the run's."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checks.engine import Addition
from flows.steps.judging import Judged, JudgedDelivery, looked_key, result_of
from flows.steps.pictures import PackagePictures
from flows.steps.versions import fingerprint, writing_version
from pipeline.model.finding import Conclusion
from pipeline.model.package import DeliveryResult, FileRecord, Package, PackageFiles, Result
from pipeline.model.record import Record
from pipeline.notices.profile import load_profile
from pipeline.reports.files import result_folder
from pipeline.reports.finding_rows import package_finding_rows
from pipeline.reports.products import CHECKLIST, write_package
from pipeline.store import Store

PRODUCTS = ("report.html", CHECKLIST, "result.json")


class Written(Record):
    """The mark of a written package: what it was made of, and the hash of its result.json."""

    made_of: str
    sha256: str


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


def made_of(job: WritingJob) -> str:
    """The fingerprint of all that a package's written files rest on."""
    additions = [addition.model_dump(mode="json") for addition in job.additions]
    return fingerprint(job.judging, additions, job.error, writing_version())


def is_written(job: WritingJob) -> bool:
    """Whether a package's files stand as they would be written."""
    mark = Store(Path(job.store)).get(written_key(job.files.identity), Written)
    folder = result_folder(Path(job.out), job.files.identity)
    if mark is None or mark.made_of != made_of(job) or not all((folder / name).is_file() for name in PRODUCTS):
        return False
    return _hash(folder / "result.json") == mark.sha256


def write_package_job(job: WritingJob) -> None:
    """In a worker: write a package's report, checklist and result.json, then the mark."""
    store, profile, out = Store(Path(job.store)), load_profile(job.profile), Path(job.out)
    result = final_result(job)
    pictures = PackagePictures(job.files.files, result.package.pages, store)
    write_package(out, result, pictures, profile)
    package_finding_rows(result, frozenset(), pictures, profile)  # its pictures are then there for the workbook
    sha256 = _hash(result_folder(out, job.files.identity) / "result.json")
    store.put(written_key(job.files.identity), Written(made_of=made_of(job), sha256=sha256))


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


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
