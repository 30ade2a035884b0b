"""Whether the pages of a copy lie in order and none is lost: by printed numbers, by text, by the form's boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from checks.certainty import Ground, Span
from pipeline.model.application import Application
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Reading
from pipeline.notices.profile import Profile
from pipeline.values import PageNumber, fold, parse_page_number

OWN = frozenset({Section.COVER, Section.INSTRUCTIONS, Section.FORM, Section.INDICATORS, Section.TASKBOOK,
                 Section.COMMITMENT})  # fmt: skip
"""Sections whose numbers are the application's; evidence carries those of the reports it is taken from."""
FIRST_NUMBERS = (1, 2)
"""With these a numbering begins anew; a first page often carries none."""
LEAST_TEXT = 60
"""Characters from which two pages can be told to be the same: short pages (titles, covers) are alike."""
SAME_TEXT = 97.0
"""Percent of likeness of two scans of one page, misread characters allowed."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong with the order of pages: in words, at which pages, resting on which readings."""

    words: str
    pages: tuple[Page, ...]
    readings: tuple[Reading, ...] = ()

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """All its numbers together; nothing where it rests on no single character."""
        if not self.readings:
            return ()
        return (Ground(tuple(Span(reading, 0, len(reading.raw)) for reading in self.readings)),)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A page with its number; `at` is its place among all pages of its file."""

    at: int
    page: Page
    reading: Reading
    number: PageNumber


def troubles(
    file: Sequence[Page], copy: Sequence[Page], paper: Application | None, profile: Profile
) -> Iterator[Trouble]:
    """What is wrong with the order of a file's pages; `copy` is the whole stamped copy, which may hold what is lost."""
    for chain in chains(file):
        whole = is_one_run(chain)
        for one, other in pairwise(chain):
            found = step(one, other, file, copy, whole)
            if found is not None:
                yield found
    yield from turned_boxes(file, paper, profile)
    yield from troubles_of_loose(file, copy)


def troubles_of_loose(pages: Sequence[Page], copy: Sequence[Page]) -> Iterator[Trouble]:
    """What is wrong with pages whose order says nothing: pictures lie in the order of their names."""
    yield from doubled(pages)
    for chain in chains(pages):
        yield from lost_end(chain, copy)


def numbered(pages: Sequence[Page]) -> tuple[Numbered, ...]:
    """The pages of the application's own parts that carry a number."""
    return tuple(
        Numbered(at, page, page.printed, number)
        for at, page in enumerate(pages)
        if page.section in OWN and page.printed is not None and (number := parse_page_number(page.printed.text))
    )


def chains(pages: Sequence[Page]) -> tuple[tuple[Numbered, ...], ...]:
    """Numbered pages by numbering (its look, and of how many), each in the file's order, lone misreadings left out."""
    by_look: dict[tuple[str, int | None], list[Numbered]] = {}
    for each in numbered(pages):
        by_look.setdefault((each.number.way, each.number.total), []).append(each)
    return tuple(_without_misread(chain) for chain in by_look.values())


def _without_misread(chain: Sequence[Numbered]) -> tuple[Numbered, ...]:
    """Without numbers that fit neither neighbour where the neighbours fit each other, page for page."""
    lone = {
        index
        for index in range(1, len(chain) - 1)
        if _fits(chain[index - 1], chain[index + 1])
        and not (_fits(chain[index - 1], chain[index]) and _fits(chain[index], chain[index + 1]))
        and chain[index].number.number not in (chain[index - 1].number.number, chain[index + 1].number.number)
    }
    return tuple(each for index, each in enumerate(chain) if index not in lone)


def _fits(one: Numbered, other: Numbered) -> bool:
    return other.number.number - one.number.number == other.at - one.at


def is_one_run(chain: Sequence[Numbered]) -> bool:
    """Whether all pages are of one run of numbers, only not in order: no part of them is numbered anew.

    Put in order, their numbers rise no faster than the pages do; those between them carry none, or are evidence. Two
    blocks in each other's places may be two numberings as well.
    """
    numbers = [each.number.number for each in chain]
    steps = zip(pairwise(sorted(numbers)), pairwise(each.at for each in chain), strict=True)
    if not all(0 < other - one <= later - at for (one, other), (at, later) in steps):
        return False
    lowest = numbers.index(min(numbers))
    return numbers[lowest:] + numbers[:lowest] != sorted(numbers)


def step(
    one: Numbered, other: Numbered, file: Sequence[Page], copy: Sequence[Page], whole: bool = False
) -> Trouble | None:
    """What is wrong between two numbered pages of one numbering that follow each other; None if nothing.

    `whole`: all pages of the numbering are one run, so that a lower number begins nothing anew.
    """
    first, second = one.number.number, other.number.number
    between = file[one.at + 1 : other.at]
    parted = one.page.section is not other.page.section and second <= first
    anew = not whole and (second in FIRST_NUMBERS or parted)
    pages, readings = (one.page, other.page), (one.reading, other.reading)
    if 0 < second - first <= len(between) + 1 or (anew and second <= first):
        return None
    if second == first:
        return None if _same_page(one.page, other.page) else Trouble(f"印刷页码第{first}页出现两次", pages, readings)
    if second < first:
        return Trouble(f"印刷页码第{first}页之后是第{second}页，顺序错乱", pages, readings)
    lost = set(range(first + 1, second))
    if _may_lie_elsewhere(lost, one, file, copy) or second - first - 1 <= len(between):
        return None
    which = f"第{first + 1}页" if len(lost) == 1 else f"第{first + 1}至{second - 1}页"
    return Trouble(f"印刷页码第{first}页之后是第{second}页，缺{which}", pages, readings)


def _may_lie_elsewhere(lost: set[int], one: Numbered, file: Sequence[Page], copy: Sequence[Page]) -> bool:
    """Whether lost numbers stand on other pages, or pages without the application's numbers in other files fill them.

    A page that could not be read may be the lost one.
    """
    known = {each.number.number for each in numbered(copy) if each.number.way == one.number.way}
    others = [page for page in copy if page.file != file[0].file and (page.section not in OWN or page.printed is None)]
    return bool(lost & known) or len(others) >= len(lost)


def lost_end(chain: Sequence[Numbered], copy: Sequence[Page]) -> Iterator[Trouble]:
    """Last pages that a numbering which says of how many announces, and that no page without a number can be."""
    total = chain[0].number.total
    if total is None:
        return
    last = max(chain, key=lambda each: each.number.number)
    unnumbered = sum(page.printed is None for page in copy)
    lost = total - last.number.number
    if lost > unnumbered:
        words = f"印刷页码共{total}页，只到第{last.number.number}页"
        yield Trouble(words, (last.page,), (last.reading,))


def doubled(pages: Sequence[Page]) -> Iterator[Trouble]:
    """Pages that were scanned twice, one behind the other; blank backs between them do not count."""
    inked = [page for page in pages if page.section is not Section.BLANK]
    for one, other in pairwise(inked):
        if _same_page(one, other):
            yield Trouble(f"第{one.page}页与第{other.page}页内容相同，疑为重页", (one, other))


def _same_page(one: Page, other: Page) -> bool:
    texts = ["".join(fold(line.text) for line in page.reading.lines) for page in (one, other)]
    if min(len(text) for text in texts) < LEAST_TEXT:
        return False
    figures = [[char for char in text if char.isascii() and char.isalnum()] for text in texts]
    return figures[0] == figures[1] and fuzz.ratio(*texts) >= SAME_TEXT


def turned_boxes(pages: Sequence[Page], paper: Application | None, profile: Profile) -> Iterator[Trouble]:
    """Pages of the form, or of the task book, whose boxes or headings all come before those of the page before."""
    if paper is None:
        return
    keys = [spec.key for spec in profile.fields]
    boxes = [(keys.index(field.key), field.reading) for field in paper.fields if field.key in keys]
    yield from _turned(pages, Section.FORM, boxes, "申报表")
    headings = [part.heading for part in profile.taskbook_sections]
    if len(paper.taskbooks) == 1:
        parts = [
            (headings.index(part.heading), Reading(value="", source=paper.source, places=part.places))
            for part in paper.taskbooks[0].sections
            if part.heading in headings
        ]
        yield from _turned(pages, Section.TASKBOOK, parts, "任务书")


def _turned(
    pages: Sequence[Page], section: Section, ranked: Sequence[tuple[int, Reading]], name: str
) -> Iterator[Trouble]:
    ranks = [
        (page, [rank for rank, reading in ranked if _stands_on(reading, page)])
        for page in pages
        if page.section is section
    ]
    for (one, before), (other, after) in pairwise([each for each in ranks if each[1]]):
        if min(before) > max(after):
            yield Trouble(f"第{other.page}页的{name}内容应在第{one.page}页之前，顺序错乱", (one, other))


def _stands_on(reading: Reading, page: Page) -> bool:
    return any((place.file, place.page) == (page.file, page.page) for place in reading.places[:1])
