"""Heyan's whole reading: pages as the flow reads them, and then the second looks of their packages."""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import extractors.reading
from checks.case import Case
from checks.disputes import Dispute
from extractors.readers.paddle import PaddleReader, paddle_reader
from flows.steps.assembling import delivery_of, package_of
from flows.steps.inputs import Call, read_filed, take_in
from flows.steps.judging import settle
from flows.steps.reading import count_pages, page_key
from flows.steps.second_look import Look, looker
from pipeline.intake import match_packages
from pipeline.model.document import SourceFile
from pipeline.model.evidence import Reading
from pipeline.notices.profile import load_profile
from pipeline.rendering import PagePicture, open_media
from pipeline.settings import settings
from pipeline.store import Store

SEALS = "seals and seam slices"
PARTS = {
    "flattening": ("find_page_quad",),
    "ink layers": ("find_inks", "without_red", "without_blue"),
    "detecting lines": ("find_lines", "with_missed"),
    "orientation": ("find_rotation", "sample_crops"),
    "straightening": ("straighten", "straighten_again", "straighten_mask"),
    "recognising lines": ("read_lines",),
    SEALS: ("find_marks",),
    "tables and ticks": (
        "find_rulings",
        "find_grids",
        "cut_at_cells",
        "part_lines",
        "with_line_ends",
        "fill_tables",
        "measure_ticks",
    ),
}
"""Steps of a page's reading by the names that `extractors.reading` calls; no step calls another."""


@dataclass(frozen=True, slots=True)
class Looks:
    """Second looks: their seconds by (file, page), how many readings they were at; and what assembling took."""

    seconds: Mapping[tuple[str, int], float]
    readings: int
    assembling: float
    pages: int


def processor_seconds() -> float:
    """Of this process and of those it started and has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


class Heyan:
    """The whole reading in this process; `parts` holds the seconds of the last page's steps."""

    def __init__(self, models: Path) -> None:
        self.parts = dict.fromkeys(PARTS, 0.0)
        self._reader: PaddleReader = paddle_reader(models)
        self._profile = load_profile()
        for part, names in PARTS.items():
            for name in names:
                setattr(extractors.reading, name, self._timed(part, getattr(extractors.reading, name)))

    def _timed(self, part: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            before = processor_seconds()
            try:
                return step(*arguments)
            finally:
                self.parts[part] += processor_seconds() - before

        return timed

    def read(self, picture: PagePicture) -> Sequence[str]:
        """A page's lines."""
        self.parts = dict.fromkeys(PARTS, 0.0)
        reading = extractors.reading.read_page(picture, 1, self._reader, self._profile)
        return [line.text for line in reading.lines]

    def second_looks(self, folder: Path) -> Looks:
        """Read, assemble and judge all packages, with the seconds of their second looks."""
        call = Call(folder / "inbox", folder / "online.xlsx", folder / "out")
        material = take_in(call, read_filed(call))
        store = Store(call.workspace)
        files = [file for package in material.packages for file in package.files]
        for file in (*files, *(file for delivery in material.deliveries for file in delivery.files)):
            self._keep_pages(file, store)
        started = processor_seconds()
        packages = {each.identity: package_of(each, (), store, self._profile) for each in material.packages}
        assembling = processor_seconds() - started
        deliveries = {each.name: delivery_of(each, (), store, self._profile) for each in material.deliveries}
        papers = {name: package.paper for name, package in packages.items() if package.paper is not None}
        filings = match_packages(papers, material.filings)
        looks: dict[tuple[str, int], float] = defaultdict(float)
        readings = 0
        for each in material.packages:
            package = packages[each.identity]
            look = _TimedLook(looker(each.files, package.pages, package.paper, self._profile), each.files, looks)
            case = Case(
                package=package,
                profile=self._profile,
                online=filings.get(each.identity),
                delivery=deliveries[each.delivery],
            )
            settle(case, look)
            readings += look.readings
        pages = sum(len(package.pages) for package in packages.values())
        return Looks(dict(looks), readings, assembling, pages)

    def _keep_pages(self, file: SourceFile, store: Store) -> None:
        """Read all pages of a file into the store."""
        if not file.media:
            return
        count_pages(file.location, file.sha256, str(store.root))
        with open_media(Path(file.location)) as media:
            for page in range(1, media.page_count + 1):
                picture = media.page(page, dpi=settings().dpi)
                reading = extractors.reading.read_page(picture, page, self._reader, self._profile)
                store.put(page_key(file.sha256, page, self._profile), reading)


class _TimedLook:
    """A second look that adds each reading's seconds to its first page."""

    def __init__(self, look: Look, files: Sequence[SourceFile], seconds: dict[tuple[str, int], float]) -> None:
        self._look, self._seconds = look, seconds
        self._locations = {file.path: file.location for file in files}
        self.readings = 0

    def __call__(self, disputes: Sequence[Dispute]) -> Mapping[str, Reading]:
        looked: dict[str, Reading] = {}
        for dispute in sorted(disputes, key=lambda each: [(at.file, at.page) for at in each.places]):
            before = processor_seconds()
            looked |= self._look([dispute])
            if dispute.places:
                at = dispute.places[0]
                self._seconds[self._locations[at.file], at.page] += processor_seconds() - before
                self.readings += 1
        return looked
