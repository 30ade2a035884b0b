"""A server of our own, for real: it answers, ends with its block, and dies with the process that started it."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import Request, urlopen

import psutil
import pytest

from flows.orchestration import server as servers
from flows.orchestration.server import DATABASE, FREE, HOST, api_of, fold_in_log, own_server
from flows.steps.homes import home_of
from pipeline.settings import CHECKOUT
from tests.flows.commands import command
from tests.flows.processes import LIMIT, assert_all_end
from tests.flows.tiny import make_pageless

pytestmark = pytest.mark.prefect
HOLDER = """
import sys, time
from pathlib import Path
from flows.orchestration.environment import keep_to_this_machine
from flows.orchestration.server import FREE, own_server
home = Path(sys.argv[1])
keep_to_this_machine(home)
with own_server(home, (FREE,)) as address:
    print(address, flush=True)
    time.sleep(600)
"""


def test_the_server_dies_with_a_process_that_is_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().startswith("http://127.0.0.1:")
    (server,) = psutil.Process(holder.pid).children()
    holder.kill()
    holder.wait()
    assert_all_end([server], 10)


def test_a_port_is_the_servers_from_the_moment_it_was_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_server: object, address: str, _home: Path) -> None:
        with pytest.raises(OSError, match="in use"):
            socket.create_server((HOST, int(address.rpartition(":")[2])))

    monkeypatch.setattr(servers, "_await_health", refused)
    with own_server(tmp_path, (FREE,)):
        pass


def test_a_run_is_recorded_on_the_server_that_is_named_and_starts_none(tmp_path: Path) -> None:
    make_pageless(tmp_path)
    with own_server(tmp_path, (FREE,), {"PREFECT_HOME": str(tmp_path / "prefect")}) as address:
        environment = os.environ | {"HEYAN_PREFECT": "true", "PREFECT_API_URL": api_of(address)}
        run = command(tmp_path, tmp_path / "out")
        subprocess.run(run, cwd=CHECKOUT, env=environment, check=True, capture_output=True, timeout=LIMIT)
        asked = Request(f"{api_of(address)}/flow_runs/filter", b"{}", {"content-type": "application/json"})
        with urlopen(asked, timeout=30) as answer:
            runs = json.load(answer)
    assert [(each["name"], each["state"]["type"]) for each in runs] == [("批次 inbox", "COMPLETED")]
    assert not (home_of("runs", tmp_path / "out") / "server.log").exists()


def test_what_a_killed_server_left_in_its_log_goes_into_the_database(tmp_path: Path) -> None:
    database = tmp_path / DATABASE
    fold_in_log(database)
    assert not database.exists()
    writes = "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA journal_mode=WAL');"
    writes += "c.execute('PRAGMA wal_autocheckpoint=0'); c.execute('CREATE TABLE t (x)');"
    writes += "c.executemany('INSERT INTO t VALUES (?)', [('a' * 1000,)] * 1000); c.commit(); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", writes, str(database)], check=False)
    log = database.with_name(f"{DATABASE}-wal")
    assert log.stat().st_size > 1_000_000
    fold_in_log(database)
    assert not log.exists() or log.stat().st_size == 0
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (1000,)
