"""Unpacking archives into a folder of our own, within limits. Names never become paths on disk."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from pydantic import ValidationError

from pipeline.errors import UnreadableInput
from pipeline.intake.entries import Entry, libarchive_entries, zip_entries
from pipeline.intake.formats import suffix
from pipeline.intake.names import inner_steps, is_hidden
from pipeline.model.record import Record
from pipeline.store import write_whole
from pipeline.store.pruning import touch

MOST_ENTRIES = 20_000
"""Files in one archive; a city's whole delivery of page pictures has some thousands."""
MOST_BYTES = 8 * 1024**3
"""Unpacked, of one archive: twenty applications of 300 colour pages."""
MOST_RATIO = 300
"""Unpacked to packed, once past `RATIO_FROM`; scans are 1, texts 20, black-and-white bitmaps 100."""
RATIO_FROM = 200 * 1024**2
MOST_DEPTH = 4
"""Archives inside archives."""
MANIFEST = "manifest.json"


class UnpackedFile(Record):
    """A file out of an archive: its path there, and its name in the folder of the unpacked."""

    steps: tuple[str, ...]
    stored: str


class Manifest(Record):
    """What one archive held; written last, so that its being there means that unpacking was finished."""

    files: tuple[UnpackedFile, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An archive's files with where they lie, and one sentence for each thing left out."""

    files: tuple[tuple[tuple[str, ...], Path], ...]
    problems: tuple[str, ...]


def unpack(path: Path, sha256: str, unpack_to: Path) -> Unpacked:
    """Unpacks an archive into `unpack_to/<sha256>`; done once for a content, whatever its name.

    Raises:
        UnreadableInput: It is damaged, under a password as a whole, or beyond the limits.
    """
    folder = unpack_to / sha256
    manifest = _finished(folder)
    if manifest is None:
        manifest = _unpack_anew(path, folder)
    else:
        touch(folder)
    return Unpacked(tuple((file.steps, folder / file.stored) for file in manifest.files), manifest.problems)


def _finished(folder: Path) -> Manifest | None:
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError, ValueError):
        return None
    return manifest if all((folder / file.stored).is_file() for file in manifest.files) else None


def _unpack_anew(path: Path, folder: Path) -> Manifest:
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(mkdtemp(prefix=".part-", dir=folder.parent))
    try:
        manifest = _write_entries(_entries(path), part, path.stat().st_size)
        write_whole(part / MANIFEST, manifest.model_dump_json().encode())
        if folder.exists():
            shutil.rmtree(folder)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def _entries(path: Path) -> Iterator[Entry]:
    if zipfile.is_zipfile(path):
        try:
            yield from zip_entries(path)
            return
        except (UnicodeDecodeError, NotImplementedError):
            pass  # names that belie their flag, or a method only libarchive knows: nothing was given out yet
    yield from libarchive_entries(path)


def _write_entries(entries: Iterable[Entry], folder: Path, packed: int) -> Manifest:
    files: list[UnpackedFile] = []
    problems: list[str] = []
    taken: set[tuple[str, ...]] = set()
    written = 0
    for number, entry in enumerate(entries):
        if number >= MOST_ENTRIES:
            raise UnreadableInput(f"压缩包内文件超过{MOST_ENTRIES}个，未解压")
        steps = inner_steps(entry.name)
        problem = entry.problem or ("路径指向压缩包之外，已跳过" if steps is None else "")
        if problem or not steps:
            problems += [f"压缩包内“{_short(entry.name)}”：{problem}"] if problem else []
            continue
        if any(is_hidden(step) for step in steps):
            continue
        steps = _untaken(steps, taken)
        stored = f"{number:05d}{_safe_suffix(steps[-1])}"
        written += _write(entry, folder / stored, packed, written)
        files.append(UnpackedFile(steps=steps, stored=stored))
    return Manifest(files=tuple(files), problems=tuple(problems))


def _write(entry: Entry, target: Path, packed: int, written: int) -> int:
    size = 0
    with target.open("wb") as stream:
        for block in entry.blocks():
            size += len(block)
            total = written + size
            if total > MOST_BYTES:
                raise UnreadableInput(f"压缩包解压后超过{MOST_BYTES // 1024**3} GB，未解压")
            if total > RATIO_FROM and total > MOST_RATIO * packed:
                raise UnreadableInput("压缩包的压缩比异常（疑似压缩炸弹），未解压")
            stream.write(block)
    return size


def _untaken(steps: tuple[str, ...], taken: set[tuple[str, ...]]) -> tuple[str, ...]:
    candidate, number = steps, 1
    while candidate in taken:
        number += 1
        candidate = (*steps[:-1], f"{steps[-1]}#{number}")
    taken.add(candidate)
    return candidate


def _safe_suffix(name: str) -> str:
    ending = suffix(name)
    return (
        ending if ending.replace(".", "").isascii() and ending.replace(".", "").isalnum() and len(ending) < 12 else ""
    )


def _short(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:40]}…{name[-30:]}"
