"""The night as a flow: wait for the share and for files to stand still, do what is left to do, mark it, tell of it.

Imported by Prefect's own processes, which carry its settings in their environment. A flow of its own for one package
reads that package's pages ahead of the batch.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from prefect import Flow, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Completed

from flows.orchestration.batch import batch_flow
from flows.orchestration.cluster import pool_of
from flows.orchestration.lineage import end_with_starter
from flows.steps.aftermath import begin, conclude, tell_failure
from flows.steps.announcement import reason_of
from flows.steps.arrival import (
    Arrival,
    ShareAway,
    await_inputs,
    moving_faults,
    note_arrived,
    refuse_absent,
)
from flows.steps.away import PUTTING, call_of, fetch, shown_place
from flows.steps.batch import Batch, Finished, assemble, is_settled, run_batch, take_apart, unassembled
from flows.steps.inputs import OUT, Call, read_filed, take_in
from flows.steps.occupancy import Occupied, alone, room
from flows.steps.pool import WorkerPool
from flows.steps.progress import Silent
from flows.steps.releasing import with_releases
from flows.steps.threads import ThreadsThrough
from pipeline.errors import HeyanProblem, UsageProblem
from pipeline.notices.profile import DEFAULT_NOTICE
from pipeline.remote import RemoteAway
from pipeline.settings import default_workers, settings
from pipeline.store import Store

T = TypeVar("T")

AWAITING = "等候材料"
ATTEMPTS = 2
"""A run whose share vanished under it is done once more when the share is back; the store keeps what was read."""
BROKEN_OFF = "核验进程意外中断"


def tell_of_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Hook: announce that the night did not finish, also when its process died."""
    del flow
    tell_failure(shown_place(flow_run.parameters["out"]), _reason(state))


def _reason(state: State[Any]) -> str:
    if state.is_crashed():
        return BROKEN_OFF
    try:
        state.result()
    except BaseException as problem:  # what the flow failed with, an interruption too
        return reason_of(problem)
    return BROKEN_OFF


@flow(
    name="heyan-nightly",
    flow_run_name="核验 {inbox}",
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_failure],
    persist_result=False,
)
def nightly(
    inbox: str,
    online: str,
    out: str,
    profile: str = DEFAULT_NOTICE,
    prior_winners: str | None = None,
    corrections: str | None = None,
    workers: int | None = None,
    metrics: str | None = None,
    dask: str = "",
) -> State[Any]:
    """Check what is new or changed in an inbox, then the run as a whole; paths as on this machine, or addresses."""
    call = call_of(
        inbox,
        online,
        out,
        profile=profile,
        prior_winners=prior_winners,
        corrections=corrections,
        workers=workers or default_workers(),
        metrics=Path(metrics) if metrics else None,
        dask=dask,
    ).absolute()
    end_with_starter()
    try:
        with alone(call.out):
            begin(call)
            return _told(_night(call))
    except Occupied as problem:
        return Completed(name="Skipped", message=str(problem))
    except HeyanProblem:
        raise
    except Exception as problem:  # its text may quote the paper, and Prefect keeps and shows what a flow raises
        print("".join(traceback.format_tb(problem.__traceback__)), type(problem).__name__, file=sys.stderr, flush=True)
        raise HeyanProblem(reason_of(problem)) from None


def _told(finished: Finished) -> State[Any]:
    record = finished.record
    message = f"{record.packages} 个申报包，{record.pages} 页，程序未能处理 {record.failed} 个包"
    return Completed(message=message)


def _night(call: Call) -> Finished:
    """Run until a run ended with its share still there.

    Raises:
        ShareAway: The share did not come back in time.
        RemoteAway: Remote storage did not.
    """
    for attempt in range(ATTEMPTS):
        arrival = _await_inputs(call)
        with room(call.out):
            finished = _run(call, arrival)
            try:
                refuse_absent(call)
            except ShareAway:
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            finished = _concluded(call, finished)
            note_arrived(Store(call.workspace), arrival)
            return finished
    raise AssertionError("unreachable: the last attempt returns or raises")


def _await_inputs(call: Call) -> Arrival:
    """Wait for inbox and filings, tried again while the share or the storage is away."""
    return _healing(AWAITING, lambda: await_inputs(call, settings().quiet_seconds, settings().settle_seconds))


def _concluded(call: Call, finished: Finished) -> Finished:
    """The run put back, marked and told; where results go to remote storage, tried again while that is away."""
    if OUT not in call.away:
        return conclude(call, finished)
    return _healing(PUTTING, lambda: conclude(call, finished))


def _healing(name: str, work: Callable[[], T]) -> T:
    """Work as a task that is tried again with growing waits where that may help."""

    @task(
        name=name,
        retries=len(settings().retry_seconds),
        retry_delay_seconds=list(settings().retry_seconds),
        retry_condition_fn=_can_heal,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    def tried() -> T:
        return work()

    return tried()


def _can_heal(_: Any, __: Any, state: State[Any]) -> bool:
    """Whether trying again may help: a share comes back, a wrong call or a damaged list does not mend itself."""
    try:
        state.result()
    except (ShareAway, RemoteAway):
        return True
    except Exception:
        return False
    return False


def _run(call: Call, arrival: Arrival) -> Finished:
    store = Store(call.workspace)
    material = with_releases(take_in(call, read_filed(call)), store)
    material = replace(material, problems=(*material.problems, *arrival.problems, *moving_faults(call, arrival)))
    with _readers(call) as local:
        batch = Batch(material, store, local, Silent())
        if is_settled(batch):
            return run_batch(batch, ThreadsThrough(call.workers))
        with pool_of(call, local) as batch.pool:
            return batch_flow(batch)


def _readers(call: Call) -> WorkerPool:
    """This machine's own."""
    return WorkerPool(call.workers, call.workspace / "log" / "workers.log", settings().worker_bytes)


@flow(name="heyan-package", flow_run_name="识别 {package}", persist_result=False)
def package(
    package: str, inbox: str, online: str, out: str, profile: str = DEFAULT_NOTICE, workers: int | None = None
) -> State[Any]:
    """Read one package, by its identity, ahead of the batch that judges it among the others.

    Raises:
        UsageProblem: There is no such package, another run has the output folder, or remote storage gives nothing.
    """
    call = call_of(inbox, online, out, profile=profile, workers=workers or default_workers())
    fetch(call, Silent())
    with alone(call.out), room(call.out), _readers(call) as pool:
        batch = Batch(take_in(call, read_filed(call)), Store(call.workspace), pool, Silent())
        if package not in batch.packages:
            raise UsageProblem(f"收件夹里没有这个申报包：{package}")
        take_apart(batch)
        parts = [name for name in unassembled(batch) if name == package or name.startswith(f"{package}/")]
        for name in parts:
            assemble(batch, name)
        if batch.errors:
            raise UsageProblem("；".join(batch.errors.values()))
    return Completed(message=f"{package} 已识别" if parts else f"{package} 此前已识别")
