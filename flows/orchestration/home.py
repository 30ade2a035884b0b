"""Where Prefect keeps its records of an output folder: in the user's data on this machine, never on a share."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from flows.steps.versions import fingerprint
from pipeline.settings import settings


def home_of(what: Literal["nights", "runs"], out: Path) -> Path:
    """The folder of an output folder's nights, or of its single runs.

    Their servers' database is SQLite's, which a network file system can spoil, and two servers never share one: an
    output folder has one run at a time, and its nights have a server that outlives each of them.
    """
    return settings().data.expanduser() / what / fingerprint(str(out.resolve()))
