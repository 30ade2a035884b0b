"""Working packages through in threads of this process: without Prefect, for small jobs and where it can't start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class ThreadsThrough:
    """As many threads as packages may be under way: the workers, and one more to keep them busy."""

    def __init__(self, workers: int) -> None:
        self._threads = workers + 1

    def __call__(self, stage: str, work: Callable[[str], T], subjects: Sequence[str]) -> Sequence[T]:
        """Answers of `work`, in the subjects' order."""
        del stage
        if not subjects:
            return ()
        with ThreadPoolExecutor(self._threads) as threads:
            return tuple(threads.map(work, subjects))
