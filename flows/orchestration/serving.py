"""The nightly flow on its schedule: one process that waits and runs, with a server of its own beside it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from zoneinfo import available_timezones

from flows.orchestration.environment import STARTUP_SECONDS, keep_to_this_machine
from flows.orchestration.lineage import end_with_parent, name_starter
from flows.steps.inputs import Call
from flows.steps.versions import fingerprint
from pipeline.errors import HeyanProblem, UsageProblem
from pipeline.settings import settings

HOST = "127.0.0.1"
PORT = 4200
"""Prefect's own; another is taken where it is in use."""
STOP_SECONDS = 10
CRON_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Schedule:
    """When to run: five cron fields, and the time zone they are meant in."""

    cron: str
    timezone: str


def home_of(call: Call) -> Path:
    """Where the server of an output folder's nights keeps its database: in the user's data, never on a share."""
    return settings().data.expanduser() / "nights" / fingerprint(str(call.out.resolve()))


def serve_nights(call: Call, schedule: Schedule) -> None:
    """Wait for the hours of a schedule and run the nightly flow then, until this process is ended.

    Raises:
        UsageProblem: The schedule can't be understood.
        HeyanProblem: The server did not come up.
    """
    if schedule.timezone not in available_timezones():
        raise UsageProblem(f"没有这个时区：{schedule.timezone}，例如 Asia/Shanghai")
    if len(schedule.cron.split()) != CRON_FIELDS:
        raise _misread(schedule)
    home = home_of(call)
    keep_to_this_machine(home)
    name_starter()
    with _server(home) as address:
        os.environ["PREFECT_API_URL"] = f"{address}/api"
        _wait(call, schedule, address)


def _wait(call: Call, schedule: Schedule, address: str) -> None:
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.orchestration.nightly import nightly

    try:
        planned = Cron(schedule.cron, timezone=schedule.timezone)
    except ValueError as problem:
        raise _misread(schedule) from problem
    print(f"已就绪：按“{schedule.cron}”（{schedule.timezone}）自动核验 {call.inbox}", flush=True)
    print(f"运行情况页面：{address}", flush=True)
    nightly.serve(
        name=f"{call.inbox.resolve().name}-{fingerprint(str(call.out.resolve()))[:6]}",
        schedule=planned,
        parameters=_parameters(call),
        limit=1,
        pause_on_shutdown=False,
        print_starting_message=False,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _misread(schedule: Schedule) -> UsageProblem:
    return UsageProblem(f"时间表写法有误：{schedule.cron}，应为五段，例如“0 1 * * *”表示每天一点")


def _parameters(call: Call) -> dict[str, str | int | None]:
    def told(path: Path | None) -> str | None:
        return str(path.resolve()) if path else None

    return {
        "inbox": told(call.inbox),
        "online": told(call.online),
        "out": told(call.out),
        "profile": call.profile,
        "prior_winners": told(call.prior_winners),
        "corrections": told(call.corrections),
        "workers": call.workers,
        "metrics": told(call.metrics),
    }


@contextmanager
def _server(home: Path) -> Iterator[str]:
    """The address of the server to use: one that PREFECT_API_URL names, else our own, which ends with this process."""
    if given := os.environ.get("PREFECT_API_URL"):
        yield given.removesuffix("/").removesuffix("/api")
        return
    port = _free_port()
    with (home / "server.log").open("ab") as log:
        command = [
            sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app",
            "--host", HOST, "--port", str(port), "--log-level", "warning",
        ]  # fmt: skip
        server = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=end_with_parent)
    try:
        address = f"http://{HOST}:{port}"
        _await_health(server, address, home)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _free_port() -> int:
    for port in (PORT, 0):
        try:
            with socket.create_server((HOST, port)) as taken:
                return int(taken.getsockname()[1])
        except OSError:
            continue
    raise HeyanProblem("本机没有可用的网络端口，无法启动定时核验")


def _await_health(server: subprocess.Popen[bytes], address: str, home: Path) -> None:
    """Wait until the server answers.

    Raises:
        HeyanProblem: It ended, or did not answer in time.
    """
    deadline = time.monotonic() + STARTUP_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/api/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    raise HeyanProblem(f"定时核验的服务没有启动，详情见 {home / 'server.log'}")
