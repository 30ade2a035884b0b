"""A PostgreSQL server of a test's own, as a user other than root, on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.flows.ports import free_port

OWNER = "postgres"
"""PostgreSQL does not run as root; Debian's package brings this user."""


def programs() -> Path:
    """Where the newest installed PostgreSQL's programs are.

    Raises:
        FileNotFoundError: It is not installed (scripts/apt-test.txt).
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise FileNotFoundError("postgresql")
    return found[-1].parent


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server with a folder of its own; gives the address as SQLAlchemy's asynchronous driver wants it."""
    data, port, control = Path(mkdtemp(prefix="postgres-")), free_port(), programs() / "pg_ctl"
    if os.getuid() == 0:
        shutil.chown(data, OWNER, OWNER)
    _run(control, "-D", str(data), "initdb", "-o", f"-U {OWNER} -A trust -E UTF8 --no-sync")
    listening = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off"
    _run(control, "-D", str(data), "-l", str(data / "log"), "-w", "-o", listening, "start")
    try:
        yield f"postgresql+asyncpg://{OWNER}@127.0.0.1:{port}/postgres"
    finally:
        _run(control, "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(data)


def _run(*command: str | Path) -> None:
    user = {"user": OWNER, "group": pwd.getpwnam(OWNER).pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=120, **user)  # type: ignore[call-overload]
