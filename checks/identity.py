"""The name a verdict keeps from run to run."""

from __future__ import annotations

import hashlib

DIGITS = 12
"""Hexadecimal digits of the digest: 48 bits, no collision to be expected among millions of verdicts."""


def verdict_id(package: str, code: str, field: str | None, subject: str) -> str:
    """An id of package, code, field and subject alone: never of page, box, wording or reading."""
    text = "\x1f".join((package, code, field or "", subject))
    return f"{code}-{hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}"
