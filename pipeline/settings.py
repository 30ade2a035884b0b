"""What an installation may set, read once from the environment (prefix HEYAN_): places, limits, processes."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, NonNegativeFloat, PositiveFloat, PositiveInt, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pipeline.errors import UsageProblem

CHECKOUT = Path(__file__).resolve().parent.parent
WORKER_BYTES = 2 * 1024**3
"""Memory a reading process may want; the contract's bound for the default number of workers."""
HOW_WRITTEN = {
    "float_parsing": "应为数字",
    "int_parsing": "应为整数",
    "bool_parsing": "应为 true 或 false",
    "value_error": "应写成 [60,300,900] 的样子",
    "tuple_type": "应写成 [60,300,900] 的样子",
    "greater_than": "应大于 0",
    "greater_than_equal": "不能小于 0",
}
"""What a value should be, by the kind of mistake."""


def _listed(value: Any) -> Any:
    """A JSON list out of its text."""
    return json.loads(value) if isinstance(value, str) else value


class Settings(BaseSettings):
    """HEYAN_MODELS, HEYAN_DPI, ...; a change of `dpi` reads pages anew, the others don't."""

    model_config = SettingsConfigDict(env_prefix="HEYAN_", frozen=True)

    models: Path = CHECKOUT / "models"
    dpi: PositiveFloat | None = None
    """Pixels an inch that PDF pages are rendered at; None: a scan's own resolution, else 200."""
    page_seconds: PositiveFloat = 180.0
    """Time limit of one page: some thirty times what a crowded one takes, so that only a hang meets it."""
    package_seconds: PositiveFloat = 1800.0
    """Time limit of one step over a whole package (300 pages of second looks take minutes)."""
    worker_bytes: PositiveInt = WORKER_BYTES
    store_bytes: PositiveInt = 20 * 1024**3
    """What an output folder's store may hold, unless the present inbox takes more: 40,000 pages of half a megabyte."""
    prefect: bool = True
    """False: run the batch without Prefect's server."""
    notify: str = ""
    """Where summaries go: apprise addresses parted by blanks, or a file of them; they carry keys."""
    link: str = ""
    """What a summary gives as the way to the results; the output folder's path where nothing is set."""
    data: Path = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share") / "heyan"
    """Where our own Prefect servers keep their databases: on a local disk, never on a share."""
    remote: Path | None = None
    """Where mirrors of remote inboxes and the output folders of remote results lie; for Dask's workers on a share."""
    quiet_seconds: NonNegativeFloat = 30.0
    """How long a file must stand still before it is taken: a copy over a slow line pauses for seconds."""
    settle_seconds: NonNegativeFloat = 1800.0
    """How long to wait for that at most."""
    retry_seconds: Annotated[tuple[NonNegativeFloat, ...], NoDecode, BeforeValidator(_listed)] = (60.0, 300.0, 900.0)
    """Waits before further attempts when the inbox is away: a share comes back in minutes or not this night."""

    @property
    def remote_folder(self) -> Path:
        """HEYAN_REMOTE, or a folder in the user's data."""
        return (self.remote or self.data / "remote").expanduser()


@cache
def settings() -> Settings:
    """The settings of this process.

    Raises:
        UsageProblem: A variable holds what can't be used; the sentence names it, not its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = f"{Settings.model_config['env_prefix']}{first['loc'][0]}".upper()
        raise UsageProblem(f"环境变量 {name} 的值无法使用，{HOW_WRITTEN.get(first['type'], '写法有误')}") from error


def default_workers() -> int:
    """The smaller of cores and free memory / 2 GB, at least 1."""
    import psutil

    cores = len(os.sched_getaffinity(0))
    return max(1, min(cores, int(psutil.virtual_memory().available // WORKER_BYTES)))
