"""heyan on the command line, called as people call it, and what a run leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from flows.cli.main import main
from pipeline.settings import CHECKOUT
from pipeline.settings import settings as current
from tests.flows.processes import LIMIT

HEYAN = (sys.executable, "-m", "flows.cli.main")
TOLD_APART = ("seconds", "stages")
"""What may differ from run to run (run.json); the workbook's 运行记录 as well."""


def heyan(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command with these settings in its environment: its exit status and what it said."""
    return _answer([*HEYAN, *arguments], settings)


def heyan_here(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command in this process, without the seconds that a new one takes to start: for calls that begin no run."""
    out, error, status = StringIO(), StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(error):
        for name, value in settings.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["heyan", *arguments])
        current.cache_clear()
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
    current.cache_clear()
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), error.getvalue())


def command(inbox: Path, out: Path) -> list[str]:
    """The words of a run over inbox/inbox and inbox/online.json, with one reader: a second takes longer to start."""
    places = (str(inbox / "inbox"), "--online", str(inbox / "online.json"), "--out", str(out))
    return [*HEYAN, "run", *places, "--workers", "1"]


def run(inbox: Path, out: Path, *before: str, prefect: bool = False) -> subprocess.CompletedProcess[str]:
    """That run, to its end; `before` stands before its words."""
    return _answer([*before, *command(inbox, out)], {"HEYAN_PREFECT": str(prefect).lower()})


def products(out: Path) -> dict[str, bytes]:
    """All results by path, as bytes; run.json without what may differ."""
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted((out / "results").rglob("*.*"))}
    told = json.loads((out / "run.json").read_text(encoding="utf-8"))
    found["run.json"] = json.dumps({key: told[key] for key in told if key not in TOLD_APART}).encode()
    return found


def _answer(words: list[str], settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=CHECKOUT, env=os.environ | settings, capture_output=True, text=True, timeout=LIMIT, check=False
    )
