"""Packages that hold several applications are taken apart, each folder with a cover of its own a package."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.fuzz import ratio

from pipeline.intake.formats import CLAIMS, stem, suffix
from pipeline.model.application import Application
from pipeline.model.document import FileKind, Format, Page, Section, SourceFile
from pipeline.model.package import Inbox, PackageFiles
from pipeline.notices.profile import Profile
from pipeline.values import fold

LEAST = 2
"""Applications from which on a package is taken apart."""
ALIKE = 90.0
"""Percent from which on two readings are one name: a slip in 10 characters; 一期 for 二期 in 8 is another product."""


def cover_folders(pages: Sequence[Page], profile: Profile) -> tuple[str, ...]:
    """The folders (or archives) of a package that hold a cover each, where these are covers of several applications.

    They are the children of the deepest folder that all covers share, so that a folder around all of them does not
    hide them. Scanned or sealed covers count alone: a printed PDF beside the scan is a copy. Folders that tell of
    the same unit and product hold copies of one application; a lone cover says no more than its unit.

    Returns:
        Paths inside the package; empty where there is one application or none.
    """
    from extractors.paper import read_application

    covers = [_steps(path) for path in _cover_files(pages)]
    depth = _shared(covers)
    folders = sorted({"/".join(steps[: depth + 1]) for steps in covers if len(steps) > depth})
    if len(folders) < LEAST:
        return ()
    told = [read_application([page for page in pages if _is_in(page.file, each)], profile) for each in folders]
    several = any(not _is_same(told[0], other) for other in told[1:])
    return tuple(folders) if several else ()


def part(package: PackageFiles, folders: Sequence[str]) -> tuple[PackageFiles, ...]:
    """A package taken apart: one `<package>/<folder without an archive's ending>` a folder, paths from there on.

    Files outside the folders belong to none of them. Where some of them may be part of an application (pages, Word
    documents), they stay together under the package's own identity; else they are listed in the first part with the
    path they have in the package. Nothing is lost, and nothing is compared with another application's papers.
    """
    if len(folders) < LEAST:
        return (package,)
    names = _numbered(_name(folder) for folder in folders)
    parts = [
        PackageFiles(
            identity=f"{package.identity}/{name}",
            delivery=package.delivery,
            files=tuple(_within(file, folder) for file in package.files if _is_in(file.path, folder)),
        )
        for name, folder in zip(names, folders, strict=True)
    ]
    outside = tuple(file for file in package.files if not any(_is_in(file.path, folder) for folder in folders))
    if any(_may_matter(file) for file in outside):
        return (*parts, package.model_copy(update={"files": outside}))
    return (_joined(parts[0], outside), *parts[1:])


def part_inbox(inbox: Inbox, folders: Mapping[str, Sequence[str]]) -> Inbox:
    """The inbox with packages taken apart, by identity."""
    deliveries = tuple(
        delivery.model_copy(
            update={
                "packages": tuple(
                    one for package in delivery.packages for one in part(package, folders.get(package.identity, ()))
                )
            }
        )
        for delivery in inbox.deliveries
    )
    return inbox.model_copy(update={"deliveries": deliveries})


def _cover_files(pages: Sequence[Page]) -> list[str]:
    """The scanned or sealed files with a cover in them."""
    from extractors.paper import file_kind

    paths = dict.fromkeys(page.file for page in pages if page.section is Section.COVER)
    return [path for path in paths if file_kind([page for page in pages if page.file == path]) is FileKind.STAMPED]


def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("/")[:-1])


def _shared(paths: Sequence[tuple[str, ...]]) -> int:
    """How many first steps all paths have in common."""
    if not paths:
        return 0
    alike = [len(set(steps)) == 1 for steps in zip(*paths, strict=False)]
    return alike.index(False) if False in alike else len(alike)


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _is_same(one: Application | None, other: Application | None) -> bool:
    """Whether both are of one unit and, as far as both say it, one product."""
    if one is None or other is None:
        return False
    units = fold(one.text("applicant")), fold(other.text("applicant"))
    things = fold(one.text("product")), fold(other.text("product"))
    return all(units) and ratio(*units) >= ALIKE and (not all(things) or ratio(*things) >= ALIKE)


def _name(folder: str) -> str:
    last = folder.rsplit("/", 1)[-1]
    return unicodedata.normalize("NFC", stem(last) if CLAIMS.get(suffix(last)) == "压缩包" else last)


def _numbered(names: Iterable[str]) -> list[str]:
    """The names; a second one alike (`A/` beside `A.zip`) gets #2."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return found


def _within(file: SourceFile, folder: str) -> SourceFile:
    """A file with its path from the folder on; an archive that could not be opened keeps its name."""
    path = file.path.removeprefix(f"{folder}/") if file.path != folder else folder.rsplit("/", 1)[-1]
    return file.model_copy(update={"path": path})


def _may_matter(file: SourceFile) -> bool:
    return not file.problem and (file.media or file.format is Format.WORD)


def _joined(package: PackageFiles, more: Sequence[SourceFile]) -> PackageFiles:
    """The package with more files; one whose path is taken gets #2."""
    files = (*package.files, *more)
    paths = _numbered(file.path for file in files)
    renamed = [file.model_copy(update={"path": path}) for file, path in zip(files, paths, strict=True)]
    return package.model_copy(update={"files": tuple(sorted(renamed, key=lambda file: file.path))})
