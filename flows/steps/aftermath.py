"""After a run: the mark of a whole run, its times, its figures for machines and its summary for people.

Nothing here can undo a finished run: what does not go out becomes a fault in run.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from flows.steps.announcement import announce_end, announce_failure, reason_of
from flows.steps.away import put_record, put_results
from flows.steps.batch import Finished
from flows.steps.closing import mark_run
from flows.steps.inputs import Call, note_call
from flows.steps.last_night import note_beginning, note_end
from flows.steps.notifying import notify
from flows.steps.occupancy import room
from flows.steps.progress import Progress, Silent
from pipeline.model.finding import Fault
from pipeline.remote import RemoteAway, RemoteRefused
from pipeline.reports.products import write_run
from pipeline.settings import settings
from pipeline.store import Store


def begin(call: Call) -> None:
    """Note that a run begins.

    Raises:
        UsageProblem: The output folder takes no more.
    """
    with room(call.out):
        note_beginning(Store(call.workspace), _now())


@contextmanager
def watched(call: Call) -> Iterator[None]:
    """A run's time: its beginning is noted, and what breaks it is announced before it goes on its way.

    Raises:
        UsageProblem: The output folder takes no more.
    """
    begin(call)
    try:
        with room(call.out):
            yield
    except Exception as problem:
        tell_failure(call.shown("out"), reason_of(problem))
        raise


def tell_failure(out: str, reason: str) -> None:
    """Announce that a run did not finish; there is no record left that could tell of a failed announcement."""
    if settings().notify:
        notify(announce_failure(out, reason, settings().link), settings().notify)


def conclude(call: Call, finished: Finished, progress: Progress | None = None) -> Finished:
    """Put results back where they belong, set the marks of a whole run, then tell of it; gives it with faults of that.

    Raises:
        RemoteRefused: Remote storage does not take the results: the run is not marked.
        RemoteAway: It can't be reached, the same.
    """
    Store(call.out).sweep()
    progress = progress or Silent()
    put_results(call, progress)
    store, ended = Store(call.workspace), _now()
    mark_run(store, finished.last)
    note_call(store, call)
    note_end(store, ended, finished.record.failed)
    faults = (*_figures(call, finished, ended), *_summary(call, finished))
    if not faults:
        return finished
    record = finished.record.model_copy(update={"faults": (*finished.record.faults, *faults)})
    write_run(call.out, record)
    with suppress(RemoteAway, RemoteRefused):  # an earlier one is there; what was not told stands here
        put_record(call)
    return Finished(record, finished.last)


def _figures(call: Call, finished: Finished, ended: datetime) -> tuple[Fault, ...]:
    if call.metrics is None:
        return ()
    from flows.steps.metrics import metrics_text, write_metrics

    return write_metrics(call.metrics, metrics_text(finished.record, finished.last, ended.timestamp()))


def _summary(call: Call, finished: Finished) -> tuple[Fault, ...]:
    if not settings().notify:
        return ()
    return notify(announce_end(finished.record, finished.last, call.shown("out"), settings().link), settings().notify)


def _now() -> datetime:
    return datetime.now().astimezone()
