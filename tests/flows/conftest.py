"""Prefect, wherever a test imports it, sends nothing anywhere; one undisturbed run that others are held against."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.flows.commands import run
from tests.flows.tiny import make_tiny

os.environ.update(DO_NOT_TRACK="1", PREFECT_SERVER_ANALYTICS_ENABLED="false")


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny inbox and its filings; nothing writes there."""
    root = tmp_path_factory.mktemp("tiny")
    make_tiny(root)
    return root


@pytest.fixture(scope="session")
def undisturbed(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run over it that nothing came in the way of."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    answer = run(inbox, out)
    assert answer.returncode == 0, answer.stderr
    return out
