"""An output folder taken for one run: nobody else in it meanwhile, and a sentence where it takes no more."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.steps.inputs import WORKSPACE, Call
from pipeline.errors import UsageProblem

NO_ROOM = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "输出文件夹所在磁盘只读",
    errno.EACCES: "输出文件夹没有写入权限",
}
"""Why an output folder takes no more, by the system's error."""


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


def is_occupied(call: Call) -> bool:
    """Whether a run is at it in the output folder now."""
    try:
        descriptor = os.open(call.workspace / "lock", os.O_RDWR)
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
def room(call: Call) -> Iterator[None]:
    """What can't be written for want of room or right is said in a sentence.

    Raises:
        UsageProblem: Saying so.
    """
    try:
        yield
    except OSError as problem:
        reason = NO_ROOM.get(problem.errno or 0)
        if reason is None:
            raise
        raise UsageProblem(f"{reason}，核验未完成；处理后再次运行同样的命令会接着做：{call.out}") from problem
