"""Where Prefect keeps its records of an output folder: in the user's data on this machine, never on a share.

Each such home says which output folder it is of. One whose output folder was taken away goes, too.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flows.steps.versions import fingerprint
from pipeline.settings import settings
from pipeline.store import write_whole
from pipeline.store.pruning import size_of

KINDS = ("nights", "runs")
NOTE, LOCK = "of-output-folder", "in-use"


@dataclass(frozen=True, slots=True)
class Home:
    """A home: its folder, and whether its output folder is gone."""

    folder: Path
    gone: bool

    @property
    def size(self) -> int:
        """Bytes of all its files, counted now."""
        return size_of(self.folder)


def home_of(what: Literal["nights", "runs"], out: Path) -> Path:
    """The folder of an output folder's nights, or of its single runs.

    Their servers' database is SQLite's, which a network file system can spoil, and two servers never share one: an
    output folder has one run at a time, and its nights have a server that outlives each of them.
    """
    return _data() / what / fingerprint(str(out.resolve()))


def note_home(home: Path, out: Path) -> None:
    """Make a home, and note in it which output folder it is of.

    Raises:
        OSError: Nothing can be written there.
    """
    home.mkdir(parents=True, exist_ok=True)
    write_whole(home / NOTE, str(out.resolve()).encode("utf-8", "surrogateescape"))


@contextmanager
def in_use(home: Path) -> Iterator[None]:
    """While this lasts nobody takes the home away; several may use it."""
    with (home / LOCK).open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_SH)
        yield


def homes() -> Iterator[Home]:
    """All homes on this machine; of one that was made before homes were noted nothing says that it may go."""
    for kind in KINDS:
        for folder in _folders_of(kind):
            yield Home(folder, _is_gone(folder))


def forget_homes() -> tuple[Home, ...]:
    """Take away the homes of output folders that are gone, unless a server runs there; gives those."""
    return tuple(home for home in homes() if home.gone and _taken_away(home.folder))


def _folders_of(kind: str) -> tuple[Path, ...]:
    """The homes of a kind; none where this user has no data folder, or may not look into it."""
    try:
        return tuple(sorted(folder for folder in (_data() / kind).iterdir() if folder.is_dir()))
    except (OSError, RuntimeError):
        return ()


def _data() -> Path:
    return settings().data.expanduser()


def _is_gone(home: Path) -> bool:
    """Whether a home's output folder was taken away.

    Where the nearest folder that is left of its path is empty, it may be the mount point of a share that is away.
    """
    try:
        out = Path((home / NOTE).read_bytes().decode("utf-8", "surrogateescape"))
        if out.exists():
            return False
        nearest = next(folder for folder in out.parents if folder.is_dir())
        return any(nearest.iterdir())
    except (OSError, ValueError, StopIteration):
        return False


def _taken_away(home: Path) -> bool:
    with suppress(OSError), (home / LOCK).open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(home)
        return True
    return False
