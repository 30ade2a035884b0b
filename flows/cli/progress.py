"""The progress bar: stage, package, pages, time left."""

from __future__ import annotations

from threading import Lock
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

UNITS = {"识别": "页", "推荐表": "个", "取件": "个文件", "放回": "个文件"}
"""What a stage counts; the others count packages."""


class Bar:
    """Draws on a terminal; elsewhere (a log, a pipe) a line a stage."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            TextColumn("{task.fields[unit]}"),
            TimeElapsedColumn(),
            TextColumn("剩余"),
            TimeRemainingColumn(compact=True),
            TextColumn("[dim]{task.fields[subject]}"),
            console=console,
            disable=not console.is_terminal,
        )
        self._console = console
        self._tasks: dict[str, TaskID] = {}
        self._lock = Lock()

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def begin(self, stage: str, total: int) -> None:
        """A stage begins."""
        with self._lock:
            self._tasks[stage] = self._progress.add_task(
                stage, total=total, unit=UNITS.get(stage, "包"), subject="", visible=total > 0
            )
        if not self._console.is_terminal and total:
            self._console.print(f"{stage}：{total} {UNITS.get(stage, '包')}")

    def grow(self, stage: str, more: int) -> None:
        """A stage turned out larger."""
        with self._lock:
            task = self._progress.tasks[self._tasks[stage]]
            self._progress.update(task.id, total=(task.total or 0) + more, visible=(task.total or 0) + more > 0)

    def advance(self, stage: str, subject: str, units: int = 1) -> None:
        """Some units are done."""
        with self._lock:
            self._progress.update(self._tasks[stage], advance=units, subject=subject)

    def note(self, stage: str, subject: str, words: str) -> None:
        """Of a subject under way: how far it is."""
        with self._lock:
            if stage in self._tasks:
                self._progress.update(self._tasks[stage], subject=f"{words}　{subject}".strip(), visible=True)
