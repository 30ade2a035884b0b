"""The order of tests: files that wait for the clock and other processes first, and the quick ones beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

SLOWEST_FIRST = ("prefect", "reader")
"""Marks of tests that start real services and real readers."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files by the slowest mark in them; within a file, and among files alike, the order stays."""
    ranks: dict[Path, int] = {}
    for item in items:
        ranks[item.path] = min(ranks.get(item.path, len(SLOWEST_FIRST)), _rank(item))
    items.sort(key=lambda item: ranks[item.path])


def _rank(item: pytest.Item, marks: Sequence[str] = SLOWEST_FIRST) -> int:
    return next((rank for rank, mark in enumerate(marks) if item.get_closest_marker(mark)), len(marks))
