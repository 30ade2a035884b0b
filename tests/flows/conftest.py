"""Prefect sends nothing anywhere and keeps its records aside; one undisturbed run that others are held against."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.settings import settings
from tests.flows.commands import WORKBOOK, run
from tests.flows.tiny import make_tiny

os.environ.update(DO_NOT_TRACK="1", PREFECT_SERVER_ANALYTICS_ENABLED="false")


@pytest.fixture(scope="session", autouse=True)
def _data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's data folder for all that runs here, in place of the real one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEYAN_DATA", str(tmp_path_factory.mktemp("data")))
        settings.cache_clear()
        yield
    settings.cache_clear()


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
    shutil.copy(out / WORKBOOK, out.parent)  # runs over it again write another
    return out


@pytest.fixture(scope="session")
def first_workbook(undisturbed: Path) -> Path:
    """The workbook of that run."""
    return undisturbed.parent / WORKBOOK
