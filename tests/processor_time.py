"""Processor time of programs that tests call: unlike the clock's it is the same on a busy machine."""

from __future__ import annotations

import resource
from collections.abc import Callable


def processor_seconds(work: Callable[[], object]) -> float:
    """What the processes that `work` starts, and waits for, spend on the processor, their own children's too."""
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime
