"""A worker lost while it counts a file's pages costs the file a second try, and no more than that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from PIL import Image

from flows.steps.pool import WorkerLost
from flows.steps.progress import Silent
from flows.steps.reading import ATTEMPTS, PageCount, PageReader, count_key, count_pages
from pipeline.intake.listing import file_hash
from pipeline.model.document import Format, SourceFile
from pipeline.store import Store


class Losing:
    """Does the work itself, but is lost the first `lost` times."""

    workers = 1

    def __init__(self, lost: int) -> None:
        self.calls, self._lost = 0, lost

    def call(self, work: Callable[..., Any], *arguments: Any, seconds: float, told: Any = None) -> Any:
        self.calls += 1
        if self.calls <= self._lost:
            raise WorkerLost("处理进程意外退出")
        return work(*arguments)

    def stop(self) -> None:
        """Nothing is under way."""


@pytest.fixture
def scan(tmp_path: Path) -> SourceFile:
    path = tmp_path / "扫描件.pdf"
    Image.new("RGB", (300, 400), "white").save(path, "PDF")
    return SourceFile(path=path.name, sha256=file_hash(path), size=1, format=Format.PDF, location=str(path), media=True)


def test_a_worker_lost_once_is_made_up_for(scan: SourceFile, tmp_path: Path) -> None:
    pool, store = Losing(1), Store(tmp_path / "store")
    assert PageReader(pool, store, "jiebang-2021", Silent()).count(scan) == PageCount(pages=1)
    assert store.has(count_key(scan.sha256)) and pool.calls == 2


def test_one_that_is_lost_each_time_is_told_and_not_kept(scan: SourceFile, tmp_path: Path) -> None:
    pool, store = Losing(ATTEMPTS), Store(tmp_path / "store")
    told = PageReader(pool, store, "jiebang-2021", Silent()).count(scan)
    assert told.pages == 0 and "意外退出" in told.problem
    assert not store.has(count_key(scan.sha256)) and pool.calls == ATTEMPTS


class Meeting:
    """Two workers; whoever counts waits until the other counts as well."""

    workers = 2

    def __init__(self) -> None:
        self._both = Barrier(2, timeout=30)

    def call(self, work: Callable[..., Any], *arguments: Any, seconds: float, told: Any = None) -> Any:
        if work is count_pages:
            self._both.wait()
        return PageCount(pages=0)

    def stop(self) -> None:
        """Nothing is under way."""


def test_a_packages_files_are_counted_side_by_side(scan: SourceFile, tmp_path: Path) -> None:
    files = [scan, scan.model_copy(update={"path": "另一份.pdf", "sha256": "ab" * 32})]
    assert PageReader(Meeting(), Store(tmp_path / "store"), "jiebang-2021", Silent()).read("包", files) == ()
