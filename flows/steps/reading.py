"""Pages into the store: each page is read once in a worker, and never again while nothing it rests on changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np

from flows.steps.desk import CHANGED, Desk, FileChanged
from flows.steps.pool import Pool, WorkerLost, WorkFailed
from flows.steps.progress import Progress
from flows.steps.releasing import is_released
from flows.steps.versions import fingerprint, reading_version
from flows.steps.withholding import forget_readings, is_withheld, mark_key
from pipeline.errors import UnreadableInput
from pipeline.model.care import SecrecyMark
from pipeline.model.document import PageReading, SourceFile
from pipeline.model.finding import Fault
from pipeline.model.record import Record
from pipeline.notices.profile import Profile, load_profile
from pipeline.rendering import PagePicture
from pipeline.settings import settings
from pipeline.store import Store

T = TypeVar("T")

STAGE = "识别"
MM_AN_INCH = 25.4
PAGES_AT_ONCE = 16
"""Of one package: a thread waits for each, and with a hundred workers a hundred packages are under way."""
ATTEMPTS = 2
"""Work whose process died gets one fresh process: memory may have been other work's doing."""


class PageCount(Record):
    """How many pages a file has, or the sentence why it has none; `lost` where the program never got to count them."""

    pages: int
    problem: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page to read: the file on disk, its hash, the page, and where readings are kept."""

    location: str
    sha256: str
    page: int
    store: str
    profile: str


def page_key(sha256: str, page: int, profile: Profile) -> str:
    """Where a page's reading is kept: notices that ask the same of a page share it."""
    return f"pages/{reading_version()}-{_asked_of_pages(profile)}/{sha256}/{page:04d}"


@cache
def _asked_by(signatures: tuple[str, ...], options: tuple[str, ...], dates: tuple[str, ...], care: str) -> str:
    return fingerprint(signatures, options, dates, care)


def _asked_of_pages(profile: Profile) -> str:
    """A short hash of all that `read_picture` takes of a notice, and of the secrecy marks that stop it."""
    signatures = tuple(required.label for required in profile.required_signatures)
    options = tuple(option for field in profile.fields for option in field.options)
    dates = tuple(blank.century for blank in profile.commitment if blank.century)
    return _asked_by(signatures, options, dates, profile.care.model_dump_json(include={"marks", "identity_labels"}))


def count_key(sha256: str) -> str:
    """Where a file's page count is kept."""
    return f"counts/{reading_version()}/{sha256}"


def count_pages(location: str, sha256: str, store: str) -> PageCount:
    """In a worker: how many pages a file has.

    Raises:
        FileChanged: The file is not the one of that hash.
    """
    try:
        with _DESK.media(Path(location), sha256) as media:
            count = PageCount(pages=media.page_count)
    except UnreadableInput as problem:
        count = PageCount(pages=0, problem=str(problem))
    Store(Path(store)).put(count_key(sha256), count)
    return count


def read_page_job(job: PageJob) -> None:
    """In a worker: read one page and keep what was read; of a page with a secrecy mark, that it has one.

    Raises:
        FileChanged: The file is not, or no longer, the one of that hash: nothing is kept.
    """
    from extractors.secrecy import secrecy_mark

    store, profile = Store(Path(job.store)), load_profile(job.profile)
    try:
        with _DESK.media(Path(job.location), job.sha256) as media:
            reading = read_picture(media.page(job.page, dpi=settings().dpi), job.page, profile)
    except UnreadableInput as problem:
        reading = unread_page(job.page, str(problem))
    word = secrecy_mark(reading, profile.care.marks)
    if word is None or is_released(job.sha256, job.page, word, store):
        store.put(page_key(job.sha256, job.page, profile), reading)
    else:
        store.put(mark_key(job.sha256), SecrecyMark(sha256=job.sha256, page=job.page, word=word))


def read_picture(picture: PagePicture, number: int, profile: Profile) -> PageReading:
    """In a worker: all that is on a page, handwriting behind the notice's signature labels included.

    Identity card numbers are masked in it.
    """
    from extractors.personal import without_identity_numbers
    from extractors.readers.paddle import paddle_reader
    from extractors.reading import read_page
    from extractors.signatures.signatures import find_signatures
    from extractors.texts.stamped_dates import sought_by, with_stamped_dates

    reader = paddle_reader(settings().models)
    reading = read_page(picture, number, reader, profile)
    reading = with_stamped_dates(reading, picture.image, reader, sought_by(profile))
    reading = without_identity_numbers(reading, profile.care.identity_labels)
    if reading.blank or reading.unreadable or reading.signatures:
        return reading
    upright = np.ascontiguousarray(np.rot90(picture.image, k=-(reading.rotation // 90)))
    scale = reading.dpi / MM_AN_INCH if reading.dpi else None
    labels = [required.label for required in profile.required_signatures]
    return reading.model_copy(update={"signatures": find_signatures(upright, reading.lines, scale, labels)})


_DESK = Desk()


def unread_page(page: int, problem: str) -> PageReading:
    """The reading of a page that could not be read."""
    from pipeline.model.document import PageSource

    return PageReading(
        page=page, rotation=0, width=1, height=1, dpi=None, source=PageSource.OCR, unreadable=problem or "无法读取"
    )


class PageReader:
    """Reads the pages of files through the pool into the store."""

    def __init__(self, pool: Pool, store: Store, profile: str, progress: Progress) -> None:
        self._pool, self._store, self._profile, self._progress = pool, store, profile, progress

        self.pages_read = 0

    def count(self, file: SourceFile) -> PageCount:
        """The pages of a file, counted in a worker unless known."""
        known = self._store.get(count_key(file.sha256), PageCount)
        if known is not None:
            return known
        arguments = (file.location, file.sha256, str(self._store.root))
        try:
            return self._tried(count_pages, *arguments)
        except (WorkerLost, WorkFailed) as problem:
            sentence = CHANGED if _is_change(problem) else f"未能打开文件（{problem}）"
            return PageCount(pages=0, problem=sentence, lost=True)

    def read(self, subject: str, files: Sequence[SourceFile]) -> tuple[Fault, ...]:
        """Read every page of some files that is not in the store yet; what went wrong comes back as faults.

        Once a page bears a secrecy mark, none of these files is read further; nothing of the marked one is kept.
        """
        if is_withheld(files, self._store):
            forget_readings(files, self._store)
            return ()
        media = [file for file in files if file.media and not file.problem]
        with ThreadPoolExecutor(min(self._pool.workers, PAGES_AT_ONCE)) as threads:
            counts = list(zip(media, threads.map(self.count, media), strict=True))
        profile = load_profile(self._profile)
        jobs = [
            PageJob(file.location, file.sha256, page, str(self._store.root), self._profile)
            for file, count in counts
            for page in range(1, count.pages + 1)
            if not self._store.has(page_key(file.sha256, page, profile))
        ]
        self.pages_read += len(jobs)
        known = sum(count.pages for _, count in counts) - len(jobs)
        self._progress.grow(STAGE, len(jobs) + known)
        self._progress.advance(STAGE, subject, known)
        paths = {file.sha256: file.path for file in files}
        with ThreadPoolExecutor(min(self._pool.workers, PAGES_AT_ONCE)) as threads:
            found = threads.map(lambda job: self._read_one(subject, paths, job), jobs)
            faults = (*self._uncounted(counts), *(fault for fault in found if fault is not None))
        if is_withheld(files, self._store):
            forget_readings(files, self._store)
            return ()
        return faults

    def _uncounted(self, counts: Sequence[tuple[SourceFile, PageCount]]) -> Iterator[Fault]:
        """A fault a file whose pages could not be counted for another reason than what it is."""
        for file, count in counts:
            if count.lost:
                yield Fault(stage=STAGE, subject=file.path, message=count.problem)

    def _read_one(self, subject: str, paths: Mapping[str, str], job: PageJob) -> Fault | None:
        """Read a page, unless a file of the same package is known to bear a mark by now; `paths` are its files."""
        stopped = any(self._store.has(mark_key(sha256)) for sha256 in paths)
        problem = "" if stopped else self._attempt(job)
        self._progress.advance(STAGE, subject)
        subject = f"{paths[job.sha256]} 第{job.page}页"
        return Fault(stage=STAGE, subject=subject, message=problem) if problem else None

    def _attempt(self, job: PageJob) -> str:
        """Read a page; the sentence why it could not be read, or nothing."""
        try:
            self._tried(read_page_job, job)
        except WorkerLost as lost:
            return f"{lost}，该页请人工查看"
        except WorkFailed as failed:
            return CHANGED if _is_change(failed) else f"识别程序出错（{failed}），该页请人工查看"
        return ""

    def _tried(self, work: Callable[..., T], *arguments: object) -> T:
        """Work done in a worker, once more if its process is lost."""
        for _ in range(ATTEMPTS - 1):
            with suppress(WorkerLost):
                return self._pool.call(work, *arguments, seconds=settings().page_seconds)
        return self._pool.call(work, *arguments, seconds=settings().page_seconds)


def _is_change(problem: Exception) -> bool:
    """Whether work failed because its file is no longer the one that was taken in."""
    return str(problem) == FileChanged.__name__
