"""The other end of a Dask pool: a Dask worker that hands each piece of work to a reader process of its own."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from flows.orchestration.ground import Ground, unlike, unseen
from flows.steps.pool import WorkerLost, WorkerPool, WorkFailed
from flows.steps.telling import Told
from pipeline.errors import UsageProblem
from pipeline.settings import settings

QUIET = {
    "logging": {"distributed": "critical"},
    "distributed.worker.daemon": False,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.interval": "10s",
}
"""Dask's settings: nothing on the screen, a worker that may have a child, and no watching of what nobody looks at."""


class Outcome(StrEnum):
    """How a piece of work ended."""

    DONE = "done"
    FAILED = "failed"
    LOST = "lost"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Order:
    """A piece of work: an importable function, what it is called with, and its time limit in seconds.

    Who listens hears of it by its name, under a topic of Dask's; none where nobody does.
    """

    ground: Ground
    work: Callable[..., Any]
    arguments: tuple[Any, ...]
    seconds: float
    name: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """How it ended; with what it returned, or the sentence or exception's name that tells why not."""

    outcome: Outcome
    value: Any


def carry_out(order: Order) -> Answer:
    """In a Dask worker: do a piece of work in its reader. Never raises, as Dask's log would tell the arguments."""
    try:
        lack = lacks(order.ground)
        if lack:
            return Answer(Outcome.UNFIT, lack)
        reader = _reader(order.ground.workspace)
        told = _telling(order) if order.topic else None
        return Answer(Outcome.DONE, reader.call(order.work, *order.arguments, seconds=order.seconds, told=told))
    except WorkerLost as lost:
        return Answer(Outcome.LOST, str(lost))
    except WorkFailed as failed:
        return Answer(Outcome.FAILED, str(failed))
    except Exception as problem:  # a reader that can't be started, an argument that can't be sent
        return Answer(Outcome.FAILED, type(problem).__name__)


def _telling(order: Order) -> Told:
    """Says how far a piece of work is to all that listen to its topic."""
    from distributed import get_worker

    worker = get_worker()
    return lambda words: worker.log_event(order.topic, (order.name, words))


@cache
def lacks(ground: Ground) -> str:
    """In a Dask worker: what it lacks to work for a run. Its reader tells of the program, and is warm by then.

    Raises:
        WorkerLost: The reader died of it.
        WorkFailed: It raised.
    """
    return unseen(ground) or _reader(ground.workspace).call(unlike, ground, seconds=settings().package_seconds)


_READER: WorkerPool | None = None


def _reader(workspace: str) -> WorkerPool:
    """The one reader process of this Dask worker, whichever run it works for."""
    global _READER
    if _READER is None:
        log = Path(workspace) / "log" / f"workers-{socket.gethostname()}-{os.getpid()}.log"
        _READER = WorkerPool(1, log, settings().worker_bytes)
    return _READER


def place_of(scheduler: str) -> tuple[str, int]:
    """Host and port of a scheduler's address.

    Raises:
        UsageProblem: It is no such address.
    """
    from distributed.comm.addressing import get_address_host_port

    try:
        host, port = get_address_host_port(scheduler, strict=True)
    except ValueError as problem:
        raise UsageProblem(f"Dask 调度器地址应为 tcp://主机:端口：{scheduler}") from problem
    return host, port


def serve_scheduler(address: str) -> None:
    """Work for a scheduler, one piece at a time, until it goes away; wait for it where it is not there yet.

    Raises:
        UsageProblem: It is no address of one, or this machine's settings can't be used.
    """
    import asyncio

    import dask
    from distributed import Worker

    async def work() -> None:
        async with Worker(address, nthreads=1, memory_limit=0, dashboard=False) as worker:
            await worker.finished()

    place_of(address)
    settings()
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    print(f"正在为调度器 {address} 识别页面；按 Ctrl-C 停止。", flush=True)
    with dask.config.set(QUIET), suppress(KeyboardInterrupt):
        asyncio.run(work())
