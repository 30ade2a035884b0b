"""The fault drill: what happens at night, done to real runs; after a restart the results are the undisturbed run's."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from flows.cli.exits import INTERRUPTED
from flows.steps.homes import home_of
from pipeline.settings import CHECKOUT
from tests.flows.commands import command, products, run
from tests.flows.processes import LIMIT, SPAWNED, assert_all_end, children, wait_for

pytestmark = [pytest.mark.drill, pytest.mark.reader]
SERVER = "flows.orchestration.server_process"
PATIENCE = "90"
"""Time limit of any work in these runs: long enough for a slow machine to load its models."""
MEGABYTE = 1 << 20


@contextmanager
def begun(inbox: Path, out: Path, *more: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A run under way; killed if it is still there in the end."""
    limits = {"HEYAN_PAGE_SECONDS": PATIENCE, "HEYAN_PACKAGE_SECONDS": PATIENCE}
    environment = os.environ | {"HEYAN_PREFECT": "false"} | limits | settings
    process = subprocess.Popen(
        [*command(inbox, out), *more],
        cwd=CHECKOUT, env=environment, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_reader_killed_and_one_that_hangs_cost_their_work_a_second_try(
    inbox: Path, undisturbed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with begun(inbox, out, "--workers", "2") as process:
        wait_for(lambda: len(children(process.pid, SPAWNED, recursive=True)) == 2, during=process)
        hanging, dying = children(process.pid, SPAWNED, recursive=True)
        hanging.send_signal(signal.SIGSTOP)
        dying.kill()
        assert process.wait(LIMIT) == 0
    assert_all_end([hanging, dying], 15)
    assert products(out) == products(undisturbed)


def test_the_embedded_server_killed(inbox: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with begun(inbox, out, HEYAN_PREFECT="true") as process:
        wait_for(lambda: any((out / ".heyan" / "counts").rglob("*.json")), during=process)
        servers = children(process.pid, SERVER, recursive=True)
        assert servers
        for server in servers:
            server.kill()
        assert process.wait(LIMIT) == 0
    assert_all_end(servers, 15)
    assert products(out) == products(undisturbed)


def test_the_run_killed_takes_its_server_and_readers_along(inbox: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with begun(inbox, out, HEYAN_PREFECT="true") as process:
        wait_for(lambda: any((out / ".heyan" / "counts").rglob("*.json")), during=process)
        servers, readers = children(process.pid, SERVER, recursive=True), children(process.pid, SPAWNED, recursive=True)
        process.kill()
    assert_all_end(servers, 15)
    assert_all_end(readers, 15)
    answer = run(inbox, out, prefect=True)
    assert answer.returncode == 0, answer.stderr
    assert products(out) == products(undisturbed)
    assert (home_of("runs", out) / "prefect.db").is_file()
    assert not [path for path in out.rglob("*") if path.name.startswith("prefect.db")]


@contextmanager
def mounted(place: Path, *arguments: str) -> Iterator[None]:
    """Something mounted at a place; skips the test where this machine does not permit it."""
    place.mkdir(exist_ok=True)
    answer = subprocess.run(["mount", *arguments, str(place)], capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip(f"this machine does not permit mounting: {answer.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_fills_up(inbox: Path, undisturbed: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with mounted(disk, "-t", "tmpfs", "-o", "size=256m", "tmpfs"):
        out, ballast = disk / "out", disk / "ballast"
        with begun(inbox, out) as process:
            wait_for(lambda: any((out / ".heyan" / "counts").rglob("*.json")), during=process)
            fill(ballast)
            _, told = process.communicate(timeout=LIMIT)
        assert process.returncode == 2
        assert "磁盘已满" in told and "接着做" in told and "Traceback" not in told
        ballast.unlink()
        answer = run(inbox, out)
        assert answer.returncode == 0, answer.stderr
        assert products(out) == products(undisturbed)
        assert not list(out.rglob("*.part-*"))


def fill(ballast: Path) -> None:
    """Write until the disk takes no more."""
    with ballast.open("wb", buffering=0) as stream:
        try:
            while stream.write(b"\0" * MEGABYTE) == MEGABYTE:
                pass
        except OSError:
            return


def test_an_output_folder_that_is_read_only(inbox: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with mounted(out, "--bind", str(out)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(out)], check=True)
        answer = run(inbox, out)
        assert answer.returncode == 2
        assert "无法写入" in answer.stderr and "Traceback" not in answer.stderr
    assert not list(out.iterdir())
    assert run(inbox, out).returncode == 0
    assert products(out) == products(undisturbed)


def test_a_clock_set_back_in_the_middle(inbox: Path, undisturbed: Path, tmp_path: Path) -> None:
    library = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)
    assert library is not None, "libfaketime is missing: scripts/apt.sh apt-test.txt"
    out, clock = tmp_path / "out", tmp_path / "clock"
    clock.write_text("+0")
    set_back = {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    with begun(inbox, out, **set_back) as process:
        wait_for(lambda: any((out / ".heyan" / "counts").rglob("*.json")), during=process)
        clock.write_text("-3d")
        assert process.wait(LIMIT) == 0
    assert products(out) == products(undisturbed)
    assert run(inbox, out).returncode == 0
    assert products(out) == products(undisturbed)


def test_a_file_that_grows_while_it_is_read(inbox: Path, undisturbed: Path, tmp_path: Path) -> None:
    received, out = tmp_path / "received", tmp_path / "out"
    shutil.copytree(inbox, received)
    scan = next((received / "inbox").rglob("扫描件.pdf"))
    whole = scan.read_bytes()
    scan.write_bytes(whole[: len(whole) // 2])
    with begun(received, out, "--workers", "1") as process:
        wait_for(lambda: children(process.pid, SPAWNED, recursive=True), during=process)
        with scan.open("ab") as stream:
            stream.write(whole[len(whole) // 2 :])
        assert process.wait(LIMIT) == 0
    assert products(out) != products(undisturbed)
    assert run(received, out).returncode == 0
    assert products(out) == products(undisturbed)


def test_interrupted_in_the_middle_nothing_is_left(inbox: Path, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with begun(inbox, out, "--dask", "local:1") as process:
        wait_for(lambda: any((out / ".heyan" / "pages").rglob("0001.json")), during=process)
        own = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == INTERRUPTED
    assert_all_end(own, 15)
    assert run(inbox, out).returncode == 0
    assert products(out) == products(undisturbed)
