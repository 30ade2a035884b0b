"""What a machine must share with a run to work for it: the folders, as they are now, and the program."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.steps.versions import (
    assembling_version,
    fingerprint,
    folder_version,
    judging_version,
    reading_version,
    writing_version,
)
from pipeline.errors import HeyanProblem
from pipeline.notices.profile import load_profile
from pipeline.store import write_whole

if TYPE_CHECKING:
    from flows.steps.inputs import Call

MARK = "cluster"
"""A file of the workspace with a word new in every run: who reads that word sees the same folder."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The common ground of a run: its folders' absolute paths and what is to be found there."""

    workspace: str
    word: str
    inbox: str
    listing: str
    profile: str
    version: str


def lay_ground(call: Call) -> Ground:
    """Mark the workspace for this run.

    Raises:
        OSError: It can't be written.
    """
    word = secrets.token_hex(16)
    write_whole(call.workspace / MARK, word.encode())
    return Ground(
        workspace=str(call.workspace),
        word=word,
        inbox=str(call.inbox),
        listing=_listing(call.inbox),
        profile=call.profile,
        version=_version(call.profile),
    )


def lacking(ground: Ground) -> str:
    """What this machine lacks to work for a run, as the end of a sentence; empty where nothing is."""
    return unseen(ground) or unlike(ground)


def unseen(ground: Ground) -> str:
    """Which folders of the run this machine does not see, told as by `lacking`; asked in a moment."""
    try:
        if (Path(ground.workspace) / MARK).read_text(encoding="ascii") != ground.word:
            return f"看到的输出文件夹不是同一个（{ground.workspace}）"
    except (OSError, UnicodeDecodeError):
        return f"看不到输出文件夹（{ground.workspace}）"
    try:
        if _listing(Path(ground.inbox)) != ground.listing:
            return f"看到的收件夹内容不同（{ground.inbox}）"
    except OSError:
        return f"看不到收件夹（{ground.inbox}）"
    return ""


def unlike(ground: Ground) -> str:
    """What of this machine's program is another than the run's, told as by `lacking`.

    It takes seconds of a processor, which who then reads pages in the same process need not spend again.
    """
    try:
        same = _version(ground.profile) == ground.version
    except HeyanProblem as problem:  # no such notice there, or a setting that can't be used
        return str(problem)
    except OSError:
        return f"看不到通知配置（{ground.profile}）"
    return "" if same else "安装的程序、模型或设置（HEYAN_DPI）与本机不同"


def _listing(folder: Path) -> str:
    return fingerprint(sorted(entry.name for entry in folder.iterdir()))


def _version(profile: str) -> str:
    return fingerprint(
        reading_version(),
        assembling_version(),
        judging_version(),
        writing_version(),
        folder_version(load_profile(profile).folder),
    )
