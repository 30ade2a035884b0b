"""From pages to a package: sections, the three kinds of witness in it, seals, seams, signatures, evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.steps.asked import asked_of
from flows.steps.reading import PageCount, count_key, page_key, unread_page
from flows.steps.releasing import is_released, released_marks
from flows.steps.versions import assembling_version, fingerprint
from flows.steps.withholding import forget_readings, mark_key, withheld_files
from pipeline.errors import UnreadableInput
from pipeline.model.application import Application, Field
from pipeline.model.care import SecrecyMark
from pipeline.model.document import FileKind, Format, Page, PageReading, SourceFile
from pipeline.model.evidence import Reading
from pipeline.model.finding import Fault
from pipeline.model.package import Delivery, DeliveryFiles, FileRecord, Package, PackageFiles
from pipeline.model.recommendation import RecommendationRow
from pipeline.model.record import Record
from pipeline.model.text import Line
from pipeline.notices.profile import Profile, load_profile
from pipeline.store import Store

MATCHED = ("applicant", "uscc", "product")
LOST = "程序未能打开这个文件，请再次运行；仍不行请人工查看"
"""Of a file that is there and may be sound."""
"""What matching a package with its filing looks at."""


@dataclass(frozen=True, slots=True)
class AssemblyJob:
    """A package (or delivery) whose pages are in the store; `key` is where it goes."""

    files: PackageFiles | DeliveryFiles
    faults: tuple[Fault, ...]
    key: str
    store: str
    profile: str


class Assembled(Record):
    """The small record beside an assembled package or delivery: what matching and planning need of it.

    `content` is the fingerprint of all of it; `faulty` says that some of it could not be read by the program's own
    fault, so that the next run tries again. Of a package that is to be taken apart nothing else is known or kept.
    """

    content: str
    faulty: bool = False
    paper: Application | None = None
    pages: int = 0
    covers: tuple[str, ...] = ()
    """The folders that hold an application each, where they are several: the package is to be taken apart."""


def assembly_key(files: PackageFiles | DeliveryFiles, profile: Profile) -> str:
    """Where an assembled package is kept: what it rests on is in the name."""
    name = files.identity if isinstance(files, PackageFiles) else files.name
    rests_on = fingerprint(
        name,
        files.model_dump(mode="json", exclude={"packages"}),
        assembling_version(),
        asked_of(profile),
    )
    return f"assembled/{rests_on}"


def brief_key(assembly: str) -> str:
    """Where the small record beside an assembled package is kept."""
    return assembly.replace("assembled/", "briefs/", 1)


def assemble_package(job: AssemblyJob) -> None:
    """In a worker: put a package together and keep it; of one with several applications, keep their folders alone."""
    assert isinstance(job.files, PackageFiles)
    store, profile = Store(Path(job.store)), load_profile(job.profile)
    covers = () if withheld_files(job.files.files, store) else covers_of(job.files, store, profile)
    if covers:
        store.put(brief_key(job.key), Assembled(content=fingerprint(covers), covers=covers))
        return
    package = package_of(job.files, job.faults, store, profile)
    package = package.model_copy(update={"pages": slim(package.pages)})
    store.put(job.key, package)
    store.put(brief_key(job.key), _brief(package, matched_fields(package.paper) if package.paper else None))


def assemble_delivery(job: AssemblyJob) -> None:
    """In a worker: put a delivery together and keep it."""
    assert isinstance(job.files, DeliveryFiles)
    store, profile = Store(Path(job.store)), load_profile(job.profile)
    delivery = delivery_of(job.files, job.faults, store, profile)
    delivery = delivery.model_copy(update={"pages": slim(delivery.pages)})
    store.put(job.key, delivery)
    store.put(brief_key(job.key), _brief(delivery, None))


def slim(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages as they are kept with their package: their lines' texts and places, and no more of tables and characters.

    What is judged by its characters carries its own; the pages' own readings stay in the store whole.
    """
    bare = {"tables": (), "open_tables": (), "boxes": ()}
    return tuple(
        page.model_copy(update={"reading": page.reading.model_copy(update={**bare, "lines": _bare_lines(page)})})
        for page in pages
    )


def _bare_lines(page: Page) -> tuple[Line, ...]:
    return tuple(line.model_copy(update={"chars": (), "others": ()}) for line in page.reading.lines)


def covers_of(files: PackageFiles, store: Store, profile: Profile) -> tuple[str, ...]:
    """The folders of a package that hold an application each; empty where there are no several."""
    from extractors.sections import assign_sections
    from flows.steps.parting import cover_folders

    if not any("/" in file.path for file in files.files):
        return ()
    counts = {file.path: _count(file, store) for file in files.files}
    return cover_folders(assign_sections(_pages(files.files, counts, store, profile), profile), profile)


def package_of(files: PackageFiles, faults: Sequence[Fault], store: Store, profile: Profile) -> Package:
    """Everything read of a package; nothing but its files where one of them bears a secrecy mark."""
    _mark_documents(files.files, store, profile)
    withheld = withheld_files(files.files, store)
    if withheld:
        forget_readings(files.files, store)
        records = tuple(_unread_record(file) for file in files.files)
        return Package(identity=files.identity, delivery=files.delivery, files=records, withheld=withheld)
    from extractors.claims import with_claims
    from extractors.colour import with_copies_told
    from extractors.evidence import read_declared, read_evidence
    from extractors.page_numbers import with_page_numbers
    from extractors.paper import read_application, without_exports
    from extractors.references import with_answers
    from extractors.sections import assign_sections

    counts = {file.path: _count(file, store) for file in files.files}
    pages = with_copies_told(assign_sections(_pages(files.files, counts, store, profile), profile))
    pages = with_page_numbers(pages)
    paper, handed_in = read_application(pages, profile) if pages else None, without_exports(pages)
    package = Package(
        identity=files.identity,
        delivery=files.delivery,
        recommender=paper.text("recommender") if paper else "",
        pages=pages,
        paper=with_claims(with_answers(paper, profile), profile) if paper else None,
        evidence=read_evidence(handed_in, profile),
        declared=read_declared(handed_in, profile),
        released=released_marks(files.files, store),
        faults=tuple(faults),
    )
    package = _with_marks(package, files.files, store, profile)
    documents = _read_documents(files.files, profile)
    records = tuple(_file_record(file, counts[file.path], pages, documents) for file in files.files)
    copies = tuple(with_answers(copy, profile) for copy in documents.copies)
    return package.model_copy(update={"files": records, "editable": copies})


def delivery_of(files: DeliveryFiles, faults: Sequence[Fault], store: Store, profile: Profile) -> Delivery:
    """Everything read of a delivery's own files: its recommendation table and the clerk's log.

    The rows are those of the scan; where it gave none, those of the first editable copy that has some.
    """
    withheld = withheld_files(files.files, store)
    if withheld:
        forget_readings(files.files, store)
        records = tuple(_unread_record(file) for file in files.files)
        return Delivery(name=files.name, recommender=files.name, files=records, withheld=withheld)
    from extractors.colour import with_copies_told
    from extractors.recommendation import read_recommender, read_rows
    from extractors.sections import assign_sections

    counts = {file.path: _count(file, store) for file in files.files}
    pages = with_copies_told(assign_sections(_pages(files.files, counts, store, profile), profile))
    rows, documents = read_rows(pages, profile), Documents()
    if not rows:
        rows, documents = _copied_rows(files.files, profile)
    recommender = read_recommender(pages, profile)
    package = Package(identity=files.name, delivery=files.name, pages=pages)
    package = _with_marks(package, files.files, store, profile)
    return Delivery(
        name=files.name,
        recommender=recommender.text if recommender else files.name,
        recommender_reading=recommender,
        rows=rows,
        receipts=files.receipts,
        pages=pages,
        seals=package.seals,
        files=tuple(_file_record(file, counts[file.path], pages, documents) for file in files.files),
        released=released_marks(files.files, store),
        faults=tuple(faults),
    )


def _unread_record(file: SourceFile) -> FileRecord:
    return FileRecord(source=file, kind=FileKind.UNREADABLE if file.problem else FileKind.OTHER)


def _mark_documents(files: Sequence[SourceFile], store: Store, profile: Profile) -> None:
    """Note the Word documents that bear a secrecy mark; they have no pages."""
    from extractors.editable import paragraphs_of
    from extractors.secrecy import mark_of_texts

    for file in files:
        if file.problem or file.format is not Format.WORD:
            continue
        try:
            word = mark_of_texts(paragraphs_of(Path(file.location)), profile.care.marks)
        except UnreadableInput:
            continue
        if word is not None and not is_released(file.sha256, None, word, store):
            store.put(mark_key(file.sha256), SecrecyMark(sha256=file.sha256, page=None, word=word))


def _with_marks(package: Package, files: Sequence[SourceFile], store: Store, profile: Profile) -> Package:
    from flows.steps.marks import place_marks

    return place_marks(package, files, store, profile)


def _count(file: SourceFile, store: Store) -> PageCount:
    if not file.media or file.problem:
        return PageCount(pages=0, problem=file.problem)
    return store.get(count_key(file.sha256), PageCount) or PageCount(pages=0, problem=LOST, lost=True)


def _pages(
    files: Sequence[SourceFile], counts: dict[str, PageCount], store: Store, profile: Profile
) -> tuple[Page, ...]:
    """All pages of the media files, in the files' order."""
    return tuple(
        Page(file=file.path, sha256=file.sha256, reading=_stored_page(file, number, store, profile))
        for file in files
        for number in range(1, counts[file.path].pages + 1)
    )


def _stored_page(file: SourceFile, number: int, store: Store, profile: Profile) -> PageReading:
    return store.get(page_key(file.sha256, number, profile), PageReading) or unread_page(number, "该页未能识别")


@dataclass(frozen=True, slots=True)
class Documents:
    """The editable copies among a package's documents, and what could not be opened (sentence by path)."""

    copies: tuple[Application, ...] = ()
    paths: frozenset[str] = frozenset()
    problems: Mapping[str, str] = field(default_factory=dict)


def _read_documents(files: Sequence[SourceFile], profile: Profile) -> Documents:
    from extractors.editable import read_editable

    copies: dict[str, Application] = {}
    problems: dict[str, str] = {}
    for file in files:
        if file.problem or file.format is not Format.WORD:
            continue
        try:
            copy = read_editable(Path(file.location), file.path, profile)
        except UnreadableInput as problem:
            problems[file.path] = str(problem)
            continue
        if copy is not None:
            copies[file.path] = copy
    return Documents(tuple(copies.values()), frozenset(copies), problems)


def _copied_rows(files: Sequence[SourceFile], profile: Profile) -> tuple[tuple[RecommendationRow, ...], Documents]:
    from extractors.recommendation_copy import COPIED, read_copied_rows

    problems: dict[str, str] = {}
    for file in files:
        if file.problem or file.format not in COPIED:
            continue
        try:
            rows = read_copied_rows(Path(file.location), file.path, file.format, profile)
        except UnreadableInput as problem:
            problems[file.path] = str(problem)
            continue
        if rows:
            return rows, Documents(paths=frozenset({file.path}), problems=problems)
    return (), Documents(problems=problems)


def _file_record(file: SourceFile, count: PageCount, pages: Sequence[Page], documents: Documents) -> FileRecord:
    problem = file.problem or count.problem or documents.problems.get(file.path, "")
    own = tuple(page for page in pages if page.file == file.path)
    source = file.model_copy(update={"problem": problem})
    return FileRecord(source=source, kind=_kind(source, own, documents), pages=count.pages, lost=count.lost)


def _kind(file: SourceFile, pages: Sequence[Page], documents: Documents) -> FileKind:
    from extractors.paper import file_kind

    if file.problem:
        return FileKind.UNREADABLE
    if file.path in documents.paths:
        return FileKind.EDITABLE
    return file_kind(pages) if pages else FileKind.OTHER


def _brief(record: Package | Delivery, paper: Application | None) -> Assembled:
    return Assembled(
        content=fingerprint(record.model_dump_json()),
        faulty=bool(record.faults),
        paper=paper,
        pages=len(record.pages),
    )


def matched_fields(paper: Application) -> Application:
    """The paper's few fields that matching looks at, without their characters."""
    fields = tuple(Field(key=each.key, reading=_bare(each.reading)) for each in paper.fields if each.key in MATCHED)
    mentions = tuple(
        each.model_copy(update={"reading": _bare(each.reading)}) for each in paper.mentions if each.key in MATCHED
    )
    return Application(source=paper.source, fields=fields, mentions=mentions)


def _bare(reading: Reading) -> Reading:
    return reading.model_copy(update={"chars": (), "variants": ()})
