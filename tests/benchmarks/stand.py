"""One process an engine, alive side by side: pages go round among them, so that what slows the machine slows all."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import cv2

from flows.steps.pool import SINGLE_THREADED
from pipeline.rendering import PagePicture, open_media
from tests.benchmarks import engines
from tests.benchmarks.pages import DPI, BenchPage
from tests.benchmarks.whole import Heyan, Looks, processor_seconds

PAGE, LOOKS = "page", "looks"
ONE_THREAD = dict.fromkeys(SINGLE_THREADED, "1") | {"PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK": "True"}
"""Set before the processes start, since native libraries count their threads when loaded."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What an engine's process needs to know."""

    engine: str
    models: Path
    rapidocr: Path


@dataclass(frozen=True, slots=True)
class Timed:
    """A page read: processor seconds, the lines, and the seconds of the reading's parts where it tells them."""

    seconds: float
    lines: tuple[str, ...]
    parts: Mapping[str, float]


class Stand:
    """The process of one engine."""

    def __init__(self, setting: Setting) -> None:
        os.environ.update(ONE_THREAD)
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(setting, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def read(self, page: BenchPage) -> Timed:
        """Read one page."""
        timed: Timed = self._ask(PAGE, page)
        return timed

    def look_again(self, folder: Path) -> Looks:
        """Heyan's second looks of all packages of an inbox."""
        looks: Looks = self._ask(LOOKS, folder)
        return looks

    def _ask(self, what: str, argument: Any) -> Any:
        self._pipe.send((what, argument))
        return self._pipe.recv()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


ENGINES: dict[str, Callable[[Setting], engines.Engine]] = {
    "paddle-960": lambda setting: engines.paddle(_own_config(), setting.models, **engines.AT_960),
    "paddle-960-cpu": lambda setting: engines.paddle(engines.CPU, setting.models, **engines.AT_960),
    "paddle": lambda setting: engines.paddle(engines.CPU, setting.models),
    "rapidocr": lambda setting: engines.rapidocr(setting.rapidocr),
    "tesseract": lambda setting: engines.tesseract(),
}


def _own_config() -> dict[str, Any]:
    from extractors.readers.paddle import ENGINE

    return dict(ENGINE)


def _serve(setting: Setting, pipe: Connection) -> None:
    """Build the engine, then answer until killed; native libraries' talk goes nowhere."""
    cv2.setNumThreads(1)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stdout.fileno())
    os.dup2(quiet, sys.stderr.fileno())
    heyan = Heyan(setting.models) if setting.engine == "heyan" else None
    engine = heyan.read if heyan else ENGINES[setting.engine](setting)
    while True:
        try:
            what, argument = pipe.recv()
        except (EOFError, OSError):
            return
        if what == PAGE:
            pipe.send(_read(engine, argument, heyan))
        elif heyan is not None:
            pipe.send(heyan.second_looks(argument))


def _read(engine: engines.Engine, page: BenchPage, heyan: Heyan | None) -> Timed:
    picture = _picture(page)
    before = processor_seconds()
    lines: Sequence[str] = engine(picture)
    return Timed(processor_seconds() - before, tuple(lines), dict(heyan.parts) if heyan else {})


def _picture(page: BenchPage) -> PagePicture:
    with open_media(page.file) as media:
        return media.page(page.page, dpi=DPI)
