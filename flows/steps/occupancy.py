"""An output folder taken for one run: nobody else in it meanwhile, and a sentence where it takes no more."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.steps.inputs import WORKSPACE
from pipeline.errors import UsageProblem

NO_ROOM = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "所在磁盘只读",
    errno.EACCES: "没有写入权限",
}
"""Why a folder takes no more, by the system's error."""
GOES_ON = "核验未完成；处理后再次运行同样的命令会接着做"
"""What a run that found no room asks for."""


class Occupied(UsageProblem):
    """Another run has the output folder."""


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """One run at a time in an output folder; the lock of a run that died is free.

    Raises:
        Occupied: Another one is at it.
        UsageProblem: The folder can't be written.
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
        os.close(descriptor)
        raise Occupied(f"另一个核验正在使用这个输出文件夹：{out}") from problem
    try:
        yield
    finally:
        os.close(descriptor)


def is_occupied(out: Path) -> bool:
    """Whether a run is at it in an output folder now."""
    try:
        descriptor = os.open(out / WORKSPACE / "lock", os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def room(folder: Path, then: str = GOES_ON) -> Iterator[None]:
    """What can't be written for want of room or right is told in a sentence; `then` says what came of it, what to do.

    Raises:
        UsageProblem: Saying so.
    """
    try:
        yield
    except OSError as problem:
        reason = NO_ROOM.get(problem.errno or 0)
        if reason is None:
            raise
        raise UsageProblem(f"{reason}，{then}：{folder}") from problem
