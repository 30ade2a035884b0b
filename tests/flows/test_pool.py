"""The pool: one job's crash, hang or exception harms nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from flows.steps.pool import WorkerLost, WorkerPool, WorkFailed
from pipeline.settings import CHECKOUT
from tests.flows import jobs
from tests.flows.processes import assert_all_end

LIMIT = 60.0


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerPool]:
    with WorkerPool(2, tmp_path_factory.mktemp("pool") / "log") as made:
        yield made


def test_answers_come_back(pool: WorkerPool) -> None:
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda n: pool.call(jobs.double, n, seconds=LIMIT), range(8))) == list(range(0, 16, 2))


def test_work_tells_how_far_it_is_before_it_answers(pool: WorkerPool) -> None:
    words: list[str] = []
    assert pool.call(jobs.count_up, 3, seconds=LIMIT, told=words.append) == 3
    assert words == ["1/3", "2/3", "3/3"]
    assert pool.call(jobs.count_up, 3, seconds=LIMIT) == 3


def test_work_that_tells_all_the_time_is_heard_now_and_then(tmp_path: Path) -> None:
    words: list[str] = []
    with WorkerPool(1, tmp_path / "log") as fresh:
        assert fresh.call(jobs.chatter, 10_000, seconds=LIMIT, told=words.append) == 10_000
    assert words and len(words) < 100


def test_who_breaks_while_listening_leaves_no_answer_to_the_next(pool: WorkerPool) -> None:
    def breaks(words: str) -> None:
        raise LookupError(words)

    with pytest.raises(LookupError):
        pool.call(jobs.linger_and_tell, seconds=LIMIT, told=breaks)
    assert pool.call(jobs.count_up, 7, seconds=LIMIT) == 7


def test_work_that_tells_has_no_more_time_for_it(pool: WorkerPool) -> None:
    with pytest.raises(WorkerLost, match="超过 2 秒"):
        pool.call(jobs.tell_for_ever, seconds=2.0, told=lambda _: None)


def test_work_runs_in_other_processes(pool: WorkerPool) -> None:
    assert pool.call(jobs.pid, seconds=LIMIT) != os.getpid()


def test_an_exception_is_told_by_name_alone(pool: WorkerPool) -> None:
    with pytest.raises(WorkFailed) as caught:
        pool.call(jobs.fail, "13800000000", seconds=LIMIT)
    assert str(caught.value) == "ValueError"


def test_no_value_reaches_the_log(tmp_path: Path) -> None:
    with WorkerPool(1, tmp_path / "log") as pool, pytest.raises(WorkFailed):
        pool.call(jobs.fail, "13800000000", seconds=LIMIT)
    logged = (tmp_path / "log").read_text()
    assert "ValueError" in logged
    assert "13800000000" not in logged


def test_a_crash_is_told_and_the_next_job_runs(pool: WorkerPool) -> None:
    with pytest.raises(WorkerLost):
        pool.call(jobs.crash, seconds=LIMIT)
    assert pool.call(jobs.double, 4, seconds=LIMIT) == 8


def test_a_hang_is_killed_at_its_limit(pool: WorkerPool) -> None:
    start = time.monotonic()
    with pytest.raises(WorkerLost, match="超过"):
        pool.call(jobs.hang, seconds=1.0)
    assert time.monotonic() - start < 10
    assert pool.call(jobs.double, 5, seconds=LIMIT) == 10


def test_a_worker_that_has_grown_is_replaced(tmp_path: Path) -> None:
    with WorkerPool(1, tmp_path / "log", worker_bytes=20 * 1024**2) as pool:
        first = pool.call(jobs.pid, seconds=LIMIT)
        assert pool.call(jobs.pid, seconds=LIMIT) != first


def test_a_worker_keeps_its_process_below_the_limit(tmp_path: Path) -> None:
    with WorkerPool(1, tmp_path / "log") as pool:
        assert pool.call(jobs.pid, seconds=LIMIT) == pool.call(jobs.pid, seconds=LIMIT)


def test_output_of_native_libraries_stays_off_the_screen(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with WorkerPool(1, tmp_path / "log") as pool:
        pool.call(jobs.talk, seconds=LIMIT)
    assert "noise" not in capfd.readouterr().out
    assert "noise" in (tmp_path / "log").read_text()


STARTER = """
import sys, time
from pathlib import Path
from flows.steps.pool import WorkerPool
from tests.flows import jobs
if __name__ == "__main__":
    pool = WorkerPool(1, Path(sys.argv[1]))
    print(pool.call(jobs.pid, seconds=60), flush=True)
    {then}
"""


@pytest.mark.parametrize("then", ["time.sleep(60)", "pool.call(jobs.hang, seconds=600)"], ids=["idle", "hanging"])
def test_workers_end_when_their_parent_is_killed(tmp_path: Path, then: str) -> None:
    command = [sys.executable, "-c", STARTER.format(then=then), str(tmp_path / "log")]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)
    assert parent.stdout is not None
    worker = psutil.Process(int(parent.stdout.readline()))
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    assert_all_end([worker], 10)


def test_stopping_ends_those_who_wait_at_once(tmp_path: Path) -> None:
    with WorkerPool(1, tmp_path / "log") as pool, ThreadPoolExecutor(2) as threads:
        pool.call(jobs.pid, seconds=LIMIT)
        waiting = threads.submit(pool.call, jobs.hang, seconds=LIMIT)
        time.sleep(0.3)
        threads.submit(pool.stop).result(timeout=5)
        with pytest.raises(WorkerLost):
            waiting.result(timeout=5)
        with pytest.raises(WorkerLost, match="已停止"):
            pool.call(jobs.pid, seconds=LIMIT)
