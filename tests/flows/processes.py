"""Processes that tests start: waiting for what they do, and for their end."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import psutil

LIMIT = 300
"""Seconds that anything may take on a slow machine."""
SPAWNED = "spawn_main"
"""In the command of a process that multiprocessing spawned: a reader, a flow."""


def wait_for(
    state: Callable[[], object],
    seconds: float = LIMIT,
    during: subprocess.Popen[str] | subprocess.Popen[bytes] | None = None,
) -> None:
    """Wait until something holds; it fails after so many seconds, or when the process `during` which it should ends."""
    deadline = time.monotonic() + seconds
    while not state():
        assert during is None or during.poll() is None, "the process went by without it"
        assert time.monotonic() < deadline, f"not within {seconds} seconds"
        time.sleep(0.02)


def lives(process: psutil.Process) -> bool:
    """Whether a process lives; one that waits to be buried does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def children(parent: int, word: str, *, recursive: bool = False) -> list[psutil.Process]:
    """A process's children, or all its descendants, with a word in their command, oldest first; none just ended."""
    found = []
    with suppress(psutil.NoSuchProcess):
        for each in psutil.Process(parent).children(recursive=recursive):
            with suppress(psutil.Error):
                if word in " ".join(each.cmdline()):
                    found.append(each)
    return sorted(found, key=lambda each: each.create_time())


def assert_all_end(processes: Sequence[psutil.Process], seconds: float) -> None:
    """Every one of these processes, and there are some, ends within so many seconds."""
    assert processes
    wait_for(lambda: not any(map(lives, processes)), seconds)
