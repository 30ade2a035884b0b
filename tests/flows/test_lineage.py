from __future__ import annotations

import subprocess
import sys
import time

import psutil

from pipeline.settings import CHECKOUT

STARTER = """
import subprocess, sys, time
from flows.orchestration.lineage import name_starter
name_starter()
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""
CHILD = """
import time
from flows.orchestration.lineage import end_with_starter
end_with_starter()
print(flush=True)
time.sleep(60)
"""


def test_what_was_started_ends_when_its_starter_is_killed() -> None:
    starter = subprocess.Popen([sys.executable, "-c", STARTER, CHILD], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    child = psutil.Process(int(starter.stdout.readline()))
    assert child.status() != psutil.STATUS_ZOMBIE
    starter.kill()
    starter.wait()
    deadline = time.monotonic() + 10
    while _lives(child) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _lives(child)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
