"""Work for pool tests: importable, so that a spawned process finds it."""

from __future__ import annotations

import os
import signal
import time

from flows.steps import telling
from flows.steps.telling import tell
from flows.steps.versions import reading_version


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


def count_up(number: int) -> int:
    """The number, said on the way to it; each of its figures at once."""
    telling.SECONDS_BETWEEN = 0.0
    for each in range(1, number + 1):
        tell(f"{each}/{number}")
    return number


def chatter(number: int) -> int:
    """The number; as many words as fast as they come."""
    for each in range(number):
        tell(str(each))
    return number


def tell_for_ever() -> None:
    while True:
        tell("still here")
        time.sleep(0.05)


def linger_and_tell() -> int:
    """1, a second after saying so."""
    tell("under way")
    time.sleep(1)
    return 1


def versions_known() -> int:
    """Whether this process has worked out what its readings rest on."""
    return reading_version.cache_info().currsize
