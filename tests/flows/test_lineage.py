from __future__ import annotations

import subprocess
import sys

import psutil

from pipeline.settings import CHECKOUT
from tests.flows.processes import assert_all_end, lives

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
    assert lives(child)
    starter.kill()
    starter.wait()
    assert_all_end([child], 10)
