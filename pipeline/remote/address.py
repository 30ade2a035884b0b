"""Addresses of places in storage that is no file system: `s3://bucket/inbox`, any other that fsspec knows."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

_ADDRESS = re.compile(r"(?:(?:memory|file):|[A-Za-z][A-Za-z0-9+.\-]*(?:://|::))")
_WITHOUT_SLASHES = re.compile(r"^(memory|file):(?!//)/*")
_PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^/]*(?=@)")
UNNAMED = "root"
_SAME = {"s3a": "s3", "local": "file"}
"""Other names of a protocol."""


def is_remote(told: str) -> bool:
    """Whether what was told is an address, and not a path on this machine."""
    return bool(_ADDRESS.match(told))


def full_address(told: str) -> str:
    """The address as fsspec wants it: `memory:a` and `file:/a` with their slashes, none at the end."""
    slashed = _WITHOUT_SLASHES.sub(lambda found: f"{found[1]}://{'/' if found[1] == 'file' else ''}", told)
    protocol, sign, path = slashed.partition("://")
    return f"{protocol}{sign}{path.rstrip('/')}"


def shown_address(told: str) -> str:
    """The address as it may be shown and noted: without a password."""
    return _PASSWORD.sub(r"\1", full_address(told))


def name_of(told: str) -> str:
    """The last step of an address as it may be shown, which names the place."""
    return shown_address(told).rpartition("://")[2].rpartition("/")[2] or UNNAMED


def whereabouts(told: str) -> str:
    """Where a path or an address leads, one place said in one way, so that two can be compared."""
    protocol, _, path = full_address(told).partition("://") if is_remote(told) else ("file", "", told)
    protocol = _SAME.get(protocol, protocol)
    return f"{protocol}://{Path(path).resolve() if protocol == 'file' else posixpath.normpath(path)}"


def has_password(told: str) -> bool:
    """Whether an address holds a password: it would stand in notes, records and Prefect's parameters."""
    return is_remote(told) and shown_address(told) != full_address(told)
