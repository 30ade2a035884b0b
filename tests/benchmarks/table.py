"""What the bench prints: engines, pages, and the parts of heyan's reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from tests.benchmarks.errors import Errors, count_errors, misread
from tests.benchmarks.pages import BenchPage
from tests.benchmarks.stand import Timed
from tests.benchmarks.whole import PARTS, Looks

REFERENCE = "paddle-960"
"""The row that ratios are to."""


@dataclass(frozen=True, slots=True)
class PageFigures:
    """A page by one engine: median seconds (second looks included), and its errors."""

    seconds: float
    looks: float
    errors: Errors
    parts: dict[str, float]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An engine's figures, page by page."""

    name: str
    title: str
    pages: tuple[PageFigures, ...]
    looks: Looks | None

    @classmethod
    def of(
        cls, name: str, title: str, pages: Sequence[BenchPage], timed: Sequence[Sequence[Timed]], looks: Looks | None
    ) -> Row:
        """The figures of an engine's readings, one sequence of rounds a page."""
        figures = []
        for page, rounds in zip(pages, timed, strict=True):
            looked = looks.seconds.get((str(page.file), page.page), 0.0) if looks else 0.0
            seconds = median(each.seconds for each in rounds)
            parts = {part: median(each.parts[part] for each in rounds) for part in rounds[0].parts}
            errors = count_errors(page.printed, rounds[0].lines)
            figures.append(PageFigures(seconds + looked, looked, errors, parts, rounds[0].lines))
        return cls(name, title, tuple(figures), looks)

    def without(self, part: str, name: str, title: str) -> Row:
        """The same reading with one of its parts left out of the seconds."""
        pages = tuple(replace(page, seconds=page.seconds - page.parts[part]) for page in self.pages)
        return replace(self, name=name, title=title, pages=pages)

    @property
    def mean(self) -> float:
        """Seconds a page."""
        return fmean(page.seconds for page in self.pages)

    @property
    def rate(self) -> float:
        """Character errors over all pages."""
        return sum(page.errors.wrong for page in self.pages) / sum(page.errors.printed for page in self.pages)

    @property
    def extra(self) -> float:
        """Characters read beyond the print, over all pages."""
        return sum(page.errors.extra for page in self.pages) / sum(page.errors.printed for page in self.pages)


def print_rows(rows: Sequence[Row]) -> None:
    """The engines, with the median over pages of their ratios to the reference."""
    reference = next((row for row in rows if row.name == REFERENCE), None)
    print(f"{'':52}{'median':>8}{'mean':>8}{'ratio':>8}{'ratio':>8}{'errors':>9}{'extra':>8}")
    print(f"{'':52}{'s':>8}{'s':>8}{'median':>8}{'mean':>8}{'%':>9}{'%':>8}")
    for row in rows:
        seconds = [page.seconds for page in row.pages]
        if reference is None:
            ratios = f"{'-':>8}{'-':>8}"
        else:
            each = [one.seconds / other.seconds for one, other in zip(row.pages, reference.pages, strict=True)]
            ratios = f"{median(each):8.2f}{row.mean / reference.mean:8.2f}"
        figures = f"{median(seconds):8.2f}{row.mean:8.2f}{ratios}{100 * row.rate:9.2f}{100 * row.extra:8.2f}"
        print(f"{row.title:52}{figures}")


def print_pages(pages: Sequence[BenchPage], rows: Sequence[Row]) -> None:
    """Every page: seconds and errors in percent, engine by engine."""
    print("\n" + f"{'':16}" + "".join(f"{row.name:>18}" for row in rows))
    for index, page in enumerate(pages):
        cells = (f"{row.pages[index].seconds:8.2f} s {100 * row.pages[index].errors.rate:5.2f} %" for row in rows)
        print(f"{page.name:16}" + "".join(f"{cell:>18}" for cell in cells))


def print_parts(rows: Sequence[Row]) -> None:
    """The steps of heyan's reading, seconds a page."""
    row = next((row for row in rows if row.looks is not None), None)
    if row is None or row.looks is None:
        return
    print("\nheyan's parts" + f"{'median':>31}{'mean':>8}")
    known = {part: [page.parts[part] for page in row.pages] for part in PARTS}
    rest = [page.seconds - page.looks - sum(page.parts.values()) for page in row.pages]
    for part, seconds in {**known, "the rest": rest, "second looks": [page.looks for page in row.pages]}.items():
        print(f"  {part:36}{median(seconds):6.2f}{fmean(seconds):8.2f}")
    looks = row.looks
    print(f"second looks were at {looks.readings} readings of {looks.pages} pages; not counted above: assembling the")
    print(f"packages (fields, evidence, seams joined, signatures) {looks.assembling / looks.pages:.2f} s a page")


def print_misses(pages: Sequence[BenchPage], rows: Sequence[Row]) -> None:
    """What was misread, engine by engine and page by page."""
    for row in rows:
        for page, figures in zip(pages, row.pages, strict=True):
            for printed, read in misread(page.printed, figures.lines):
                print(f"{row.name:16} {page.name:14} {printed!r} -> {read!r}")
