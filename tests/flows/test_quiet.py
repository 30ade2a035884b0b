"""The screen is the progress bar's: what Prefect says of itself goes to a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.settings import CHECKOUT

RUN = """
import logging, sys
from pathlib import Path
from types import SimpleNamespace
from flows.orchestration import batch

def flow(told):
    logging.getLogger(sys.argv[2]).error("an event was lost")

batch.batch_flow = flow
batch._told_flow(SimpleNamespace(store=SimpleNamespace(root=Path(sys.argv[1]))))
"""


@pytest.mark.parametrize("logger", ["prefect", "prefect._internal.concurrency", "httpx"])
def test_errors_of_prefect_stay_off_the_screen(logger: str, tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path), logger], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert "an event was lost" in (tmp_path / "log" / "prefect.log").read_text(encoding="utf-8")
    assert "an event was lost" not in said.stdout + said.stderr
