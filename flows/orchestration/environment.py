"""Prefect's settings, set before its first import: everything local, nothing sent anywhere, logs in a file."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTUP_SECONDS = 120
"""A busy office machine takes its time to bring a server up."""
KEPT_DAYS = 30
"""How long the server keeps runs for its page; what a run found is kept in its own folder."""
DAY_SECONDS = 86400
REQUEST_SECONDS = 600
"""A machine whose cores are all reading may keep the server's answer waiting; Prefect gives up after 60 s."""
CONNECT_RETRIES = 3
"""After a refused connection, over 14 s in all: what can't be told to the server then, the store knows all the same."""
OWN_CONNECT_RETRIES = 1
"""The same, 2 s in all, for a server that lives with the run: it is on this machine, so one that refuses is dead."""


def keep_to_this_machine(home: Path) -> None:
    """Set what any process of ours wants of Prefect: nothing sent anywhere, no noise, little kept."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        PREFECT_HOME=str(home),
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        DO_NOT_TRACK="1",
        PREFECT_API_REQUEST_TIMEOUT=str(REQUEST_SECONDS),
        PREFECT_CLIENT_MAX_RETRIES=str(CONNECT_RETRIES),
        PREFECT_LOGGING_LEVEL="WARNING",
        PREFECT_LOGGING_TO_API_ENABLED="false",
        PREFECT_LOCAL_STORAGE_PATH=str(home / "results"),
        PREFECT_CLI_COLORS="false",
        PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED="events,flow_runs",
        PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD=str(KEPT_DAYS * DAY_SECONDS),
    )


@contextmanager
def set_meanwhile(**variables: str) -> Iterator[None]:
    """Environment variables for a while; then they are as before, or not there as before."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def loopback_works() -> bool:
    """Whether this machine can talk to itself: Prefect's embedded server needs it, heyan does not."""
    try:
        with (
            socket.create_server(("127.0.0.1", 0)) as server,
            socket.create_connection(server.getsockname(), timeout=2),
        ):
            return True
    except OSError:
        return False
