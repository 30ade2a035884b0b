"""One program at a time in an output folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.steps.inputs import WORKSPACE
from pipeline.errors import UsageProblem


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Holds the lock of an output folder; a dead program does not hold it.

    Raises:
        UsageProblem: Another one is at it, or the folder can't be written.
    """
    workspace = out / WORKSPACE
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(workspace / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise UsageProblem(f"输出文件夹无法写入：{out}") from problem
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        raise UsageProblem(f"另一个核验正在使用这个输出文件夹：{out}") from problem
    try:
        yield
    finally:
        os.close(descriptor)
