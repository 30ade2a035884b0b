"""Where a run's time goes: the clock's and the processor's seconds of each of its steps, in all its processes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

import flows.cli.run
import flows.steps.batch
from flows.steps.batch import Batch

SERVER = "flows.orchestration.server_process"
TAKING_IN, LOOKING, CLOSING = "taking in", "what is left", "closing"
"""Steps that no stage of run.json is: inputs, whether anything is left to do, the workbook."""


@dataclass
class StageClock:
    """Seconds by step: the clock's, those of the run's own process, and those of its readers."""

    steps: dict[str, dict[str, float]] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measures a step; a step again is added up."""
        before = _spent()
        try:
            yield
        finally:
            step = self.steps.setdefault(name, dict.fromkeys(before, 0.0))
            for kind, seconds in _spent().items():
                step[kind] += seconds - before[kind]

    def watch(self) -> None:
        """From here on every run of this process is measured."""
        stage = Batch.stage

        @contextmanager
        def measured(batch: Batch, name: str) -> Iterator[None]:
            with self.step(name), stage(batch, name):
                yield

        Batch.stage = measured  # type: ignore[assignment, method-assign]
        for module, function, name in (
            (flows.cli.run, "read_filed", TAKING_IN),
            (flows.cli.run, "take_in", TAKING_IN),
            (flows.cli.run, "is_settled", LOOKING),
            (flows.steps.batch, "close_run", CLOSING),
        ):
            setattr(module, function, self._measured(name, getattr(module, function)))

    def write(self, path: Path) -> None:
        """Keep what was measured as JSON."""
        path.write_text(json.dumps(self.steps, ensure_ascii=False), encoding="utf-8")

    def _measured(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*arguments: Any) -> Any:
            with self.step(name):
                return work(*arguments)

        return measured


def _spent() -> Mapping[str, float]:
    """Seconds so far. Readers that ended are not counted: none of them does before its run."""
    readers = 0.0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if SERVER not in " ".join(process.cmdline()):
                times = process.cpu_times()
                readers += times.user + times.system
    return {"clock": time.monotonic(), "run": time.process_time(), "readers": readers}
