"""A long piece of work tells whoever waits for it how far it is: few words, now and then, and never a value."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

Told = Callable[[str], None]
"""Hears the words."""
SECONDS_BETWEEN = 0.5
"""A screen is looked at, not read: work that tells at each step sends two messages a second."""


@dataclass(frozen=True, slots=True)
class Word:
    """What comes through a pipe before the answer."""

    said: str


_listener: Told | None = None
_said_at = 0.0


@contextmanager
def heard_by(listener: Told) -> Iterator[None]:
    """While this lasts, what this process tells reaches the listener."""
    global _listener, _said_at
    before, _listener, _said_at = _listener, listener, 0.0
    try:
        yield
    finally:
        _listener = before


def tell(words: str) -> None:
    """Say how far the work is, where somebody listens and nothing was said just now."""
    global _said_at
    if _listener is not None and time.monotonic() - _said_at >= SECONDS_BETWEEN:
        _said_at = time.monotonic()
        _listener(words)
