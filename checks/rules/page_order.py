"""The order of the stamped copy's pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.case import Case, place_of
from checks.page_order import Trouble, numbered, troubles, troubles_of_loose
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.document import Page


@rule("P142")
def pages_are_whole_and_in_order(case: Case) -> Iterator[Ruling]:
    """No page of the stamped copy is lost, scanned twice or out of place.

    Evidence is left aside: its copies carry the numbers of the reports they are taken from.
    """
    names = {file.source.path for file in case.stamped}
    copy = tuple(page for page in case.package.pages if page.file in names)
    files = {name: tuple(page for page in copy if page.file == name) for name in sorted(names)}
    for name, pages in files.items():
        if len(pages) > 1:
            yield from _judged(name, pages, tuple(troubles(pages, copy, case.paper, case.profile)))
    loose = tuple(page for pages in files.values() if len(pages) == 1 for page in pages)
    if len(loose) > 1:
        yield from _judged("stamped", loose, tuple(troubles_of_loose(loose, copy)))
    elif len(copy) == 1:
        yield not_applicable("P142", "stamped", "扫描件只有一页，无从核对页序")


def _judged(name: str, pages: Sequence[Page], found: Sequence[Trouble]) -> Iterator[Ruling]:
    hidden = any(page.reading.unreadable for page in pages)
    for number, trouble in enumerate(found, start=1):
        subject = name if number == 1 else f"{name}#{number}"
        places = tuple(place_of(page) for page in trouble.pages)
        if hidden:
            yield undecided("P142", subject, f"{trouble.words}，但有的页未能识别", places=places)
        else:
            yield failed("P142", subject, detail=trouble.words, places=places, grounds=trouble.grounds)
    if not found:
        yield passed("P142", name, detail=_how(len(numbered(pages))))


def _how(count: int) -> str:
    if count > 1:
        return f"按{count}页的印刷页码核对，未见缺页、重页或错序"
    return "没有连续的印刷页码，按内容未见重页或错序"
