"""Processes that end with the one that started them, however it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
import time

SET_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
STARTER = "HEYAN_SERVED_BY"
"""Names the process that starts flows, in their environment: a flow of a work pool's worker has none."""
SECONDS_BETWEEN = 1.0
ORPHANED = 1
PRCTL = ctypes.CDLL(None).prctl
"""Looked up here: between fork and program nothing may wait for a lock that another thread had."""


def end_with_parent(parent: int) -> None:
    """In a child, before its program (`preexec_fn`): be killed when the parent's thread dies, or it died already."""
    PRCTL(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(ORPHANED)


def name_starter() -> None:
    """Let flows that this process starts end with it."""
    os.environ[STARTER] = str(os.getpid())


def end_with_starter() -> None:
    """In a flow's process: end when the process named as its starter is its parent no more."""
    starter = os.environ.get(STARTER)
    if starter and int(starter) == os.getppid():
        threading.Thread(target=_watch, args=(int(starter),), daemon=True).start()


def _watch(starter: int) -> None:
    while os.getppid() == starter:
        time.sleep(SECONDS_BETWEEN)
    os._exit(ORPHANED)
