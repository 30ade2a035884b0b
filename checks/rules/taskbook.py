"""The task book: its sections, their text, and that text against the other witnesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from rapidfuzz.fuzz import partial_ratio

from checks.alignment import without_prompts
from checks.case import Case
from checks.comparison import compare
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from checks.weighing import weigh
from pipeline.model.application import Application, TaskBook, TaskBookSection
from pipeline.model.document import Section
from pipeline.model.evidence import Reading, Source
from pipeline.notices.profile import TaskBookPart
from pipeline.values import fold

FIELD = "taskbook"
NEAR_HEADING = 75.0
"""Percent of likeness at which a line may be a heading that was misread: 6 of 8 characters."""
LOST = 1
"""Characters that a misread heading may be short of."""
ENOUGH_HEADINGS = 3
"""Headings a filing's text must show before it can be taken apart by them."""


@rule("F133", "F134")
def sections_are_there_and_filled(case: Case) -> Iterator[Ruling]:
    """Every section of the template stands in each task book, and has text."""
    for number, book in enumerate(case.paper.taskbooks if case.paper else (), start=1):
        found = {fold(section.heading): section for section in book.sections}
        for part in case.profile.taskbook_sections:
            if part.container:
                continue
            subject = part.id if number == 1 else f"{part.id}#{number}"
            section = found.get(fold(part.heading))
            if section is None:
                yield _missing(case, subject, part)
            else:
                yield passed("F133", subject, field=FIELD, places=section.places)
                yield _filled(case, subject, part, section)


def _missing(case: Case, subject: str, part: TaskBookPart) -> Ruling:
    others = [fold(each.heading) for each in case.profile.taskbook_sections if each.id != part.id]
    told = (fold(line.text) for page in case.pages_of(Section.TASKBOOK) for line in page.reading.lines)
    lines = [line for line in told if line not in others]  # 二、揭榜单位现有基础及相关进展 is no （一）现有基础
    words = fold(part.heading).lstrip("一二三四五六七八九十()、,")
    broken = [one + other for one, other in pairwise(lines) if len(one) < len(words)]
    near = any(
        partial_ratio(words, line) >= NEAR_HEADING for line in (*lines, *broken) if len(line) >= len(words) - LOST
    )
    if case.unread_pages or near:
        message = case.medium.asking(f"任务书“{part.heading}”一节的标题未能确认")
        return undecided("F133", subject, message, field=FIELD, doubt=near)
    return failed("F133", subject, field=FIELD, detail=part.heading)


def _filled(case: Case, subject: str, part: TaskBookPart, section: TaskBookSection) -> Ruling:
    if section.text.strip():
        return passed("F134", subject, field=FIELD, places=section.places)
    if case.unread_pages:
        message = f"任务书“{part.heading}”一节下没有内容，但有页面未能识别，可能在其中"
        return undecided("F134", subject, message, field=FIELD, places=section.places)
    return failed("F134", subject, field=FIELD, detail=part.heading, places=section.places)


@rule("F131")
def prompts_are_taken_out(case: Case) -> Iterator[Ruling]:
    """No prompt of the template is left beside a task book's text."""
    prompts = {part.heading: part for part in case.profile.taskbook_sections if part.prompt}
    for number, book in enumerate(case.paper.taskbooks if case.paper else (), start=1):
        for section in book.sections:
            part = prompts.get(section.heading)
            if part is None or section.reading is None or not section.text.strip():
                continue
            subject = part.id if number == 1 else f"{part.id}#{number}"
            raw = section.reading.raw
            if len(without_prompts(raw, (part.prompt,))) < len(raw):
                yield failed("F131", subject, field=FIELD, found=part.prompt, places=section.places)
            else:
                yield passed("F131", subject, field=FIELD, places=section.places)


@rule("X103")
def task_book_agrees_with_filing(case: Case) -> Iterator[Ruling]:
    """Each section says on paper what was filed online, where the filing holds the task book at all."""
    filed = case.online.get(FIELD) if case.online else None
    if filed is None or not filed.text:
        yield not_applicable("X103", FIELD, "网上填报没有任务书", field=FIELD)
        return
    yield from _compared(case, "X103", _split(filed, case.profile.taskbook_sections))


@rule("X203")
def task_book_agrees_with_editable_copy(case: Case) -> Iterator[Ruling]:
    """Each section says in the editable copy what it says on paper."""
    books = case.editable.taskbooks if case.editable else ()
    if not books:
        yield not_applicable("X203", FIELD, "没有可编辑版或其中没有任务书", field=FIELD)
        return
    yield from _compared(case, "X203", {fold(section.heading): _reading(section) for section in books[0].sections})


def _compared(case: Case, code: str, witness: Mapping[str, Reading]) -> Iterator[Ruling]:
    """The first task book's sections against a witness's, by heading."""
    if not witness:
        yield undecided(code, FIELD, "对方任务书没有分节标题，未能逐节比较", field=FIELD)
        return
    for section in _first(case.paper).sections:
        part = next((part for part in case.profile.taskbook_sections if part.heading == section.heading), None)
        other = witness.get(fold(section.heading))
        if part is None or part.container or other is None:
            continue
        mine = _reading(section)
        comparison = compare(mine, other, "text", prompts=(part.prompt,) if part.prompt else (), names=case.names)
        yield weigh(code, part.id, comparison, found=mine, expected=other, field=FIELD, places=section.places,
                    slight=False)  # fmt: skip


def _first(paper: Application | None) -> TaskBook:
    return paper.taskbooks[0] if paper and paper.taskbooks else TaskBook()


def _reading(section: TaskBookSection) -> Reading:
    if section.reading is not None:
        return section.reading
    return Reading(value=section.text, raw=section.text, source=Source.EDITABLE, places=section.places)


def _split(filed: Reading, parts: tuple[TaskBookPart, ...]) -> dict[str, Reading]:
    """A filing's running text taken apart at the template's headings; nothing, if it shows too few of them."""
    text = filed.text
    starts: list[tuple[int, int, TaskBookPart]] = []
    for part in parts:
        found = _heading(part).search(text, starts[-1][1] if starts else 0)
        if found:
            starts.append((found.start(), found.end(), part))
    if len(starts) < ENOUGH_HEADINGS:
        return {}
    ends = [start for start, _, _ in starts[1:]] + [len(text)]
    return {
        fold(part.heading): Reading(value=text[begin:end].strip(), raw=text[begin:end], source=filed.source)
        for (_, begin, part), end in zip(starts, ends, strict=True)
    }


def _heading(part: TaskBookPart) -> re.Pattern[str]:
    """A heading as it may be written: blanks anywhere, brackets of either width."""
    either = {"（": "[（(]", "）": "[）)]", "、": "[、.．]"}
    return re.compile(r"\s*".join(either.get(char, re.escape(char)) for char in part.heading))
