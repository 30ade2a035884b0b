"""What the night does about a share that goes, a run already at work, an error of unknown text; without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.orchestration import nightly
from flows.steps.arrival import ARRIVED, Arrival, ShareAway
from flows.steps.inputs import Call
from flows.steps.occupancy import alone
from pipeline.errors import HeyanProblem
from pipeline.store import Store
from tests.flows.examples import SECRETS, finished


@pytest.fixture
def call(tmp_path: Path) -> Call:
    return Call(tmp_path / "inbox", tmp_path / "online.json", tmp_path / "out")


@pytest.fixture
def runs(call: Call, monkeypatch: pytest.MonkeyPatch) -> list[Arrival]:
    """The runs that were made, of an inbox that is never there."""
    made: list[Arrival] = []
    monkeypatch.setattr(nightly, "_await_inputs", lambda _: Arrival({"a": (1, 1)}))
    monkeypatch.setattr(nightly, "_run", lambda _, arrival: made.append(arrival) or finished())
    return made


def test_a_share_that_went_under_the_run_makes_it_run_once_more(
    call: Call, runs: list[Arrival], monkeypatch: pytest.MonkeyPatch
) -> None:
    def there(_: Call) -> None:
        if len(runs) == 1:
            raise ShareAway("away")

    monkeypatch.setattr(nightly, "refuse_absent", there)
    assert nightly._night(call) == finished()
    assert len(runs) == 2
    assert Store(call.workspace).has(ARRIVED)


def test_one_that_stays_away_leaves_the_run_unmarked(call: Call, runs: list[Arrival]) -> None:
    with pytest.raises(ShareAway):
        nightly._night(call)
    assert len(runs) == nightly.ATTEMPTS
    assert not Store(call.workspace).has(ARRIVED) and not Store(call.workspace).has("last-run")


def test_a_folder_in_use_is_skipped(call: Call, runs: list[Arrival]) -> None:
    with alone(call.out):
        told = nightly.nightly.fn(str(call.inbox), str(call.online), str(call.out), workers=1)
    assert told.name == "Skipped" and "另一个核验" in told.message and not runs


def test_of_an_unexpected_error_prefect_keeps_the_name_alone(
    call: Call, runs: list[Arrival], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(SECRETS[0])

    monkeypatch.setattr(nightly, "_run", broken)
    with pytest.raises(HeyanProblem) as told:
        nightly.nightly.fn(str(call.inbox), str(call.online), str(call.out), workers=1)
    assert str(told.value) == "程序出错（RuntimeError）"
    assert SECRETS[0] not in capfd.readouterr().err
