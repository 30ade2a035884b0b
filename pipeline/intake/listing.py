"""Every file below a folder, archives opened, as records with hash, format, and why it can't be read."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UnreadableInput
from pipeline.intake.archives import MOST_DEPTH, unpack
from pipeline.intake.formats import identify
from pipeline.intake.legacy import to_docx
from pipeline.intake.names import is_hidden, shown_name
from pipeline.model.document import Format, SourceFile
from pipeline.rendering import open_media

UNSUPPORTED_OFD = "暂不支持 OFD 版式文件，请另存为 PDF 后重新提交"
LINK = "是链接（快捷方式），未读取，请放入文件本身"
NO_FILE = "不是普通文件，未读取"
UNREADABLE = "文件无法读取（没有权限或磁盘错误）"


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where things are unpacked, and whether old documents are converted (a quick check does without)."""

    unpack_to: Path
    convert: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk and the steps of its path as shown."""

    steps: tuple[str, ...]
    location: Path


@dataclass(frozen=True, slots=True)
class Node:
    """A child of a folder: its shown name, and where it lies."""

    name: str
    location: Path


def children(folder: Path) -> list[Node]:
    """A folder's children without hidden ones, by shown name; folders before files of the same name."""
    nodes = [Node(shown_name(entry.name), entry) for entry in folder.iterdir()]
    kept = [node for node in nodes if not is_hidden(node.name)]
    return sorted(kept, key=lambda node: (node.name, not node.location.is_dir(), os.fsencode(node.location)))


def files_below(folder: Path, steps: tuple[str, ...] = ()) -> Iterator[Found]:
    """All files below a folder, by path; links are given out, never followed."""
    for node in children(folder):
        path = (*steps, node.name)
        if node.location.is_dir() and not node.location.is_symlink():
            yield from files_below(node.location, path)
        else:
            yield Found(path, node.location)


def source_files(found: Found, place: Workplace, depth: int = 0) -> Iterator[SourceFile]:
    """The records of a file: one, or, for an archive, one for each file in it."""
    record = source_file(found, place)
    if record.format is not Format.ARCHIVE or record.problem:
        yield record
        return
    if depth >= MOST_DEPTH:
        yield _with_problem(record, f"压缩包嵌套超过{MOST_DEPTH}层，未解压")
        return
    try:
        unpacked = unpack(found.location, record.sha256, place.unpack_to)
    except UnreadableInput as problem:
        yield _with_problem(record, str(problem))
        return
    if unpacked.problems or not unpacked.files:
        yield _with_problem(record, "；".join(unpacked.problems) or "压缩包是空的")
    for steps, location in unpacked.files:
        yield from source_files(Found((*found.steps, *steps), location), place, depth + 1)


def source_file(found: Found, place: Workplace) -> SourceFile:
    """One file's record; an old document's `location` is its .docx, a name that is no text gets a copy of its own."""
    location = found.location
    refused = LINK if location.is_symlink() else "" if location.is_file() else NO_FILE
    try:
        digest = "" if refused else file_hash(location)
        size = 0 if refused else location.stat().st_size
        kind, problem = (Format.UNKNOWN, refused) if refused else identify(location)
    except OSError:
        digest, size, kind, problem = "", 0, Format.UNKNOWN, UNREADABLE
    problem = problem or _media_problem(location, kind)
    if kind is Format.LEGACY_WORD and not problem and place.convert:
        kind, location, problem = _converted(location, digest, place.unpack_to)
    return SourceFile(
        path="/".join(found.steps),
        sha256=digest,
        size=size,
        format=kind,
        location=str(_nameable(location, digest, place.unpack_to)),
        problem=problem,
        media=kind in (Format.PDF, Format.IMAGE),
    )


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _media_problem(location: Path, kind: Format) -> str:
    if kind is Format.OFD:
        return UNSUPPORTED_OFD
    if kind not in (Format.PDF, Format.IMAGE):
        return ""
    try:
        with open_media(location):
            return ""
    except UnreadableInput as problem:
        return str(problem)


def _converted(location: Path, digest: str, unpack_to: Path) -> tuple[Format, Path, str]:
    target = unpack_to / "docx" / f"{digest}.docx"
    if not target.is_file():
        try:
            to_docx(location, target)
        except UnreadableInput as problem:
            return Format.LEGACY_WORD, location, str(problem)
    return Format.WORD, target, ""


def _nameable(location: Path, digest: str, unpack_to: Path) -> Path:
    """The path itself, or, where its bytes are no text (an old disk's names), a copy that has a name."""
    try:
        str(location).encode()
    except UnicodeEncodeError:
        copy = unpack_to / "named" / (digest or "unread")
        if digest and not copy.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(location, copy)
        return copy
    return location


def _with_problem(record: SourceFile, problem: str) -> SourceFile:
    return record.model_copy(update={"problem": problem})
