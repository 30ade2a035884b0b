"""`heyan run` over copies with the recorded reader: a process of its own, so that it can be measured from outside.

As in heyan's own command, nothing is imported before there is something to do: workers begin by importing this module.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def main() -> int:
    """Run as told; the exit status is heyan's."""
    import flows.orchestration.cluster
    import flows.steps.judging
    from flows.cli.run import run_inbox
    from flows.steps.inputs import Call
    from flows.steps.pool import WorkerPool
    from pipeline.notices.profile import DEFAULT_NOTICE
    from tests.benchmarks.replay import Recorded, ReplayingPool
    from tests.benchmarks.stages import StageClock

    real_pool_of = flows.orchestration.cluster.pool_of
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path)
    parser.add_argument("copies", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--page-seconds", type=float, default=0.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--dask", default="")
    parser.add_argument("--rules", default="", help="another word: packages are judged again, as after a changed rule")
    parser.add_argument("--profile", default=DEFAULT_NOTICE)
    parser.add_argument("--steps", type=Path, default=None, help="where the seconds of the run's steps go, as JSON")
    told = parser.parse_args()
    recorded = Recorded(told.recording.resolve(), told.copies.resolve(), told.page_seconds)

    @contextmanager
    def replaying_pool_of(call: Call, local: WorkerPool) -> Iterator[ReplayingPool]:
        with real_pool_of(call, local) as pool:
            yield ReplayingPool(pool, recorded)

    flows.orchestration.cluster.pool_of = replaying_pool_of  # type: ignore[assignment]
    if told.rules:
        version = f"{flows.steps.judging.judging_version()}-{told.rules}"
        flows.steps.judging.judging_version = lambda: version  # type: ignore[assignment]
    copies = recorded.copies
    inbox, online, out = copies / "inbox", copies / "online.json", told.out.resolve()
    call = Call(inbox, online, out, profile=told.profile, workers=told.workers, dask=told.dask)
    clock = StageClock()
    if told.steps:
        clock.watch()
    status = run_inbox(call.absolute())
    if told.steps:
        clock.write(told.steps)
    return status


if __name__ == "__main__":
    sys.exit(main())
