"""The night on a Prefect server with PostgreSQL, a work pool and two workers: a scheduled run starts by itself."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

import asyncpg
import pytest
import yaml

from pipeline.settings import CHECKOUT
from tests.flows.ports import free_port
from tests.flows.postgres import postgres
from tests.flows.processes import LIMIT, wait_for
from tests.flows.tiny import make_pageless

pytestmark = [pytest.mark.drill, pytest.mark.prefect]
PREFECT = str(Path(sys.executable).parent / "prefect")
BY_THE_SCHEDULE = "SELECT count(*) FROM flow_run WHERE auto_scheduled AND state_type = 'COMPLETED'"


def test_a_scheduled_run_starts_by_itself(tmp_path: Path) -> None:
    make_pageless(tmp_path)
    with ExitStack() as stack:
        database = stack.enter_context(postgres())
        environment = _environment(tmp_path, database)
        stack.enter_context(
            _running(environment, "server", "start", "--host", "127.0.0.1", "--port", _port(environment))
        )
        wait_for(lambda: _answers(environment["PREFECT_API_URL"] + "/health"))
        _do(environment, "work-pool", "create", "heyan", "--type", "process")
        _do(environment, "--no-prompt", "deploy", "--all", "--prefect-file", str(_deployments(tmp_path)))
        for name in ("one", "two"):
            stack.enter_context(_running(environment, "worker", "start", "--pool", "heyan", "--name", name))
        wait_for(lambda: asyncio.run(_counted(database, BY_THE_SCHEDULE)) > 0)
    told = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert (told["packages"], told["failed"]) == (1, 0)


def _environment(root: Path, database: str) -> dict[str, str]:
    return os.environ | {
        "PREFECT_HOME": str(root / "prefect"),
        "PREFECT_API_URL": f"http://127.0.0.1:{free_port()}/api",
        "PREFECT_API_DATABASE_CONNECTION_URL": database,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "HEYAN_QUIET_SECONDS": "1",
    }


def _port(environment: Mapping[str, str]) -> str:
    return environment["PREFECT_API_URL"].rpartition(":")[2].partition("/")[0]


def _deployments(root: Path) -> Path:
    """The product's own deployments, each minute, on this checkout and inbox."""
    told = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))
    nightly = next(each for each in told["deployments"] if each["name"] == "nightly")
    nightly["schedules"] = [{"cron": "* * * * *"}]
    nightly["parameters"] = {
        "inbox": str(root / "inbox"), "online": str(root / "online.json"), "out": str(root / "out"),
    }  # fmt: skip
    nightly["pull"] = [{"prefect.deployments.steps.set_working_directory": {"directory": str(CHECKOUT)}}]
    file = root / "prefect.yaml"
    file.write_text(yaml.safe_dump(told | {"deployments": [nightly]}, allow_unicode=True), encoding="utf-8")
    return file


@contextmanager
def _running(environment: Mapping[str, str], *command: str) -> Iterator[None]:
    """One of Prefect's services, in a group of its own, which ends with it."""
    process = subprocess.Popen(
        [PREFECT, *command], cwd=CHECKOUT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _do(environment: Mapping[str, str], *command: str) -> None:
    done = subprocess.run(
        [PREFECT, *command], cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=LIMIT
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


async def _counted(database: str, query: str) -> int:
    connection = await asyncpg.connect(database.replace("+asyncpg", ""))
    try:
        return int(await connection.fetchval(query))
    finally:
        await connection.close()
