"""A Prefect server of our own on this machine, which ends with the process that started it, however that ends."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flows.orchestration import environment
from flows.orchestration.blank import keep_blank, lay_blank
from flows.orchestration.lineage import end_with_parent
from flows.steps.homes import in_use
from pipeline.errors import HeyanProblem

HOST = "127.0.0.1"
FREE = 0
"""In place of a port: any that is free."""
STOP_SECONDS = 10
DATABASE = "prefect.db"
"""Where Prefect keeps what it knows, in its home."""
SHORT_LIVED: Mapping[str, str] = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT_UI_ENABLED": "0"}
"""For a server that lives no longer than a run: no page, and no services but those that a run needs."""


class ServerDown(HeyanProblem):
    """The server did not come up."""


@contextmanager
def own_server(home: Path, ports: Sequence[int], settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a server on the first free one of some ports, its log in `home`; call it in the main thread.

    The kernel kills it when the thread that started it ends. `settings` are its own, above this process's environment.
    Nobody takes its home away meanwhile.

    Raises:
        ServerDown: It ended, or did not answer in time.
    """
    with in_use(home), _started(home, ports, settings) as address:
        yield address


@contextmanager
def _started(home: Path, ports: Sequence[int], settings: Mapping[str, str] | None) -> Iterator[str]:
    new = not (home / DATABASE).exists()
    lay_blank(home / DATABASE)
    with _listening(ports) as port, (home / "server.log").open("ab") as log:
        address = f"http://{HOST}:{port.getsockname()[1]}"
        server = subprocess.Popen(
            [sys.executable, "-m", "flows.orchestration.server_process", str(port.fileno())],
            stdout=log,
            stderr=log,
            env={**os.environ, **(settings or {})},
            pass_fds=[port.fileno()],
            preexec_fn=partial(end_with_parent, os.getpid()),
        )
    try:
        _await_health(server, address, home)
        if new:
            keep_blank(home / DATABASE)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        fold_in_log(home / DATABASE)


def fold_in_log(database: Path) -> None:
    """Put SQLite's write-ahead log into its database; nothing where there is none.

    A server that is told to end leaves the log of all it wrote beside the database, several times as large.
    """
    if database.is_file():
        with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def api_of(address: str) -> str:
    """What PREFECT_API_URL is to say of a server."""
    return f"{address}/api"


def _listening(ports: Sequence[int]) -> socket.socket:
    """A socket that listens at the first free one of some ports.

    The server inherits it: between choosing a port and its first answer, which takes it seconds, no other server that
    starts on this machine can take the port, and be taken for ours.

    Raises:
        ServerDown: None is free.
    """
    for port in ports:
        try:
            return socket.create_server((HOST, port))
        except OSError:
            continue
    raise ServerDown("本机没有可用的网络端口，无法启动运行情况服务")


def _await_health(server: subprocess.Popen[bytes], address: str, home: Path) -> None:
    """Wait until the server answers.

    Raises:
        ServerDown: It ended, or did not answer in time.
    """
    deadline = time.monotonic() + environment.STARTUP_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{api_of(address)}/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    raise ServerDown(f"运行情况服务没有启动，详情见 {home / 'server.log'}")
