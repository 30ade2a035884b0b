"""The order of the stamped copy's pages."""

from __future__ import annotations

from collections.abc import Iterator

from checks.case import Case, place_of
from checks.page_order import numbered, troubles
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided


@rule("P142")
def pages_are_whole_and_in_order(case: Case) -> Iterator[Ruling]:
    """No page of the stamped copy is lost, scanned twice or out of place.

    Evidence is left aside: its copies carry the numbers of the reports they are taken from.
    """
    names = {file.source.path for file in case.stamped}
    copy = tuple(page for page in case.package.pages if page.file in names)
    for name in sorted(names):
        pages = tuple(page for page in copy if page.file == name)
        if len(pages) < 2:
            yield not_applicable("P142", name, "只有一页，无从核对页序")
            continue
        found = tuple(troubles(pages, copy, case.paper, case.profile))
        for number, trouble in enumerate(found, start=1):
            subject = name if number == 1 else f"{name}#{number}"
            places = tuple(place_of(page) for page in trouble.pages)
            if any(page.reading.unreadable for page in pages):
                yield undecided("P142", subject, f"{trouble.words}，但有的页未能识别", places=places)
            else:
                yield failed("P142", subject, detail=trouble.words, places=places, grounds=trouble.grounds)
        if not found:
            yield passed("P142", name, detail=_how(len(numbered(pages))))


def _how(count: int) -> str:
    if count > 1:
        return f"按{count}页的印刷页码核对，未见缺页、重页或错序"
    return "没有连续的印刷页码，按内容未见重页或错序"
