"""Waiting for what comes in: until a share is there, and until files that are being copied stand still."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.steps.away import away_standing, fetch
from flows.steps.inputs import Call
from flows.steps.progress import Silent
from pipeline.errors import UsageProblem
from pipeline.model.finding import Fault
from pipeline.model.record import Record
from pipeline.store import Store

ARRIVED = "arrived"
STAGE = "收件"

Stand = tuple[int, int]
"""A file's size in bytes and time of change in nanoseconds."""


class ShareAway(UsageProblem):
    """The inbox or the filings are not there now, as when a share vanished: it may come back by itself."""


class Arrived(Record):
    """Files that stood still when they were taken, by path, and how they stood."""

    files: Mapping[str, Stand] = {}


@dataclass(frozen=True, slots=True)
class Arrival:
    """How everything stands, and which files still changed when the time was up."""

    files: Mapping[str, Stand]
    moving: tuple[str, ...] = ()
    problems: tuple[Fault, ...] = ()
    """Files of a remote inbox that were left out."""


def refuse_absent(call: Call) -> None:
    """Refuse to go on without inbox or filings; an empty inbox is a mount point whose share is away.

    What lies in remote storage is no matter of this: it is mirrored, or a sentence says why not.

    Raises:
        ShareAway: Saying which.
    """
    empty = False
    try:
        if "inbox" not in call.away:
            with os.scandir(call.inbox) as entries:
                empty = not any(not entry.name.startswith(".") for entry in entries)
        if "online" not in call.away:
            call.online.stat()
    except OSError as problem:
        raise ShareAway(f"收件夹或网上申报数据暂时无法访问：{problem.filename}") from problem
    if empty:
        raise ShareAway(f"收件夹是空的，共享文件夹可能没有连上：{call.inbox}")


def standing(roots: Sequence[Path]) -> Mapping[str, Stand]:
    """How every file below some folders (or a file itself) stands now; what vanishes meanwhile is left out."""
    return dict(_stands(path for root in roots for path in _files(root)))


def _files(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        yield root
    for folder, _, names in os.walk(root):
        yield from (Path(folder, name) for name in names)


def _stands(paths: Iterator[Path]) -> Iterator[tuple[str, Stand]]:
    for path in paths:
        try:
            found = path.stat()
        except OSError:
            continue
        yield str(path), (found.st_size, found.st_mtime_ns)


def wait_until_still(
    look: Callable[[], Mapping[str, Stand]],
    known: Mapping[str, Stand],
    quiet: float,
    limit: float,
    sleep: Callable[[float], None] = time.sleep,
) -> Arrival:
    """Wait until nothing changed for `quiet` seconds, `limit` seconds at most; not at all if all is as `known`."""
    before, waited = look(), 0.0
    if all(known.get(path) == stand for path, stand in before.items()):
        return Arrival(before)
    while True:
        sleep(quiet)
        waited += quiet
        after = look()
        moving = tuple(sorted(path for path in {*before, *after} if before.get(path) != after.get(path)))
        if not moving or waited >= limit:
            return Arrival(after, moving)
        before = after


def await_inputs(call: Call, quiet: float, limit: float, sleep: Callable[[float], None] = time.sleep) -> Arrival:
    """Wait until inbox and filings stand still, then mirror those in remote storage.

    Raises:
        ShareAway: They are not there.
        RemoteAway: A storage can't be reached.
        RemoteRefused: One will not give them, or not take results.
        UsageProblem: This machine's disk has no room for them.
    """
    refuse_absent(call)
    arrived = Store(call.workspace).get(ARRIVED, Arrived) or Arrived()
    here = [path for part, path in (("inbox", call.inbox), ("online", call.online)) if part not in call.away]
    found = wait_until_still(lambda: {**standing(here), **away_standing(call)}, arrived.files, quiet, limit, sleep)
    refuse_absent(call)
    return replace(found, problems=fetch(call, Silent()))


def note_arrived(store: Store, arrival: Arrival) -> None:
    """Keep how the files stood that were taken; those that still changed are watched again next time."""
    moving = set(arrival.moving)
    store.put(ARRIVED, Arrived(files={path: stand for path, stand in arrival.files.items() if path not in moving}))


def moving_faults(call: Call, arrival: Arrival) -> tuple[Fault, ...]:
    """A fault a file that still changed when the time was up: it was taken as it stood."""
    message = "等候时限已到仍在写入，本次按当时的内容核验，下次运行会重新核验"
    return tuple(Fault(stage=STAGE, subject=_below(call.inbox, path), message=message) for path in arrival.moving)


def _below(root: Path, path: str) -> str:
    return str(Path(path).relative_to(root)) if Path(path).is_relative_to(root) else Path(path).name
