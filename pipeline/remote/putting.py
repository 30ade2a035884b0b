"""Results put back to remote storage so that nobody takes half of them for all: the run's own record goes last.

The record is taken away before anything else is touched. Who finds it finds the results it is of; who reads on while
a next run puts its own looks at it again when done, and begins anew where it is gone or another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.model.record import Record
from pipeline.remote.place import RemotePlace
from pipeline.remote.problems import RemoteAway
from pipeline.side_by_side import side_by_side
from pipeline.store import Store

PROBE = "heyan-write-test"
RECORD = "put-back"

Stood = tuple[int, int, str]
"""A file's size in bytes and time of change in nanoseconds here, and its version there."""
UNDER_WAY: Stood = (-1, -1, "")
"""Of a file that may lie there, whole or not at all: no file stands so."""


class PutBack(Record):
    """What was put to an address, by path: only that is ever taken away again."""

    address: str = ""
    files: Mapping[str, Stood] = {}


def refuse_unwritable(place: RemotePlace) -> None:
    """Refuse a place that takes nothing, before a night's work is done for it.

    Raises:
        RemoteRefused: Its bucket is missing, or it may not be written or emptied.
        RemoteAway: It can't be reached.
    """
    place.files()
    with TemporaryDirectory() as folder:
        probe = Path(folder) / PROBE
        probe.write_bytes(b"")
        place.put(probe, PROBE)
    place.remove(PROBE)


def put_back(
    folder: Path,
    place: RemotePlace,
    store: Store,
    last: str,
    begun: Callable[[int], None] = lambda _: None,
    told: Callable[[str], None] = lambda _: None,
) -> int:
    """Put what is new or changed in a folder to the place, `last` after all else; gives how many files.

    What an earlier call put there and is here no longer is taken away. Hidden folders stay here.

    Raises:
        RemoteRefused: The storage will not take it.
        RemoteAway: The connection broke: `last` is not there then, and the next call goes on.
    """
    known = store.get(RECORD, PutBack) or PutBack()
    before = known.files if known.address == place.shown else {}
    there = {file.path: file.version for file in place.files()}
    here = {path: stood for path, stood in _standing(folder) if path != last}
    wanted = [path for path, stood in here.items() if path not in there or before.get(path) != (*stood, there[path])]
    gone = [path for path in before if path not in here and path in there and path != last]
    begun(len(wanted) + 1)
    store.put(RECORD, PutBack(address=place.shown, files={**before, **dict.fromkeys(wanted, UNDER_WAY)}))
    place.remove(last)
    for path in gone:
        place.remove(path)
    for path in _put(folder, place, wanted):
        told(path)
    store.put(RECORD, PutBack(address=place.shown, files=_whole(place, here)))
    place.put(folder / last, last)
    told(last)
    return len(wanted) + 1


def _standing(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(top) / name
            found = path.stat()
            yield path.relative_to(folder).as_posix(), (found.st_size, found.st_mtime_ns)


def _put(folder: Path, place: RemotePlace, paths: list[str]) -> Iterator[str]:
    def one(path: str) -> str:
        place.put(folder / path, path)
        return path

    yield from side_by_side(one, paths, place.at_once)


def _whole(place: RemotePlace, here: Mapping[str, tuple[int, int]]) -> dict[str, Stood]:
    """How all lies there now.

    Raises:
        RemoteAway: Something is missing there, or of another size.
    """
    there = {file.path: file for file in place.files()}
    lacking = [path for path, (size, _) in here.items() if path not in there or there[path].size != size]
    if lacking:
        raise RemoteAway(f"放到 {place.shown} 的文件不完整（{lacking[0]}）")
    return {path: (*stood, there[path].version) for path, stood in here.items()}
