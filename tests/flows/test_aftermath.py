from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.steps.aftermath import conclude, watched
from flows.steps.closing import LAST_RUN, LastRun
from flows.steps.inputs import CALLED, Call, Called
from flows.steps.last_night import RUN_TIMES, RunTimes
from pipeline.errors import UsageProblem
from pipeline.reports.products import write_run
from pipeline.settings import settings
from pipeline.store import Store
from tests.flows.examples import SECRETS, finished
from tests.flows.webhook import receiving


@pytest.fixture
def call(tmp_path: Path) -> Call:
    return Call(tmp_path, tmp_path, tmp_path / "out", metrics=tmp_path / "heyan.prom")


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_a_finished_run_is_marked_measured_and_told(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as receiver:
        monkeypatch.setenv("HEYAN_NOTIFY", receiver.address)
        with watched(call):
            assert conclude(call, finished()) == finished()
    assert [each["title"] for each in receiver.arrived] == ["核验完成"]
    store = Store(call.workspace)
    assert store.get(LAST_RUN, LastRun) is not None
    times = store.get(RUN_TIMES, RunTimes)
    assert times is not None and times.ended is not None and times.ended >= times.began
    assert store.get(CALLED, Called) == Called(inbox=str(call.inbox.resolve()), profile=call.profile)
    assert call.metrics is not None and "heyan_pages 120.0" in call.metrics.read_text()


def test_what_does_not_go_out_is_a_line_in_run_json_and_harms_nothing(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_run(call.out, finished().record)
    with receiving(503) as receiver:
        monkeypatch.setenv("HEYAN_NOTIFY", receiver.address)
        concluded = conclude(call, finished())
    faults = json.loads((call.out / "run.json").read_text(encoding="utf-8"))["faults"]
    assert [fault["stage"] for fault in faults] == ["识别", "通知"]
    assert len(concluded.record.faults) == 2
    assert Store(call.workspace).has(LAST_RUN)


@pytest.mark.parametrize(
    ("problem", "raised", "reason"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), SECRETS[0]), UsageProblem, "磁盘已满"),
        (RuntimeError(f"手机 {SECRETS[0]}"), RuntimeError, "程序出错（RuntimeError）"),
    ],
)
def test_a_run_that_breaks_is_told_before_it_goes_down(
    call: Call, monkeypatch: pytest.MonkeyPatch, problem: Exception, raised: type[Exception], reason: str
) -> None:
    with receiving() as receiver:
        monkeypatch.setenv("HEYAN_NOTIFY", receiver.address)
        with pytest.raises(raised), watched(call):
            raise problem
    (told,) = receiver.arrived
    assert told["title"] == "核验没有完成" and reason in told["message"]
    assert SECRETS[0] not in told["message"]
    times = Store(call.workspace).get(RUN_TIMES, RunTimes)
    assert times is not None and times.ended is None
