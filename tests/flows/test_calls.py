"""A call as other processes and the night's flow are told it."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from flows.orchestration.cluster import refuse_misspelt
from flows.orchestration.nightly import nightly
from flows.orchestration.serving import parameters
from flows.steps.inputs import Call
from pipeline.errors import UsageProblem
from pipeline.notices.profile import DEFAULT_NOTICE


def test_every_part_of_a_call_reaches_the_night_with_paths_that_hold_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call = Call(
        Path("inbox"),
        Path("online.xlsx"),
        Path("out"),
        "notice",
        Path("winners.csv"),
        None,
        3,
        Path("a.prom"),
        "local:2",
    )
    told = parameters(call)
    assert told == {
        "inbox": str(tmp_path / "inbox"), "online": str(tmp_path / "online.xlsx"), "out": str(tmp_path / "out"),
        "profile": str(tmp_path / "notice"), "prior_winners": str(tmp_path / "winners.csv"), "corrections": None,
        "workers": 3, "metrics": str(tmp_path / "a.prom"), "dask": "local:2",
    }  # fmt: skip
    assert set(told) == set(inspect.signature(nightly.fn).parameters)


def test_a_notice_of_the_program_keeps_its_name(tmp_path: Path) -> None:
    assert Call(tmp_path, tmp_path, tmp_path).absolute().profile == DEFAULT_NOTICE


@pytest.mark.parametrize("where", ["local:", "local:0", "10.0.0.5", "tcp://", "here"])
def test_a_misspelt_scheduler_is_refused_before_the_night(where: str) -> None:
    with pytest.raises(UsageProblem):
        refuse_misspelt(where)
    refuse_misspelt("tcp://10.0.0.5:8786")
    refuse_misspelt("local:4")
