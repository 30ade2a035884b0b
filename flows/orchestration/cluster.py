"""Dask behind the pool's protocol: the same batch, its pages read on other machines.

Everything of weight lies in the store: a piece of work that is done twice writes the same file twice, so what a lost
worker had under way is simply given out again, and what no worker does is done by this machine's own readers.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from flows.orchestration.ground import Ground, lay_ground
from flows.orchestration.labourer import QUIET, Answer, Order, Outcome, carry_out, lacks, place_of
from flows.steps.inputs import Call
from flows.steps.pool import Pool, WorkerLost, WorkerPool, WorkFailed
from flows.steps.telling import Told
from pipeline.errors import UsageProblem

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
LOCAL = "local:"
CONNECT_SECONDS = 30
"""How long to wait for the scheduler and its first worker."""
LOOK_SECONDS = 1.0
"""How often who waits for an answer looks whether anybody is left to give it."""
LOG = logging.getLogger("heyan.cluster")


class DaskPool:
    """The workers of a Dask scheduler as one pool; `local` does what none of them finishes."""

    def __init__(self, client: Client, ground: Ground, local: WorkerPool) -> None:
        self._client, self._ground, self._local = client, ground, local
        self._stopped = False
        self._topic, self._listeners = f"heyan-{uuid4().hex}", dict[str, Told]()
        client.subscribe_topic(self._topic, self._hear)
        self._seen, self._seen_at = 0, float("-inf")

    @property
    def workers(self) -> int:
        """Workers there now; those that join later are used, those that left are not waited for."""
        return self._hands() or self._local.workers

    def call(self, work: Callable[..., T], *arguments: Any, seconds: float, told: Told | None = None) -> T:
        """Run an importable function in some worker's reader; the time limit counts from its beginning there.

        `told` hears how far it is.

        Raises:
            WorkFailed: It raised.
            WorkerLost: The reader died or ran over `seconds`, or the pool was stopped.
        """
        name = f"{work.__name__}-{uuid4().hex}"
        if told is not None:
            self._listeners[name] = told
        try:
            answer = self._elsewhere(Order(self._ground, work, arguments, seconds, name, self._topic if told else ""))
        finally:
            self._listeners.pop(name, None)
        if answer is None or answer.outcome is Outcome.UNFIT:
            return self._local.call(work, *arguments, seconds=seconds, told=told)
        if answer.outcome is Outcome.FAILED:
            raise WorkFailed(answer.value)
        if answer.outcome is Outcome.LOST:
            raise WorkerLost(answer.value)
        return answer.value  # type: ignore[no-any-return]  # what `work` returned, through Dask

    def _hear(self, event: tuple[float, tuple[str, str]]) -> None:
        """Words of a worker, with the name of the order they are of."""
        name, words = event[1]
        listener = self._listeners.get(name)
        if listener is not None:
            listener(words)

    def _elsewhere(self, order: Order) -> Answer | None:
        """The answer of a Dask worker, or None where there is nobody to give one."""
        try:
            if not self._hands():
                return None
            future = self._client.submit(carry_out, order, key=order.name, pure=False)
            return self._awaited(future)
        except WorkerLost:
            raise
        except Exception as problem:  # whatever ails the cluster, the work itself is sound, and is done here
            LOG.warning("Dask gave no answer (%s); the work is done here.", type(problem).__name__)
            return None

    def _awaited(self, future: Any) -> Answer | None:
        done = Event()  # asked for its result with a time limit, a future ends its own waiting, at times as it is done
        future.add_done_callback(lambda _: done.set())
        while not done.wait(LOOK_SECONDS):
            if not self._hands():
                future.cancel()
                return None
        return future.result()  # type: ignore[no-any-return]

    def _hands(self) -> int:
        """How many workers there are, asked at most once a second."""
        if self._stopped:
            raise WorkerLost("已停止")
        if time.monotonic() - self._seen_at > LOOK_SECONDS:
            self._seen_at = time.monotonic()
            try:
                self._seen = len(self._client.nthreads())
            except Exception:  # no scheduler, no workers
                self._seen = 0
        return self._seen

    def stop(self) -> None:
        """Give up at once; what workers have under way they finish, and the store keeps it."""
        self._stopped = True
        self._local.stop()


def refuse_misspelt(where: str) -> None:
    """Refuse what is neither a scheduler's address nor `local:N`, without a look whether one is there.

    Raises:
        UsageProblem: Saying so.
    """
    if where.startswith(LOCAL):
        _number(where)
    else:
        place_of(where)


@contextmanager
def pool_of(call: Call, local: WorkerPool) -> Iterator[Pool]:
    """Who does a call's work: Dask's workers where it names a scheduler, else this machine's own.

    Raises:
        UsageProblem: As `dask_pool`.
    """
    if not call.dask:
        yield local
        return
    with dask_pool(call, local) as pool:
        yield pool


@contextmanager
def dask_pool(call: Call, local: WorkerPool) -> Iterator[DaskPool]:
    """A pool over a call's `tcp://host:port`, a running scheduler, or `local:N`, N workers that end with this process.

    Raises:
        UsageProblem: There is no scheduler, no worker comes, or one does not share this run's folders and program.
    """
    import dask
    import distributed  # noqa: F401 - its defaults, imported below `set`, would go again with it: no second pool here

    ground = lay_ground(call)
    with dask.config.set(QUIET), _client(call.dask) as client:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        _await_first(client, call.dask)
        unfit = [f"{worker} {lack}" for worker, lack in _lacks(client, ground)]
        if unfit:
            raise UsageProblem(f"Dask 工作进程不能用于本次核验：{'；'.join(unfit)}")
        yield DaskPool(client, ground, local)


@contextmanager
def _client(where: str) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    if not where.startswith(LOCAL):
        _await_scheduler(where)
        with Client(where, timeout=CONNECT_SECONDS) as client:
            yield client
        return
    with (
        LocalCluster(
            n_workers=_number(where), threads_per_worker=1, memory_limit=0, dashboard_address="127.0.0.1:0"
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _number(where: str) -> int:
    number = where.removeprefix(LOCAL)
    if not number.isdecimal() or int(number) < 1:
        raise UsageProblem(f"--dask 应为 tcp://主机:端口 或 local:个数：{where}")
    return int(number)


def _await_scheduler(where: str) -> None:
    """Wait until somebody listens: a Dask client that failed to connect leaves a thread that harms the next one."""
    place = place_of(where)
    deadline = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            with socket.create_connection(place, timeout=CONNECT_SECONDS):
                return
        except OSError as problem:
            if time.monotonic() > deadline:
                raise UsageProblem(f"连不上 Dask 调度器：{where}") from problem
        time.sleep(LOOK_SECONDS)


def _await_first(client: Client, where: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as problem:
        raise UsageProblem(f"Dask 调度器上没有工作进程：{where}（在各台机器上运行 heyan worker {where}）") from problem


def _lacks(client: Client, ground: Ground) -> Iterator[tuple[str, str]]:
    """The workers that can't be used for this run, each with the reason."""
    for worker, lack in client.run(lacks, ground, on_error="return").items():
        if lack:
            yield worker, lack if isinstance(lack, str) else f"没有安装本程序（{type(lack).__name__}）"
