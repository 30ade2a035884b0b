"""`make bench-night`: many packages in one night with the recorded reader, and what stands around the reading.

A few packages are read for real, once; their copies, each of other units, go through the whole run: taken in, put
together, judged, written, seen by Prefect, and are then judged again under other rules. Printed: memory of the run's
own process as packages get more, Prefect's runs, events and database, and what it costs against the processor time of
a real night of as many pages.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from flows.orchestration.server import DATABASE
from flows.steps.inputs import WORKSPACE
from pipeline.settings import CHECKOUT
from tests.benchmarks.copies import make_copies
from tests.benchmarks.recording import record

ROOT = Path("bench")
SEED = 20211112
PAGE_SECONDS = 2.9
"""Processor seconds a page of a real night with everything (docs/scale.md)."""
LOOK_SECONDS = 0.5
SHARES = (0.1, 0.4, 0.7, 1.0)
MEGABYTE = 1 << 20
SERVER, READER = "flows.orchestration.server_process", "spawn_main"
ROLES = ("run", "server", "readers")


@dataclass(frozen=True, slots=True)
class Standing:
    """A run at one moment: packages put together, judged and written, and bytes and processor seconds by role."""

    done: tuple[int, int, int]
    memory: Mapping[str, int]


@dataclass
class Watched:
    """A run from outside: its standings, and the processor seconds of all its processes by role."""

    standings: list[Standing] = field(default_factory=list)
    processor: dict[int, tuple[str, float]] = field(default_factory=dict)
    seconds: float = 0.0

    def spent(self, role: str) -> float:
        """Processor seconds of a role's processes, as last seen."""
        return sum(seconds for each, seconds in self.processor.values() if each == role)


def main() -> int:
    """Measure and print."""
    options = _options()
    recording = (ROOT / f"recording-{options.seed}").resolve()
    record(recording, options.recorded, options.seed)
    copies = (ROOT / f"copies-{options.seed}-{options.packages}").resolve()
    if not (copies / "origins.json").is_file():
        make_copies(recording, -(-options.packages // options.recorded), copies)
    with_prefect = _night(recording, copies, copies / "out", prefect=True)
    told = _told(copies / "out")
    _print_night("a night with Prefect", with_prefect, told)
    _print_memory(with_prefect)
    _print_database(_database(copies / "out"))
    without = 0.0
    if options.compare:
        plain = _night(recording, copies, copies / "plain", prefect=False)
        _print_night("the same without", plain, _told(copies / "plain"))
        without = plain.spent("run")
    _print_share(with_prefect, without, told)
    again = _night(recording, copies, copies / "out", prefect=True, more=("--rules", "changed"), keep=True)
    _print_again(again, _told(copies / "out"))
    return 0


def _options() -> Any:
    parser = ArgumentParser(prog="make bench-night", description=__doc__)
    parser.add_argument("--packages", type=int, default=200)
    parser.add_argument("--recorded", type=int, default=2, help="packages read for real")
    parser.add_argument("--compare", action="store_true", help="run without Prefect too; else all of the run's own "
                        "process counts as Prefect's")  # fmt: skip
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


def _night(
    recording: Path,
    copies: Path,
    out: Path,
    *,
    prefect: bool,
    more: Sequence[str] = (),
    keep: bool = False,
) -> Watched:
    if not keep:
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(_data(out), ignore_errors=True)
    words = [sys.executable, "-m", "tests.benchmarks.replayed", str(recording), str(copies), str(out), *more]
    setting = {"HEYAN_PREFECT": str(prefect).lower(), "HEYAN_DATA": str(_data(out))}
    start = time.monotonic()
    with subprocess.Popen(words, cwd=CHECKOUT, env=os.environ | setting, stdout=subprocess.DEVNULL) as run:
        watched = _watched(run, out / WORKSPACE)
    if run.returncode:
        raise SystemExit(f"the run ended with {run.returncode}")
    watched.seconds = time.monotonic() - start
    return watched


def _data(out: Path) -> Path:
    """The user's data folder of a run, in place of the real one: no other run's records stand in it."""
    return out.with_name(f"{out.name}-data")


def _database(out: Path) -> Path:
    """Prefect's database of a run, the only one in its data folder."""
    (database,) = _data(out).rglob(DATABASE)
    return database


def _watched(run: subprocess.Popen[bytes], workspace: Path) -> Watched:
    watched = Watched()
    while run.poll() is None:
        memory = dict.fromkeys(ROLES, 0)
        with suppress(psutil.Error):
            own = psutil.Process(run.pid)
            for process in (own, *own.children(recursive=True)):
                with suppress(psutil.Error):
                    role = "run" if process is own else _role(process)
                    times = process.cpu_times()
                    watched.processor[process.pid] = (role, times.user + times.system)
                    memory[role] = max(memory[role], process.memory_info().rss)
        done = [_kept(workspace / kind) for kind in ("briefs", "judged", "written")]
        watched.standings.append(Standing((done[0], done[1], done[2]), memory))
        time.sleep(LOOK_SECONDS)
    return watched


def _role(process: psutil.Process) -> str:
    command = " ".join(process.cmdline())
    return "server" if SERVER in command else "readers"


def _kept(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0


def _told(out: Path) -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return told


def _print_night(title: str, watched: Watched, told: Mapping[str, Any]) -> None:
    stages = ", ".join(f"{name} {seconds}" for name, seconds in told["stages"].items())
    spent = ", ".join(f"{role} {watched.spent(role):.1f}" for role in ROLES)
    print(f"{title}: {told['packages']} packages, {told['pages']} pages, {watched.seconds:.0f} s ({stages}); "
          f"processor seconds: {spent}", flush=True)  # fmt: skip


def _print_memory(watched: Watched) -> None:
    """What the largest process of each role held when so many packages were put together, judged and written."""
    print(f"{'':24}" + "".join(f"{role + ', MB':>14}" for role in ROLES))
    for step, index in (("put together", 0), ("judged", 1), ("written", 2)):
        most = max(standing.done[index] for standing in watched.standings)
        for share in SHARES:
            reached = next(each for each in watched.standings if each.done[index] >= share * most)
            figures = "".join(f"{reached.memory[role] / MEGABYTE:14.0f}" for role in ROLES)
            print(f"{step + ' ' + str(reached.done[index]):24}{figures}")
    figures = "".join(f"{max(s.memory[role] for s in watched.standings) / MEGABYTE:14.0f}" for role in ROLES)
    print(f"{'most':24}{figures}", flush=True)


def _print_database(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        counts = {
            table: connection.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("flow_run", "task_run", "events", "artifact", "log")
        }
    size = sum(file.stat().st_size for file in database.parent.glob(f"{database.name}*"))
    print("Prefect's database:", ", ".join(f"{table} {count}" for table, count in counts.items()),
          f"{size / MEGABYTE:.1f} MB", flush=True)  # fmt: skip


def _print_share(with_prefect: Watched, without: float, told: Mapping[str, Any]) -> None:
    """What Prefect costs: its server, and in the run's own process what a run without it does not spend there."""
    server, own = with_prefect.spent("server"), with_prefect.spent("run") - without
    real = told["pages"] * PAGE_SECONDS
    share = 100 * (server + own) / real
    print(f"Prefect: server {server:.1f} and {own:.1f} in the run, {share:.2f} % of the {real:.0f} processor seconds "
          f"that {told['pages']} pages cost at {PAGE_SECONDS} a page", flush=True)  # fmt: skip


def _print_again(watched: Watched, told: Mapping[str, Any]) -> None:
    spent = watched.spent("run") + watched.spent("readers")
    judged = told["stages"]["核验"] + told["stages"]["输出"]
    print(f"judged again under other rules: {watched.seconds:.0f} s, of it judging and writing {judged:.1f} s, "
          f"{told['packages'] / judged:.1f} packages a second; {spent / told['packages']:.3f} processor seconds a "
          f"package, the server's {watched.spent('server'):.1f} s aside", flush=True)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
