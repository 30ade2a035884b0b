"""`heyan run` over copies with the recorded reader: a process of its own, so that it can be measured from outside."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flows.orchestration.cluster
import flows.steps.judging
from flows.cli.run import run_inbox
from flows.steps.inputs import Call
from flows.steps.pool import WorkerPool
from tests.benchmarks.replay import Recorded, ReplayingPool

real_pool_of = flows.orchestration.cluster.pool_of


def main() -> int:
    """Run as told; the exit status is heyan's."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path)
    parser.add_argument("copies", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--page-seconds", type=float, default=0.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--dask", default="")
    parser.add_argument("--rules", default="", help="another word: packages are judged again, as after a changed rule")
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
    call = Call(copies / "inbox", copies / "online.json", told.out.resolve(), workers=told.workers, dask=told.dask)
    return run_inbox(call.absolute())


if __name__ == "__main__":
    sys.exit(main())
