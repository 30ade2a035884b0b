"""Secrecy marks that a person found to be none: they stop nothing, page by page, as long as the list says so.

A release rests on the bytes of a file: another version of it, or another page, stops its package again. A run whose
list no longer holds a release takes it back, with all that was read meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from flows.steps.inputs import Material
from flows.steps.withholding import forget_readings, mark_key
from pipeline.intake import Release
from pipeline.model.care import ReleasedMark, SecrecyMark
from pipeline.model.document import Format, SourceFile
from pipeline.model.finding import Fault
from pipeline.model.record import Record
from pipeline.store import Store

STAGE = "更正表"
NOT_FOUND = "解除密级标志的一行没有用上：收件夹里没有这个文件（{file}），该包仍按有密级标志处理"
ELSEWHERE = "解除密级标志的一行没有用上：文件“{file}”的疑似标志{where}，与所写不符，该包仍按有密级标志处理"
RELEASES = "released"


class Released(Record):
    """A release as kept: the page it is of, and whether a mark was seen there since, with its word."""

    sha256: str
    mark: ReleasedMark
    word: str = ""


def release_key(sha256: str, page: int | None) -> str:
    """Where the release of a file's page is kept; page 0 stands for a document without pages."""
    return f"{RELEASES}/{sha256}/{page or 0:04d}"


def is_released(sha256: str, page: int | None, word: str, store: Store) -> bool:
    """Whether a mark just seen is released; that it was seen is noted, for what was released is told of."""
    known = store.get(release_key(sha256, page), Released)
    if known is not None and known.word != word:
        store.put(release_key(sha256, page), known.model_copy(update={"word": word}))
    return known is not None


def released_marks(files: Sequence[SourceFile], store: Store) -> tuple[ReleasedMark, ...]:
    """The marks in some files that stop nothing, by file and page."""
    found = []
    for file in files:
        for key in store.keys(f"{RELEASES}/{file.sha256}"):
            known = store.get(key, Released)
            if known is not None and known.word:
                found.append(known.mark.model_copy(update={"file": file.path}))
    return tuple(found)


def with_releases(material: Material, store: Store) -> Material:
    """Take the list's releases into the store, and back what it holds no longer; one that fits nothing is a problem."""
    files = _files_by_path(material)
    told = [(release, files.get(f"{release.package}/{release.mark.file}")) for release in material.releases]
    wanted = {
        release_key(file.sha256, release.mark.page): Released(sha256=file.sha256, mark=release.mark)
        for release, file in told
        if file is not None
    }
    problems = [
        Fault(stage=STAGE, subject=release.package, message=why)
        for release, file in told
        if (why := _why_unused(release, file, wanted, store))
    ]
    for key in tuple(store.keys(RELEASES)):
        known = store.get(key, Released)
        if known is not None and (key not in wanted or wanted[key].mark != known.mark):
            _take_back(key, known, store)
    for key, released in wanted.items():
        _release(key, released, store)
    return replace(material, problems=(*material.problems, *problems))


def _why_unused(release: Release, file: SourceFile | None, wanted: Collection[str], store: Store) -> str:
    """Why a release lets nothing go on; nothing where it does, or where no mark is known yet."""
    if file is None:
        return NOT_FOUND.format(file=release.mark.file)
    mark = store.get(mark_key(file.sha256), SecrecyMark)
    known = store.get(release_key(file.sha256, release.mark.page), Released)
    if mark is None or release_key(file.sha256, mark.page) in wanted or (known is not None and known.word):
        return ""
    return ELSEWHERE.format(file=release.mark.file, where=f"在第{mark.page}页" if mark.page else "没有页码")


def _files_by_path(material: Material) -> Mapping[str, SourceFile]:
    owners = [*((each.identity, each.files) for each in material.packages),
              *((each.name, each.files) for each in material.deliveries)]  # fmt: skip
    return {f"{owner}/{file.path}": file for owner, files in owners for file in files}


def _release(key: str, released: Released, store: Store) -> None:
    """The page's mark goes, and with it what was put together of a stopped package; another page's mark stays."""
    mark = store.get(mark_key(released.sha256), SecrecyMark)
    if not store.has(key):
        store.put(key, released)
    if mark is not None and mark.page == released.mark.page:
        forget_readings((_bare(released.sha256),), store, stopped=True)
        store.drop(mark_key(released.sha256))


def _take_back(key: str, known: Released, store: Store) -> None:
    """A mark that was seen stands again; the readings of its file go as those of any marked file."""
    if known.word:
        store.put(mark_key(known.sha256), SecrecyMark(sha256=known.sha256, page=known.mark.page, word=known.word))
        forget_readings((_bare(known.sha256),), store)
    store.drop(key)


def _bare(sha256: str) -> SourceFile:
    return SourceFile(path="", sha256=sha256, size=0, format=Format.UNKNOWN, location="")
