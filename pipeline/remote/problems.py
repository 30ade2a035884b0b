"""What storage answers when it does not give: one sentence each, and whether trying again may help.

Every driver of fsspec raises exceptions of its own; this is the one place that knows of them.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from pipeline.errors import UsageProblem

T = TypeVar("T")
WAITS = (1.0, 4.0, 15.0)
"""Seconds before further attempts: a connection that broke, a service that asks for less haste."""
UNSIGNED = {
    "NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "TokenRetrievalError",
    "ProfileNotFound", "SSOTokenLoadError", "UnauthorizedSSOTokenError", "AuthenticationException",
}  # fmt: skip
"""Exceptions by which drivers say that nobody told them who is asking."""
MISCALLED = (ValueError, TypeError, NotImplementedError, FileExistsError, IsADirectoryError, NotADirectoryError)
MISCALLED_BY_NAME = {"ParamValidationError", "InvalidRegionError", "InvalidEndpointDiscoveryConfigurationError"}
UNHEALABLE = {errno.EINVAL, errno.ENAMETOOLONG, errno.ENOSYS, errno.EPERM}
NO_ROOM_HERE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
"""The system's own errors about this machine's disk: they go on as they are."""


class RemoteRefused(UsageProblem):
    """The storage will not give or take: wrong credentials, no such bucket, an address that is none."""


class RemoteAbsent(RemoteRefused):
    """What was asked for is not there."""


class RemoteAway(UsageProblem):
    """The storage can't be reached now, or broke off: it may come back by itself."""


def asked(
    where: str, ask: Callable[[], T], waits: Sequence[float] = WAITS, sleep: Callable[[float], None] = time.sleep
) -> T:
    """What the storage answers, asked again with growing waits (seconds) where that may help.

    Raises:
        RemoteRefused: It will not answer, however often.
        RemoteAway: It did not answer in all this time.
        OSError: This machine's disk takes no more.
    """
    for wait in waits:
        try:
            return _told(where, ask)
        except RemoteAway:
            sleep(wait)
    return _told(where, ask)


def _told(where: str, ask: Callable[[], T]) -> T:
    try:
        return ask()
    except UsageProblem:
        raise
    except Exception as problem:  # drivers share no base class
        if isinstance(problem, OSError) and problem.errno in NO_ROOM_HERE:
            raise
        raise _problem(where, problem) from problem


def _problem(where: str, problem: Exception) -> UsageProblem:
    names = {each.__name__ for each in type(problem).__mro__}
    name = type(problem).__name__
    if isinstance(problem, ImportError):
        return RemoteRefused(f"没有安装访问 {where} 所需的组件，请执行 .venv/bin/pip install 'heyan[s3]' 后再试")
    if names & UNSIGNED:
        return RemoteRefused(f"没有访问 {where} 的凭据，请设置 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 等环境变量")
    if isinstance(problem, PermissionError):
        return RemoteRefused(f"{where} 拒绝了访问，请检查凭据和读写权限")
    if isinstance(problem, FileNotFoundError):
        return RemoteAbsent(f"{where} 不存在，请检查桶名和路径")
    if isinstance(problem, MISCALLED) or names & MISCALLED_BY_NAME:
        return RemoteRefused(f"{where} 无法使用，请检查地址写法（{name}）")
    if isinstance(problem, OSError) and problem.errno in UNHEALABLE:
        return RemoteRefused(f"{where} 不接受请求，请检查地址、区域和凭据（{name}）")
    return RemoteAway(f"连不上 {where}，或连接中断（{name}）")
