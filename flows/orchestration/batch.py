"""The batch as a Prefect flow: a task a package or several, a server of its own, reading in our own processes."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import Empty
from typing import TypeVar

from flows.orchestration.environment import OWN_CONNECT_RETRIES, keep_to_this_machine, loopback_works, set_meanwhile
from flows.orchestration.server import FREE, SHORT_LIVED, ServerDown, api_of, own_server
from flows.steps.batch import READING, Batch, Finished, Through, run_batch
from flows.steps.homes import home_of, note_home
from flows.steps.threads import ThreadsThrough
from pipeline.settings import settings

T = TypeVar("T")
EVENTS_SECONDS = 5.0
MOST_IN_A_TASK = 25
"""Packages: some three seconds' judging on one core, so that the server's page still moves."""
TASKS_A_THREAD = 4
"""At least, where there are so many packages: one thread's last task is then a small part of all."""
LOGGERS = ("prefect", "prefect._internal", "uvicorn", "sqlalchemy", "httpx", "asyncio")


def run_flow(batch: Batch) -> Finished:
    """Run a batch as a Prefect flow, on the server that PREFECT_API_URL names, else on one that lives with the run.

    Without Prefect where this machine has no loopback or there is no server. One that goes away in the middle leaves
    a batch that goes on without it: the store knows what is done.
    """
    if not settings().prefect:
        return run_batch(batch, ThreadsThrough(batch.pool.workers))
    _log_to(_log_of(batch))
    home = home_of("runs", batch.material.call.out)
    try:
        note_home(home, batch.material.call.out)
        keep_to_this_machine(home)
    except OSError:
        logging.getLogger(LOGGERS[0]).exception("Nothing can be written in %s; the batch runs without Prefect.", home)
        return run_batch(batch, ThreadsThrough(batch.pool.workers))
    if os.environ.get("PREFECT_API_URL"):
        return _told_flow(batch)
    with ExitStack() as stack:
        try:
            address = stack.enter_context(own_server(home, (FREE,), SHORT_LIVED)) if loopback_works() else ""
        except (ServerDown, OSError):
            logging.getLogger(LOGGERS[0]).exception("The server did not come up; the batch runs without it.")
            address = ""
        if not address:
            return run_batch(batch, ThreadsThrough(batch.pool.workers))
        retries = str(OWN_CONNECT_RETRIES)
        with set_meanwhile(PREFECT_API_URL=api_of(address), PREFECT_CLIENT_MAX_RETRIES=retries):
            return _told_flow(batch)


def _told_flow(batch: Batch) -> Finished:
    """The flow; its server has been told all of it by the end, and nothing is told at exit, when it may be gone."""
    from prefect.context import refresh_global_settings_context

    _log_to(_log_of(batch))  # the import gave Prefect's loggers handlers of its own
    refresh_global_settings_context()  # Prefect reads the environment once, at its import: perhaps an earlier run's
    try:
        finished = batch_flow(batch)
        _send_events()
        return finished
    finally:
        _drop_events()


def batch_flow(batch: Batch) -> Finished:
    """Run a batch as a flow of the server that this process knows of, or inside a flow under way."""
    from httpx import HTTPError
    from prefect import flow
    from prefect.task_runners import ThreadPoolTaskRunner

    from flows.orchestration.showing import ShownProgress, show_finished

    _log_to(batch.store.root / "log" / "prefect.log")  # once more: importing Prefect sets its own handlers

    @flow(
        name="heyan-batch",
        flow_run_name=lambda: f"批次 {batch.material.call.inbox.name}",
        task_runner=ThreadPoolTaskRunner(max_workers=batch.pool.workers + 1),  # type: ignore[arg-type]
        persist_result=False,
    )
    def heyan_batch() -> Finished:
        begun.append(True)
        batch.progress = shown = ShownProgress(batch.progress)
        finished = run_batch(batch, _through_tasks(batch.pool.workers + 1))
        shown.end()
        show_finished(finished)
        return finished

    begun: list[bool] = []
    told = batch.progress
    try:
        return heyan_batch()
    except (HTTPError, RuntimeError) as problem:
        if begun and not isinstance(problem, HTTPError):
            raise
        what = "went away" if begun else "did not come up"
        logging.getLogger(LOGGERS[0]).exception("The server %s; the batch runs without it.", what)
        _drop_events()
        batch.progress = told
        return run_batch(batch, ThreadsThrough(batch.pool.workers))


def _send_events() -> None:
    """Wait until the server has been told what happened, some seconds at most."""
    from prefect.events.worker import EventsWorker

    EventsWorker.drain_all(timeout=EVENTS_SECONDS)


def _drop_events() -> None:
    """Forget what the server was still to be told: at exit Prefect would try again for ten seconds an event."""
    from prefect.events.worker import EventsWorker

    for service in tuple(EventsWorker._instances.values()):  # type: ignore[misc]  # one registry of all services
        with suppress(Empty):
            while isinstance(service, EventsWorker):
                service._queue.get_nowait()


def _through_tasks(at_once: int) -> Through:
    """Packages as tasks: Prefect shows and times them; the store knows what is done.

    What reads pages is a task a package. Judging and writing take a tenth of a second a package, no more than the task
    itself, so of many packages several are one task; the last ones are few enough that all workers end together.
    """
    from prefect import task
    from prefect.cache_policies import NO_CACHE

    def through(stage: str, work: Callable[[str], T], subjects: Sequence[str]) -> Sequence[T]:
        @task(name=stage, task_run_name=stage + " {named}", cache_policy=NO_CACHE, persist_result=False)
        def some(named: str, those: Sequence[str]) -> Sequence[T]:
            del named  # it stands in the task's name
            return [work(subject) for subject in those]

        size = 1 if stage == READING else share_of(len(subjects), at_once)
        shares = [subjects[start : start + size] for start in range(0, len(subjects), size)]
        futures = [some.submit(_named(those), those) for those in shares]
        return [answer for future in futures for answer in future.result()]

    return through


def share_of(subjects: int, at_once: int) -> int:
    """How many of so many packages go into one task, where so many tasks run side by side."""
    return min(MOST_IN_A_TASK, max(1, subjects // (at_once * TASKS_A_THREAD)))


def _named(subjects: Sequence[str]) -> str:
    return subjects[0] if len(subjects) == 1 else f"{subjects[0]} 等 {len(subjects)} 个"


def _log_of(batch: Batch) -> Path:
    return batch.store.root / "log" / "prefect.log"


def _log_to(file: Path) -> None:
    """Send the loggers of Prefect and its server's client to a file: the screen is the progress bar's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(file, encoding="utf-8")
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
