"""Pieces of work done in threads, their answers as they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")


def side_by_side(work: Callable[[S], T], subjects: Iterable[S], at_once: int) -> Iterator[T]:
    """Answers of `work` in the subjects' order, so many under way at once.

    Raises:
        Whatever `work` raised first; what was not begun by then, or when nobody asks for more, is left undone.
    """
    threads = ThreadPoolExecutor(at_once)
    try:
        yield from threads.map(work, subjects)
    finally:
        threads.shutdown(cancel_futures=True)
