"""Sending an announcement to chat groups, mailboxes and webhooks by apprise. It never raises: what failed is told back.

Addresses carry keys and passwords, so no message, log or fault repeats one; they are told by scheme and number.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from flows.steps.announcement import Announcement
from pipeline.model.finding import Fault

STAGE = "通知"


def addresses(told: str) -> tuple[str, ...]:
    """The addresses out of `HEYAN_NOTIFY`: several parted by blanks or lines, or a file with one a line (# comments).

    Raises:
        OSError: The file can't be read.
    """
    if "://" in told or not told.strip():
        return tuple(told.split())
    lines = Path(told.strip()).expanduser().read_text(encoding="utf-8-sig").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def notify(announcement: Announcement, told: str) -> tuple[Fault, ...]:
    """Send to every address; a fault for each that did not take it."""
    try:
        found = addresses(told)
    except (OSError, UnicodeDecodeError):
        return (Fault(stage=STAGE, subject="通知地址", message="通知地址文件打不开，没有发出通知"),)
    return tuple(_send_all(announcement, found))


def _send_all(announcement: Announcement, found: tuple[str, ...]) -> Iterator[Fault]:
    for number, address in enumerate(found, start=1):
        problem = _send(announcement, address)
        if problem:
            subject = f"第 {number} 个通知地址（{address.partition('://')[0][:20]}）"
            yield Fault(stage=STAGE, subject=subject, message=problem)


def _send(announcement: Announcement, address: str) -> str:
    """Send to one address; the sentence why it did not go, or nothing."""
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its warnings repeat addresses
    try:
        sender = apprise.Apprise()
        if not sender.add(address):
            return "通知地址无法识别，没有发出"
        delivered = sender.notify(title=announcement.title, body=announcement.body)
    except Exception as problem:  # whatever a service's client does, the run has finished
        return f"通知没有发出（{type(problem).__name__}）"
    return "" if delivered else "通知没有送达"
