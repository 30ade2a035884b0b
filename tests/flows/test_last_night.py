from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from flows.steps.inputs import Call
from flows.steps.last_night import last_night, note_beginning, note_end
from flows.steps.occupancy import alone
from pipeline.errors import UsageProblem
from pipeline.store import Store

NIGHT = datetime(2021, 11, 20, 1, 0, tzinfo=UTC)
DAY = timedelta(hours=26)


@pytest.fixture
def call(tmp_path: Path) -> Call:
    return Call(tmp_path, tmp_path, tmp_path / "out")


def test_no_run_ever(call: Call) -> None:
    found = last_night(call.out, NIGHT, DAY)
    assert not found.ended and "没有核验记录" in found.sentence
    assert not call.out.exists()


def test_a_run_that_ended_is_enough_for_a_day(call: Call) -> None:
    store = Store(call.workspace)
    note_beginning(store, NIGHT)
    note_end(store, NIGHT + timedelta(hours=3), failed=2)
    found = last_night(call.out, NIGHT + timedelta(hours=7), DAY)
    assert found.ended and "2 个包程序未能处理" in found.sentence
    late = last_night(call.out, NIGHT + timedelta(hours=31), DAY)
    assert not late.ended and "26 小时内没有新的核验完成" in late.sentence


def test_a_run_that_broke_off_is_told_from_one_still_at_it(call: Call) -> None:
    store = Store(call.workspace)
    note_end(store, NIGHT - timedelta(hours=20), failed=0)
    note_beginning(store, NIGHT)
    broken = last_night(call.out, NIGHT + timedelta(hours=2), DAY)
    assert not broken.ended and "中途停止" in broken.sentence
    with alone(call.out):
        running = last_night(call.out, NIGHT + timedelta(hours=2), DAY)
    assert not running.ended and "仍在进行" in running.sentence


def test_a_clock_set_back_leaves_it_open(call: Call) -> None:
    note_end(Store(call.workspace), NIGHT, failed=0)
    found = last_night(call.out, NIGHT - timedelta(days=1), DAY)
    assert not found.ended and "校准本机时钟" in found.sentence


def test_the_command_says_it_in_a_sentence_and_an_exit_status(call: Call) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["doctor", "--last-run", str(call.out)]).exit_code == 1
    note_end(Store(call.workspace), datetime.now(UTC), failed=0)
    answer = runner.invoke(app, ["doctor", "--last-run", str(call.out)])
    assert answer.exit_code == 0 and "完成" in answer.output and len(answer.output.splitlines()) == 1
    assert isinstance(runner.invoke(app, ["doctor", "--last-run"]).exception, UsageProblem)
