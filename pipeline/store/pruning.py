"""A store kept within a size: what was used longest ago goes first, what is in use never."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

STAMP_EVERY = 12 * 3600
"""Seconds within which a second use of an entry is not noted: nights are a day apart."""


@dataclass(frozen=True, slots=True)
class Family:
    """Entries of one kind: folders or files `depth` steps below `folders`, where those of one name belong together.

    Of several files of one entry the first folder's goes first: by it the others are found.
    """

    folders: tuple[str, ...]
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes or stays together: its paths in the order in which they go, and the time of its last use."""

    name: str
    paths: tuple[Path, ...]
    used: float


@dataclass(frozen=True, slots=True)
class Pruned:
    """A store's bytes after pruning, and how many entries and bytes went."""

    size: int
    entries: int = 0
    freed: int = 0


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files below a folder; what vanishes meanwhile counts nothing."""
    with suppress(OSError):
        if not path.is_dir() or path.is_symlink():
            return path.lstat().st_size
    return sum(size_of(Path(entry.path)) for entry in _scan(path))


def entries_of(root: Path, families: Sequence[Family]) -> Iterator[Entry]:
    """All entries of some families below a store's root; an entry is named by its path in the first folder."""
    for family in families:
        found: dict[str, list[Path]] = {}
        for folder in family.folders:
            for path in _below(root / folder, family.depth):
                name = path.relative_to(root / folder).with_suffix("").as_posix()
                found.setdefault(f"{family.folders[0]}/{name}", []).append(path)
        for name, paths in found.items():
            yield Entry(name, tuple(paths), max(map(_used, paths)))


def prune(
    root: Path,
    families: Sequence[Family],
    limit: int,
    in_use: Collection[str],
    since: float,
    named_there: Callable[[], Collection[str]] = frozenset,
) -> Pruned:
    """Note what is in use; take away others, those used longest ago first, until the store has at most `limit` bytes.

    In use are entries of these names, those used since a moment (seconds of the clock), and those of the names that
    `named_there` gives, which is asked only where something is to go.
    """
    total, spare = size_of(root), list[Entry]()
    for entry in entries_of(root, families):
        if entry.name in in_use:
            _stamp(entry)
        elif entry.used < since:
            spare.append(entry)
    if total <= limit or not spare:
        return Pruned(total)
    kept, gone, freed = named_there(), 0, 0
    for entry in sorted(spare, key=lambda entry: (entry.used, entry.name)):
        if total - freed <= limit:
            break
        if entry.name not in kept:
            gone, freed = gone + 1, freed + sum(map(size_of, entry.paths))
            _remove(entry.paths)
    return Pruned(total - freed, gone, freed)


def _below(folder: Path, depth: int) -> Iterator[Path]:
    for entry in _scan(folder):
        path = Path(entry.path)
        if depth == 1:
            yield path
        elif entry.is_dir(follow_symlinks=False):
            yield from _below(path, depth - 1)


def _scan(folder: Path) -> Iterable[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return ()


def _used(path: Path) -> float:
    with suppress(OSError):
        return path.lstat().st_mtime
    return 0.0


def _stamp(entry: Entry) -> None:
    if time.time() - entry.used > STAMP_EVERY:
        touch(entry.paths[0])


def touch(path: Path) -> None:
    """Note that an entry is used now, by this machine's clock; one that can't be noted is not."""
    now = time.time()
    with suppress(OSError):
        os.utime(path, (now, now))


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
