"""A folder of this machine kept like a place in remote storage: only what changed is fetched, each file whole."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import UsageProblem
from pipeline.model.record import Record
from pipeline.remote.names import Planned, planned
from pipeline.remote.place import RemoteFile, RemotePlace
from pipeline.remote.problems import RemoteAbsent, RemoteRefused
from pipeline.side_by_side import side_by_side
from pipeline.store import write_whole

ROUNDS = 3
"""Listings after which what still changes is left as it was fetched last."""
LEAST_FREE = 200 * 1024**2
"""Bytes that a mirror leaves free on its disk."""
MOVING = "等候时限已到仍在写入，本次按当时的内容核验，下次运行会重新核验"
RECORD, LOCK, PART = "mirror.json", "lock", ".part-"

Version = tuple[int, str]
"""A file's size in bytes, and what the storage told of its content and time."""


class RemoteEmpty(RemoteRefused):
    """There is not one file at the place; the mirror stays as it was."""


class Mirrored(Record):
    """What a mirror holds, by path."""

    files: Mapping[str, Version] = {}


@dataclass(frozen=True, slots=True)
class Mirror:
    """What a mirroring fetched, in files, and what it left out: subject and sentence."""

    fetched: int
    problems: tuple[tuple[str, str], ...]


def standing_of(place: RemotePlace, target: Path) -> Mapping[str, tuple[int, int]]:
    """How every file of a place stands now, by its path in the mirror: size, and a number made of its version."""
    files = planned(place.files()).files
    return {str(_in(target, path)): (file.size, _number(file.version)) for path, file in files.items()}


def _number(version: str) -> int:
    return int.from_bytes(hashlib.sha256(version.encode()).digest()[:7], "big")


def mirror(
    place: RemotePlace,
    target: Path,
    begun: Callable[[int], None] = lambda _: None,
    told: Callable[[str], None] = lambda _: None,
) -> Mirror:
    """Make `target` (in a folder of its own, which keeps what is known of it) like the place, file by file.

    `begun` hears how many files are to be fetched, `told` of each that was. What changes meanwhile is fetched again.

    Raises:
        RemoteEmpty: There is nothing at the place.
        RemoteRefused: The storage will not give it.
        RemoteAway: It can't be reached, or the connection broke; what was fetched is kept.
        UsageProblem: The disk has no room for it.
    """
    home = target.parent
    home.mkdir(parents=True, exist_ok=True)
    fetched = 0
    with _alone(home):
        known = dict(_known(home).files)
        try:
            for _ in range(ROUNDS):
                plan = planned(place.files())
                if not plan.files:
                    raise RemoteEmpty(f"{place.shown} 是空的或不存在")
                _take_away(target, known, plan)
                wanted = {path: file for path, file in plan.files.items() if not _stands(target, path, file, known)}
                if not wanted:
                    return Mirror(fetched, plan.refused)
                _refuse_too_much(home, place, wanted.values())
                begun(len(wanted))
                for path in _fetched(place, target, wanted, known):
                    fetched += 1
                    told(path)
            return Mirror(fetched, (*plan.refused, *((path, MOVING) for path in _moving(place, target, known))))
        finally:
            write_whole(home / RECORD, Mirrored(files=known).model_dump_json().encode())


def _known(home: Path) -> Mirrored:
    try:
        return Mirrored.model_validate_json((home / RECORD).read_bytes())
    except (OSError, ValidationError, ValueError):
        return Mirrored()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One at a time at a mirror: who comes second waits, and finds all there."""
    with (home / LOCK).open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        for part in home.glob(f"{PART}*"):
            part.unlink(missing_ok=True)
        yield


def _in(target: Path, path: str) -> Path:
    return target.joinpath(*path.split("/")) if path else target


def _stands(target: Path, path: str, file: RemoteFile, known: Mapping[str, Version]) -> bool:
    if known.get(path) != (file.size, file.version):
        return False
    with suppress(OSError):
        return _in(target, path).stat().st_size == file.size
    return False


def _take_away(target: Path, known: dict[str, Version], plan: Planned) -> None:
    """Take away what the place has no longer, and folders left empty; a file that became a folder, or the other way."""
    if target.is_file() != ("" in plan.files) and target.exists():
        target.unlink() if target.is_file() else shutil.rmtree(target)
    for folder, _, names in os.walk(target, topdown=False):
        for name in names:
            path = (Path(folder) / name).relative_to(target).as_posix()
            if path not in plan.files:
                (Path(folder) / name).unlink()
        with suppress(OSError):  # something lies in it
            Path(folder).rmdir()
    for path in [path for path in known if path not in plan.files]:
        del known[path]


def _refuse_too_much(home: Path, place: RemotePlace, files: Iterable[RemoteFile]) -> None:
    needed = sum(file.size for file in files)
    if needed + LEAST_FREE > shutil.disk_usage(home).free:
        raise UsageProblem(f"本机磁盘空间不足，放不下 {place.shown} 中的 {needed // 1024**2 + 1} MB：{home}")


def _fetched(
    place: RemotePlace, target: Path, wanted: Mapping[str, RemoteFile], known: dict[str, Version]
) -> Iterator[str]:
    """Fetch files, and give each's path once it stands; one that went or changed meanwhile is left for the next look.

    Raises:
        RemoteRefused: The storage will not give one.
        RemoteAway: The connection broke.
    """

    def one(path: str) -> str:
        file, part = wanted[path], target.parent / f"{PART}{secrets.token_hex(6)}"
        try:
            place.take(file, part)
            if part.stat().st_size == file.size:
                _in(target, path).parent.mkdir(parents=True, exist_ok=True)
                part.replace(_in(target, path))
                known[path] = (file.size, file.version)
        except RemoteAbsent:
            known.pop(path, None)
        finally:
            part.unlink(missing_ok=True)
        return path

    yield from side_by_side(one, wanted, place.at_once)


def _moving(place: RemotePlace, target: Path, known: Mapping[str, Version]) -> Iterator[str]:
    """Paths of what is another by now than what was fetched last."""
    for path, file in planned(place.files()).files.items():
        if not _stands(target, path, file, known):
            yield path
