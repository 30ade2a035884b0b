from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from flows.orchestration.environment import end_left_over


def server(home: Path) -> subprocess.Popen[bytes]:
    """A process that looks like an embedded server of the run that has `home`."""
    waiting = [sys.executable, "-c", "print(flush=True); import time; time.sleep(60)", "uvicorn"]
    process = subprocess.Popen(waiting, env=os.environ | {"PREFECT_HOME": str(home)}, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_servers_of_killed_runs_are_ended_and_no_others(tmp_path: Path) -> None:
    own, others = server(tmp_path / "a"), server(tmp_path / "b")
    try:
        end_left_over(tmp_path / "a")
        assert own.wait(10) != 0
        assert others.poll() is None
    finally:
        others.kill()
        others.wait()
