"""Prefect's settings, set before its first import: everything local, nothing sent anywhere, logs in a file."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import psutil

SERVER = "uvicorn"
"""What the embedded server runs as."""
STARTUP_SECONDS = 120
"""A busy office machine takes its time to bring the embedded server up; Prefect's own limit of 20 s is too short."""
KEPT_DAYS = 30
"""How long the server keeps runs for its page; what a run found is kept in its own folder."""
DAY_SECONDS = 86400
REQUEST_SECONDS = 600
"""A machine whose cores are all reading may keep the server's answer waiting; Prefect gives up after 60 s."""
CONNECT_RETRIES = 3
"""After a refused connection, over 14 s in all: the server is on this machine, so one that refuses is dead."""


def prepare(home: Path) -> None:
    """Set Prefect up for this process, with its database and logs below `home`."""
    keep_to_this_machine(home)
    os.environ.update(
        PREFECT_SERVER_EPHEMERAL_ENABLED="true",
        PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS=str(STARTUP_SECONDS),
    )
    os.environ.pop("PREFECT_API_URL", None)


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


def end_left_over(home: Path) -> None:
    """End the embedded servers that killed runs left behind: one run at a time has `home`, so none is in use."""
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and SERVER in process.cmdline() and _home_of(process) == str(home):
                process.kill()
        except (psutil.Error, OSError):
            continue


def _home_of(process: psutil.Process) -> str:
    return str(process.environ().get("PREFECT_HOME", ""))


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
