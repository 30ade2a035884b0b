"""`make bench-again`: many small packages judged again, and what a run over them costs, step by step.

A few packages are read for real, once; their copies, each of other units, are read from the recording and then judged
again: under changed rules, under a notice with another deadline, and with nothing changed at all. Printed: packages a
second over the whole command, and processor seconds a package of each step, in the run's own process and its readers.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.notices.profile import load_profile
from pipeline.settings import CHECKOUT
from tests.benchmarks.copies import make_copies
from tests.benchmarks.night import ROOT, SEED
from tests.benchmarks.recording import record

BOUND = 20.0
"""Packages a second on two cores (docs/benchmarks.md)."""
SETS = 1

Seconds = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Measured:
    """A run from outside: the clock's seconds from call to end, and those of its steps."""

    clock: float
    steps: Seconds


def main() -> int:
    """Measure and print."""
    options = _options()
    recording = (ROOT / f"recording-small-{options.seed}").resolve()
    record(recording, options.recorded, options.seed, SETS)
    copies = (ROOT / f"copies-small-{options.seed}-{options.packages}").resolve()
    if not (copies / "origins.json").is_file():
        make_copies(recording, -(-options.packages // options.recorded), copies)
    out = copies / "out"
    if not (out / "run.json").is_file():
        _print("read and judged", _run(options, recording, copies, out), out)
    for number in range(options.rounds):
        word = f"{time.time_ns()}-{number}"
        _print("again, other rules", _run(options, recording, copies, out, "--rules", word), out)
    if not options.rules_alone:
        notice = _changed_notice(copies / "notice")
        _print("again, another notice", _run(options, recording, copies, out, "--profile", str(notice)), out)
        _print("again, nothing changed", _run(options, recording, copies, out, "--profile", str(notice)), out)
    return 0


def _options() -> Namespace:
    parser = ArgumentParser(prog="make bench-again", description=__doc__)
    parser.add_argument("--packages", type=int, default=200)
    parser.add_argument("--recorded", type=int, default=2, help="packages read for real")
    parser.add_argument("--rounds", type=int, default=2, help="of judging under other rules")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-prefect", action="store_true")
    parser.add_argument("--rules-alone", action="store_true")
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


def _changed_notice(folder: Path) -> Path:
    """The default notice as it stands after somebody wrote into it; what is asked of papers is the same."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(load_profile().folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    profile = folder / "profile.yaml"
    told = profile.read_text(encoding="utf-8")
    profile.write_text(f"{told}\n# {time.time_ns()}\n", encoding="utf-8")
    return folder


def _run(options: Namespace, recording: Path, copies: Path, out: Path, *more: str) -> Measured:
    steps = out.with_name("steps.json")
    words = [sys.executable, "-m", "tests.benchmarks.replayed", recording, copies, out, "--steps", steps]
    words += ["--workers", str(options.workers), *more]
    setting = {"HEYAN_PREFECT": str(not options.no_prefect).lower(), "HEYAN_DATA": str(out.with_name("data"))}
    start = time.monotonic()
    subprocess.run(words, cwd=CHECKOUT, env=os.environ | setting, stdout=subprocess.DEVNULL, check=True)
    return Measured(time.monotonic() - start, json.loads(steps.read_text(encoding="utf-8")))


def _print(title: str, measured: Measured, out: Path) -> None:
    told = json.loads((out / "run.json").read_text(encoding="utf-8"))
    packages = told["packages"]
    print(f"{title}: {packages} packages, {told['pages']} pages, {measured.clock:.1f} s, "
          f"{packages / measured.clock:.1f} packages a second (bound {BOUND:.0f})")  # fmt: skip
    _print_steps(measured.steps, packages)


def _print_steps(steps: Seconds, packages: int) -> None:
    print(f"{'':14}{'clock, s':>10}{'run':>10}{'readers':>10}  processor seconds a package")
    whole: dict[str, float] = {}
    for name, seconds in (*steps.items(), ("together", whole)):
        figures: Sequence[float] = (seconds["clock"], seconds["run"] / packages, seconds["readers"] / packages)
        print(f"{name:14}{figures[0]:10.1f}{figures[1]:10.4f}{figures[2]:10.4f}", flush=True)
        if name != "together":
            whole.update({kind: whole.get(kind, 0.0) + each for kind, each in seconds.items()})


if __name__ == "__main__":
    sys.exit(main())
