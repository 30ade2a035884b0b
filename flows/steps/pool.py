"""A pool of spawned processes in which one page's crash or hang harms nobody else: it is killed and replaced."""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, TypeVar

import psutil

from flows.steps.telling import Told, Word, heard_by
from pipeline.settings import WORKER_BYTES

T = TypeVar("T")
SINGLE_THREADED = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")
"""One thread a process: two threads on a core's work gain nothing over one."""
ORPHAN_SECONDS = 1.0
"""How often a worker looks whether its parent is still there."""
RECYCLED_SHARE = 0.75
"""Of the memory a worker may have: one that has grown beyond it is replaced after its call."""


class WorkFailed(Exception):
    """The work raised: the message is the exception's name, never its text, which may quote the paper."""


class WorkerLost(Exception):
    """The process died, or was killed at its time limit."""


class Pool(Protocol):
    """Runs work in other processes, on this machine or on others."""

    @property
    def workers(self) -> int:
        """How much it does side by side."""
        ...

    def call(self, work: Callable[..., T], *arguments: Any, seconds: float, told: Told | None = None) -> T:
        """Run an importable function elsewhere and wait for its answer; may be used from many threads.

        `told` hears how far it is, where it tells.

        Raises:
            WorkFailed: It raised.
            WorkerLost: Its process died or ran over `seconds`.
        """
        ...

    def stop(self) -> None:
        """Give up at once all that is under way."""
        ...


class WorkerPool:
    """Up to `workers` processes; `call` may be used from many threads and blocks until one is free.

    Processes start when first needed. They end with this process, however it ends: their pipe closes, and one that
    is in the middle of a page looks after its parent.
    """

    def __init__(self, workers: int, log: Path, worker_bytes: int = WORKER_BYTES) -> None:
        self.workers = workers
        self._log = log
        self._limit = int(worker_bytes * RECYCLED_SHARE)
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._live: set[_Worker] = set()
        self._stopped = False
        for _ in range(workers):
            self._idle.put(None)

    def call(self, work: Callable[..., T], *arguments: Any, seconds: float, told: Told | None = None) -> T:
        """Run an importable function in a worker, with arguments that can be pickled; `told` hears how far it is.

        Raises:
            WorkFailed: It raised.
            WorkerLost: Its process died or ran over `seconds`.
        """
        worker = self._idle.get()
        try:
            worker = worker or self._started()
            succeeded, answer = worker.ask(work, arguments, seconds, told)
            if worker.resident() > self._limit:
                self._end(worker)
                worker = None
        except BaseException:  # its answer may be still to come, and would be taken for the next one's
            self._end(worker)
            worker = None
            raise
        finally:
            self._idle.put(worker)
        if not succeeded:
            raise WorkFailed(answer)
        return answer  # type: ignore[no-any-return]  # what `work` returned, through a pipe

    def _started(self) -> _Worker:
        if self._stopped:
            raise WorkerLost("已停止")
        worker = _Worker(self._log)
        self._live.add(worker)
        return worker

    def _end(self, worker: _Worker | None) -> None:
        if worker is not None:
            self._live.discard(worker)
            worker.end()

    def stop(self) -> None:
        """Kill all processes at once; whoever waits for one gets WorkerLost, and so does every later call."""
        self._stopped = True
        for worker in tuple(self._live):
            worker.kill()

    def close(self) -> None:
        """End all processes."""
        self.stop()
        for _ in range(self.workers):
            self._end(self._idle.get())

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, log: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_serve, args=(theirs, log, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()

    def ask(
        self, work: Callable[..., Any], arguments: tuple[Any, ...], seconds: float, told: Told | None
    ) -> tuple[bool, Any]:
        deadline = time.monotonic() + seconds
        try:
            self._pipe.send((work, arguments))
            while isinstance(answer := self._received(deadline, seconds), Word):
                if told is not None:
                    told(answer.said)
        except (EOFError, BrokenPipeError, ConnectionResetError) as problem:
            raise WorkerLost("处理进程意外退出") from problem
        succeeded, value = answer
        return succeeded, value

    def _received(self, deadline: float, seconds: float) -> Any:
        if not self._pipe.poll(max(0.0, deadline - time.monotonic())):
            raise WorkerLost(f"超过 {seconds:.0f} 秒未完成，已中止")
        return self._pipe.recv()

    def resident(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, log: Path, parent: int) -> None:
    """The life of a worker: take work, do it, answer, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    for name in SINGLE_THREADED:
        os.environ[name] = "1"
    _redirect_output(log)
    done: set[Callable[..., Any]] = set()
    while True:
        try:
            work, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            with heard_by(lambda words: pipe.send(Word(words))):
                answer = _attempt(work, arguments)
            pipe.send(answer)
        except (BrokenPipeError, OSError):
            return
        if work not in done:
            done.add(work)
            _settle_down()


def _settle_down() -> None:
    """Take what the first piece of a kind of work loaded out of the garbage collector's way.

    Models, dictionaries and the notice are there to stay, and going through them takes half as long as judging a
    package, at every second package.
    """
    gc.collect()
    gc.freeze()


def _end_with(parent: int) -> None:
    """End this process when its parent has; the kernel's own signal for that comes with the parent's *thread*."""
    while os.getppid() == parent:
        time.sleep(ORPHAN_SECONDS)
    os._exit(1)


def _attempt(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, work(*arguments)
    except Exception as problem:  # whatever it is, it is this one job's: the parent makes a fault of it
        name = type(problem).__name__
        with suppress(OSError):  # a disk too full for what is to be told
            told = "".join(traceback.format_tb(problem.__traceback__))  # no values in logs
            print(told, name, file=sys.stderr, flush=True)
        return False, name


def _redirect_output(log: Path) -> None:
    """Native libraries talk on both streams; the clerk's screen is not theirs."""
    log.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, sys.stdout.fileno())
    os.dup2(descriptor, sys.stderr.fileno())
