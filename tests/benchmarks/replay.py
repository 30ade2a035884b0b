"""The recorded reader: copies' pages, joined seams, second looks and pictures are taken from a recording.

All else is done as in a real run. Every page costs as many seconds as it is told, slept: the figures are those of what
stands around the reading.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from checks.disputes import Dispute
from flows.steps import marks, second_look
from flows.steps.assembling import AssemblyJob, assemble_package
from flows.steps.inputs import WORKSPACE
from flows.steps.judging import DeliveryJob, JudgingJob, judge_delivery, judge_package
from flows.steps.pool import Pool
from flows.steps.reading import PageJob, page_key, read_page_job
from flows.steps.telling import Told
from pipeline.errors import UnreadableInput
from pipeline.model.document import PageReading, SourceFile
from pipeline.model.evidence import Place, Reading
from pipeline.model.package import Package
from pipeline.model.seal import Seam
from pipeline.notices.profile import load_profile
from pipeline.store import Store
from tests.benchmarks.copies import Origin, Words, origins_of, replaced

T = TypeVar("T")
CROPS = "crops"
At = tuple[tuple[int, tuple[float, float, float, float]], ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where a recording and its copies lie, and the seconds that a page costs."""

    recording: Path
    copies: Path
    page_seconds: float


class ReplayingPool:
    """Another pool, with the recorded reader in its processes in place of the real one."""

    def __init__(self, pool: Pool, recorded: Recorded) -> None:
        self._pool, self._recorded = pool, recorded

    @property
    def workers(self) -> int:
        """The other pool's."""
        return self._pool.workers

    def call(self, work: Callable[..., T], *arguments: Any, seconds: float, told: Told | None = None) -> T:
        """The work done by the other pool, or its recorded stand-in.

        Raises:
            WorkFailed: It raised.
            WorkerLost: Its process died.
        """
        stand_in = STAND_INS.get(work)
        if stand_in is None:
            return self._pool.call(work, *arguments, seconds=seconds, told=told)
        return self._pool.call(stand_in, self._recorded, *arguments, seconds=seconds, told=told)  # type: ignore[return-value]

    def stop(self) -> None:
        """Give up."""
        self._pool.stop()


def replay_page(recorded: Recorded, job: PageJob) -> None:
    """In a worker: keep what was read of the recorded page, in the copy's words, some seconds later."""
    time.sleep(recorded.page_seconds)
    profile, origin = load_profile(job.profile), _origins(recorded.copies)[job.sha256]
    kept = _store(recorded).get(page_key(origin.sha256, job.page, profile), PageReading)
    if kept is None:
        raise LookupError("the recording is of another version")
    Store(Path(job.store)).put(page_key(job.sha256, job.page, profile), _in_words(kept, origin.words))


def replay_assembly(recorded: Recorded, job: AssemblyJob) -> None:
    """In a worker: put a package together, its seams as they were joined and read for the recording."""

    def seams(pages: object, cut: object, store: Store) -> tuple[Seam, ...]:
        del pages, cut
        found = []
        for origin in (_origins(recorded.copies)[each.sha256] for each in job.files.files if each.media):
            for seam in _seams(recorded).get(origin.sha256, ()):
                store.put_bytes(seam.picture or "joined/none", _store(recorded).get_bytes(seam.picture or "") or b"")
                found.append(_in_words(seam, origin.words))
        return tuple(found)

    marks._seams = seams  # type: ignore[assignment]
    for file in job.files.files:
        _take_pictures(recorded, file.sha256, Path(job.store))
    assemble_package(job)


def _take_pictures(recorded: Recorded, sha256: str, store: Path) -> None:
    """Put the recorded scan's page pictures and crops in a copy's place: they show the same pixels."""
    made = recorded.recording / "out" / WORKSPACE / CROPS / _origins(recorded.copies)[sha256].sha256
    if made.is_dir():
        shutil.copytree(made, store / CROPS / sha256, copy_function=_linked, dirs_exist_ok=True)


def _linked(source: str, target: str) -> None:
    """A copy's picture, unless it is there from the time before."""
    with suppress(FileExistsError):
        os.link(source, target)


def replay_judging(recorded: Recorded, job: JudgingJob) -> None:
    """In a worker: judge a package, its second looks recorded."""
    _look_at_recording(recorded, job.files)
    judge_package(job)


def replay_delivery_judging(recorded: Recorded, job: DeliveryJob) -> None:
    """In a worker: judge a delivery, its second looks recorded."""
    _look_at_recording(recorded, job.files)
    judge_delivery(job)


STAND_INS: Mapping[Callable[..., Any], Callable[..., None]] = {
    read_page_job: replay_page,
    assemble_package: replay_assembly,
    judge_package: replay_judging,
    judge_delivery: replay_delivery_judging,
}


def _look_at_recording(recorded: Recorded, files: tuple[SourceFile, ...]) -> None:
    origins = {file.path: _origins(recorded.copies).get(file.sha256) for file in files}

    def look(dispute: Dispute, cutter: object, normal: Callable[[str], Any], profile: object) -> Reading:
        del cutter, profile
        reading = dispute.reading
        origin = origins.get(next((place.file for place in dispute.places), ""))
        kept = _looks(recorded, origin.sha256).get(_at(reading.places)) if origin else None
        if kept is None or origin is None:
            raise UnreadableInput("not recorded")
        seen = _in_words(kept, origin.words)
        value = reading.value if seen.raw == reading.raw else normal(seen.raw)
        return seen.model_copy(update={"places": reading.places, "value": value})

    second_look._look_at = look  # type: ignore[assignment]


@cache
def _origins(copies: Path) -> Mapping[str, Origin]:
    return origins_of(copies)


def _store(recorded: Recorded) -> Store:
    return Store(recorded.recording / "out" / WORKSPACE)


@cache
def _looks(recorded: Recorded, sha256: str) -> Mapping[At, Reading]:
    """The recorded looks at a file's pages, by where they were."""
    store = _store(recorded)
    kept = (store.get(key, Reading) for key in store.keys(f"looks/{sha256}"))
    return {_at(reading.places): reading for reading in kept if reading is not None}


@cache
def _seams(recorded: Recorded) -> Mapping[str, tuple[Seam, ...]]:
    """The recorded packages' seams, by their scans' hashes."""
    store = _store(recorded)
    packages = (store.get(key, Package) for key in store.keys("assembled"))
    return {file.source.sha256: each.seams for each in packages if each is not None for file in each.files
            if file.source.media}  # fmt: skip


def _at(places: tuple[Place, ...]) -> At:
    return tuple((place.page, place.bbox.rounded()) for place in places)


def _in_words(record: T, words: Words) -> T:
    """A record in a copy's words: its texts, and their characters one by one."""
    told = _translated(json.loads(record.model_dump_json()), words)  # type: ignore[attr-defined]
    return type(record).model_validate_json(json.dumps(told))  # type: ignore[attr-defined, no-any-return]


def _translated(node: Any, words: Words) -> Any:
    if isinstance(node, list):
        return [_translated(each, words) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: _translated(value, words) for key, value in node.items()}
    for key in ("text", "raw", "value", "file"):
        if isinstance(node.get(key), str):
            made[key] = replaced(node[key], words)
    for char, text in zip(made.get("chars") or (), made.get("raw") or made.get("text") or "", strict=False):
        char["text"] = text
    return made
