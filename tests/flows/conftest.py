"""Prefect sends nothing anywhere and keeps its records aside; one undisturbed run that others are held against."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.reports.products import WORKBOOK
from pipeline.settings import settings
from tests.flows.commands import run
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
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of these tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def inbox(shared: Path) -> Path:
    """A folder with the tiny inbox and its filings; nothing writes there."""
    root = shared / "tiny"
    with _alone(shared):
        if not (root / "online.json").exists():
            make_tiny(root)
    return root


@pytest.fixture(scope="session")
def undisturbed(inbox: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run over it that nothing came in the way of: one run, of which each process has a copy."""
    with _alone(shared):
        made = shared / "undisturbed"
        if not (made / "run.json").exists():
            answer = run(inbox, made)
            assert answer.returncode == 0, answer.stderr
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    shutil.copytree(made, out)
    shutil.copy(out / WORKBOOK, out.parent)  # runs over it again write another
    return out


@contextmanager
def _alone(shared: Path) -> Iterator[None]:
    """One process after the other."""
    with (shared / "lock").open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def first_workbook(undisturbed: Path) -> Path:
    """The workbook of that run."""
    return undisturbed.parent / WORKBOOK
