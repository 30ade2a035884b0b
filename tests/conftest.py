"""The order of tests: files that wait for the clock and other processes first, and the quick ones beside them."""

from __future__ import annotations

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


def _rank(item: pytest.Item) -> int:
    return next((at for at, mark in enumerate(SLOWEST_FIRST) if item.get_closest_marker(mark)), len(SLOWEST_FIRST))
