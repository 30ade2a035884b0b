"""Work for pool tests: importable, so that a spawned process finds it."""

from __future__ import annotations

import os
import signal
import time


def double(number: int) -> int:
    return 2 * number


def pid() -> int:
    return os.getpid()


def fail(value: str) -> None:
    raise ValueError(value)


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang() -> None:
    time.sleep(600)


def linger() -> int:
    """The pid of this reader's parent, three seconds later."""
    time.sleep(3)
    return os.getppid()


def grow() -> int:
    blob = bytearray(80 * 1024**2)
    return len(blob) and os.getpid()


def talk() -> int:
    print("noise on standard output", flush=True)
    return 1
