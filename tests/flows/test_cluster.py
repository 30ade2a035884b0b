"""Dask: its pool behaves as the one of this machine, and a worker killed in the middle of a run changes nothing."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest

from flows.orchestration.cluster import DaskPool, dask_pool
from flows.orchestration.ground import lacking, lay_ground
from flows.steps.inputs import Call
from flows.steps.pool import WorkerLost, WorkerPool, WorkFailed
from pipeline.errors import UsageProblem
from pipeline.settings import CHECKOUT
from tests.flows import jobs
from tests.flows.commands import HEYAN, command, heyan_here, products, run
from tests.flows.ports import free_port
from tests.flows.processes import LIMIT, SPAWNED, assert_all_end, children, wait_for
from tests.flows.tiny import make_more, make_tiny

SECONDS = 60.0


def called(root: Path, dask: str = "local:1") -> Call:
    (root / "inbox" / "成都市").mkdir(parents=True, exist_ok=True)
    (root / "out" / ".heyan").mkdir(parents=True, exist_ok=True)
    return Call(root / "inbox", root / "online.json", root / "out", dask=dask)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskPool]:
    root = tmp_path_factory.mktemp("cluster")
    with WorkerPool(1, root / "log") as local, dask_pool(called(root), local) as made:
        yield made


def test_answers_come_from_a_reader_that_stays(pool: DaskPool) -> None:
    assert pool.workers == 1
    assert pool.call(jobs.double, 4, seconds=SECONDS) == 8
    assert os.getpid() != pool.call(jobs.pid, seconds=SECONDS) == pool.call(jobs.pid, seconds=SECONDS)


def test_its_reader_tells_of_the_program_and_is_warm_by_the_first_page(pool: DaskPool) -> None:
    assert list(pool._client.run(jobs.versions_known).values()) == [0]
    assert pool.call(jobs.versions_known, seconds=SECONDS) == 1


def test_what_a_worker_elsewhere_tells_reaches_who_asked(pool: DaskPool) -> None:
    words: list[str] = []
    with ThreadPoolExecutor(1) as threads:
        silent = threads.submit(pool.call, jobs.count_up, 2, seconds=SECONDS)
        assert pool.call(jobs.linger_and_tell, seconds=SECONDS, told=words.append) == 1
        assert silent.result() == 2
    assert words == ["under way"]


def test_what_fails_or_hangs_elsewhere_is_told_as_here(pool: DaskPool) -> None:
    with pytest.raises(WorkFailed) as caught:
        pool.call(jobs.fail, "13800000000", seconds=SECONDS)
    assert str(caught.value) == "ValueError"
    with pytest.raises(WorkerLost, match="超过"):
        pool.call(jobs.hang, seconds=1.0)
    with pytest.raises(WorkerLost, match="意外退出"):
        pool.call(jobs.crash, seconds=SECONDS)
    assert pool.call(jobs.double, 5, seconds=SECONDS) == 10


def test_a_machine_that_sees_other_folders_or_another_program_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = called(tmp_path)
    ground = lay_ground(call)
    assert lacking(ground) == ""
    (call.inbox / "绵阳市").mkdir()
    assert "收件夹内容不同" in lacking(ground)
    ground = lay_ground(call)
    monkeypatch.setattr("flows.orchestration.ground.reading_version", lambda: "another")
    assert "安装的程序" in lacking(ground)
    monkeypatch.undo()
    (call.workspace / "cluster").write_text("another run's word")
    assert "不是同一个" in lacking(ground)
    (call.workspace / "cluster").unlink()
    assert "看不到输出文件夹" in lacking(ground)


@pytest.mark.parametrize("address", ["local:0", "local:many", "tcp://127.0.0.1:1", "nonsense"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.orchestration.cluster.CONNECT_SECONDS", 2)
    with (
        WorkerPool(1, tmp_path / "log") as local,
        pytest.raises(UsageProblem, match=r"[Dd]ask"),
        dask_pool(called(tmp_path, address), local),
    ):
        pass


TWICE = """
import sys
from contextlib import suppress
from pathlib import Path
import dask
import flows.orchestration.cluster
from flows.orchestration.cluster import dask_pool
from flows.steps.inputs import Call
from pipeline.errors import UsageProblem
flows.orchestration.cluster.CONNECT_SECONDS = 2
for _ in range(2):
    with suppress(UsageProblem), dask_pool(Call(*map(Path, sys.argv[1:4]), dask=sys.argv[4]), None):
        pass
    print(dask.config.get("distributed.worker.daemon"))
"""


def test_one_process_can_have_one_pool_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    places = [str(tmp_path / name) for name in ("inbox", "online.json", "out")]
    words = [sys.executable, "-c", TWICE, *places, f"tcp://127.0.0.1:{free_port()}"]
    done = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.stdout.split() == ["True", "True"], done.stderr


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and its workers, each a process: the address, and the workers."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    with ExitStack() as stack:
        stack.enter_context(started(*scheduler))
        yield address, [stack.enter_context(started(HEYAN[-1], "worker", address)) for _ in range(workers)]


def is_free(lock: Path) -> bool:
    with lock.open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_what_no_worker_is_left_for_is_done_here_and_stopping_ends_all(tmp_path: Path) -> None:
    with (
        cluster(1) as (address, [worker]),
        WorkerPool(1, tmp_path / "log") as local,
        dask_pool(called(tmp_path, address), local) as pool,
    ):
        reader = psutil.Process(pool.call(jobs.pid, seconds=SECONDS))
        assert reader.ppid() == worker.pid
        with ThreadPoolExecutor(1) as threads:
            under_way = threads.submit(pool.call, jobs.linger, seconds=SECONDS)
            time.sleep(0.5)
            worker.kill()
            assert under_way.result() == os.getpid()
        assert_all_end([reader], 20)
        pool.stop()
        with pytest.raises(WorkerLost, match="已停止"):
            pool.call(jobs.pid, seconds=SECONDS)


@pytest.mark.drill
@pytest.mark.reader
def test_a_worker_killed_in_the_middle_of_a_run_changes_nothing(tmp_path: Path) -> None:
    make_tiny(tmp_path)
    make_more(tmp_path, 4)
    out = tmp_path / "out"
    with cluster(2) as (address, [doomed, other]):
        arguments = [*command(tmp_path, out), "--dask", address]
        process = subprocess.Popen(arguments, cwd=CHECKOUT, env=os.environ | {"HEYAN_PREFECT": "false"})
        readers = _readers_of(doomed.pid, process, out)
        doomed.send_signal(signal.SIGKILL)
        assert process.wait(LIMIT) == 0
        assert len(readers) == 1
        assert_all_end(readers, 10)
        assert other.poll() is None
        remaining = psutil.Process(other.pid).children(recursive=True)
        assert remaining, "the other worker read nothing"
    assert_all_end(remaining, 10)
    assert is_free(out / ".heyan" / "lock")
    assert run(tmp_path, tmp_path / "plain").returncode == 0
    assert products(out) == products(tmp_path / "plain")


def _readers_of(worker: int, process: subprocess.Popen[bytes], out: Path) -> list[psutil.Process]:
    """The reader of a Dask worker, once it is at work and some page is read while others are not."""

    def readers() -> list[psutil.Process]:
        return children(worker, SPAWNED)

    wait_for(lambda: readers() and any((out / ".heyan" / "pages").rglob("0001.json")), during=process)
    return readers()


@pytest.mark.parametrize("address", ["abc", "tcp://10.0.0.5", "tcp://10.0.0.5:x"])
def test_a_worker_for_no_address_says_so_in_a_sentence(address: str) -> None:
    answer = heyan_here("worker", address)
    assert answer.returncode == 2
    assert answer.stderr.startswith("heyan：Dask 调度器地址应为") and len(answer.stderr.splitlines()) == 1
