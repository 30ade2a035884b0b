"""Addresses of places in storage that is no file system: `s3://bucket/inbox`, any other that fsspec knows."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"(?:(?:memory|file):|[A-Za-z][A-Za-z0-9+.\-]*(?:://|::))")
_WITHOUT_SLASHES = re.compile(r"^(memory|file):(?!//)/*")
_PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^/]*(?=@)")
UNNAMED = "root"


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
