"""An empty database as this machine's Prefect makes it, kept: a new home that begins with it is up in half the time."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.settings import settings


def lay_blank(database: Path) -> None:
    """Put the kept one where there is no database yet; nothing where none is kept or it can't be put there."""
    kept = _kept()
    if database.exists() or not kept.is_file():
        return
    with suppress(OSError), TemporaryDirectory(dir=database.parent) as beside:
        copy = Path(beside) / database.name
        shutil.copyfile(kept, copy)
        copy.replace(database)


def keep_blank(database: Path) -> None:
    """Keep a database that a server has just made, before anybody wrote to it; nothing where one is kept already."""
    kept = _kept()
    if kept.is_file() or not database.is_file():
        return
    with suppress(OSError, sqlite3.Error):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=kept.parent) as beside:
            copy = Path(beside) / kept.name
            with closing(sqlite3.connect(database)) as made, closing(sqlite3.connect(copy)) as target:
                made.backup(target)
            copy.replace(kept)


def _kept() -> Path:
    """Where it is kept: each version of Prefect has a scheme of its own."""
    return settings().data.expanduser() / "blank" / f"prefect-{version('prefect')}.db"
