"""What an installation may set, read once from the environment (prefix HEYAN_): places, limits, processes."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parent.parent
WORKER_BYTES = 2 * 1024**3
"""Memory a reading process may want; the contract's bound for the default number of workers."""


class Settings(BaseSettings):
    """HEYAN_MODELS, HEYAN_DPI, ...; a change of `dpi` reads pages anew, the others don't."""

    model_config = SettingsConfigDict(env_prefix="HEYAN_", frozen=True)

    models: Path = CHECKOUT / "models"
    dpi: float | None = None
    """Pixels an inch that PDF pages are rendered at; None: a scan's own resolution, else 200."""
    page_seconds: float = 180.0
    """Time limit of one page: some thirty times what a crowded one takes, so that only a hang meets it."""
    package_seconds: float = 1800.0
    """Time limit of one step over a whole package (300 pages of second looks take minutes)."""
    worker_bytes: int = WORKER_BYTES
    prefect: bool = True
    """False: run the batch without Prefect's server."""
    notify: str = ""
    """Where summaries go: apprise addresses parted by blanks, or a file of them; they carry keys."""
    link: str = ""
    """What a summary gives as the way to the results; the output folder's path where nothing is set."""
    data: Path = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share") / "heyan"
    """Where the nightly service keeps its own server's database: on a local disk, never on a share."""
    quiet_seconds: float = 30.0
    """How long a file must stand still before it is taken: a copy over a slow line pauses for seconds."""
    settle_seconds: float = 1800.0
    """How long to wait for that at most."""
    retry_seconds: tuple[float, ...] = (60.0, 300.0, 900.0)
    """Waits before further attempts when the inbox is away: a share comes back in minutes or not this night."""


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()


def default_workers() -> int:
    """The smaller of cores and free memory / 2 GB, at least 1."""
    import psutil

    cores = len(os.sched_getaffinity(0))
    return max(1, min(cores, int(psutil.virtual_memory().available // WORKER_BYTES)))
