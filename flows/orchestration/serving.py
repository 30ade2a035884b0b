"""The nightly flow on its schedule: one process that waits and runs, with a server of its own beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from flows.orchestration.cluster import refuse_misspelt
from flows.orchestration.environment import keep_to_this_machine
from flows.orchestration.lineage import name_starter
from flows.orchestration.server import FREE, api_of, own_server
from flows.steps.away import words_of
from flows.steps.homes import home_of, note_home
from flows.steps.inputs import Call
from flows.steps.versions import fingerprint
from pipeline.errors import UsageProblem

PORT = 4200
"""Prefect's own; another is taken where it is in use."""
CRON_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Schedule:
    """When to run: five cron fields, and the time zone they are meant in."""

    cron: str
    timezone: str


def serve_nights(call: Call, schedule: Schedule) -> None:
    """Wait for the hours of a schedule and run the nightly flow then, until this process is ended.

    Raises:
        UsageProblem: The schedule or the address of a Dask scheduler can't be understood.
        HeyanProblem: The server did not come up.
    """
    if schedule.timezone not in available_timezones():
        raise UsageProblem(f"没有这个时区：{schedule.timezone}，例如 Asia/Shanghai")
    if len(schedule.cron.split()) != CRON_FIELDS:
        raise _misread(schedule)
    if call.dask:
        refuse_misspelt(call.dask)
    home = home_of("nights", call.out)
    note_home(home, call.out)
    keep_to_this_machine(home)
    name_starter()
    with _server(home) as address:
        os.environ["PREFECT_API_URL"] = api_of(address)
        _wait(call, schedule, address)


def _wait(call: Call, schedule: Schedule, address: str) -> None:
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.orchestration.nightly import nightly

    try:
        planned = Cron(schedule.cron, timezone=schedule.timezone)
    except ValueError as problem:
        raise _misread(schedule) from problem
    print(f"已就绪：按“{schedule.cron}”（{schedule.timezone}）自动核验 {call.shown('inbox')}", flush=True)
    print(f"运行情况页面：{address}", flush=True)
    nightly.serve(
        name=f"{call.inbox.resolve().name}-{fingerprint(str(call.out.resolve()))[:6]}",
        schedule=planned,
        parameters=parameters(call),
        limit=1,
        pause_on_shutdown=False,
        print_starting_message=False,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _misread(schedule: Schedule) -> UsageProblem:
    return UsageProblem(f"时间表写法有误：{schedule.cron}，应为五段，例如“0 1 * * *”表示每天一点")


def parameters(call: Call) -> dict[str, str | int | None]:
    """What the nightly flow is called with: its parameters bear the names of a call's fields."""
    return dict(words_of(call))


@contextmanager
def _server(home: Path) -> Iterator[str]:
    """The address of the server to use: one that PREFECT_API_URL names, else our own, which ends with this process."""
    if given := os.environ.get("PREFECT_API_URL"):
        yield given.removesuffix("/").removesuffix("/api")
        return
    with own_server(home, (PORT, FREE)) as address:
        yield address
