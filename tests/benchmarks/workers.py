"""`make bench-dask`: one inbox through two bare readers, through two Dask workers and through one, and their ratios.

With the recorded reader every page costs the same seconds, slept, so that the ratios show what stands around the
reading even on a busy machine; `--real` reads the recording's own pages instead, which wants a calm one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from pipeline.settings import CHECKOUT
from tests.benchmarks.copies import make_copies
from tests.benchmarks.night import ROOT, SEED
from tests.benchmarks.recording import record
from tests.flows.commands import HEYAN

WAYS = {
    "two readers": ("--workers", "2"),
    "two Dask workers": ("--workers", "1", "--dask", "local:2"),
    "one Dask worker": ("--workers", "1", "--dask", "local:1"),
}
MOST_OF_READERS, MOST_OF_ONE = 1.08, 0.62


def main() -> int:
    """Measure and print."""
    options = _options()
    recording = (ROOT / f"recording-{options.seed}").resolve()
    record(recording, options.recorded, options.seed)
    inbox = recording
    if not options.real:
        inbox = (ROOT / f"copies-{options.seed}-{options.packages}").resolve()
        if not (inbox / "origins.json").is_file():
            make_copies(recording, -(-options.packages // options.recorded), inbox)
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(options.rounds):
        for way, words in WAYS.items():
            taken[way].append(_seconds(_command(options, recording, inbox, inbox / "out-workers"), words))
            print(f"{way:18}{taken[way][-1]:8.1f} s", flush=True)
    readers, two, one = (min(taken[way]) for way in WAYS)
    print(f"two Dask workers take {two / readers:.3f} of two readers' time (bound {MOST_OF_READERS}), "
          f"{two / one:.3f} of one Dask worker's (bound {MOST_OF_ONE})")  # fmt: skip
    return 0


def _options() -> Namespace:
    parser = ArgumentParser(prog="make bench-dask", description=__doc__)
    parser.add_argument("--packages", type=int, default=6, help="copies, with the recorded reader")
    parser.add_argument("--page-seconds", type=float, default=2.3, help="what reading one costs, by `make bench`")
    parser.add_argument("--rounds", type=int, default=1, help="the best of each way counts")
    parser.add_argument("--recorded", type=int, default=2, help="packages read for real")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--real", action="store_true", help="read the recording's pages anew")
    return parser.parse_args()


def _command(options: Namespace, recording: Path, inbox: Path, out: Path) -> list[str]:
    shutil.rmtree(out, ignore_errors=True)
    if options.real:
        return [*HEYAN, "run", str(inbox / "inbox"), "--online", str(inbox / "online.json"), "--out", str(out)]
    words = [sys.executable, "-m", "tests.benchmarks.replayed", str(recording), str(inbox), str(out)]
    return [*words, "--page-seconds", str(options.page_seconds)]


def _seconds(command: Sequence[str], way: Sequence[str]) -> float:
    """The clock's seconds of a run without Prefect, from its call to its end."""
    start = time.monotonic()
    words = [*command, *way]
    subprocess.run(
        words, cwd=CHECKOUT, env=os.environ | {"HEYAN_PREFECT": "false"}, stdout=subprocess.DEVNULL, check=True
    )
    return time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main())
