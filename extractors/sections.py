"""What each page is, from what stands on it; titles decide, then marks, then what came before."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractors.evidence.opening import opens_evidence
from extractors.texts.order import rows
from pipeline.model.document import Page, Section
from pipeline.notices.profile import Profile
from pipeline.values import fold

TITLE_ZONE = 0.45
"""A title stands in the upper part of its page."""
TITLE_SLACK = 9
"""Characters a title's line may have beyond the title itself (a number, a bracket, the year)."""
BRACKETED = re.compile(r"\([^()]*\)$")
REFERRING = re.compile(r"\(?[见按]")
"""How a sentence begins that names a section and does not head it: 见“揭榜任务承诺书”模板。"""
QUOTES = ('"', "'")
LEAST_MARKS = {Section.COVER: 3, Section.FORM: 3, Section.INDICATORS: 2, Section.TASKBOOK: 2, Section.COMMITMENT: 2,
               Section.INSTRUCTIONS: 1, Section.RECOMMENDATION: 3}  # fmt: skip
CONTINUED = frozenset({Section.FORM, Section.INDICATORS, Section.TASKBOOK, Section.EVIDENCE, Section.RECOMMENDATION,
                       Section.COMMITMENT})  # fmt: skip
"""Sections that may run over several pages."""


def assign_sections(pages: Sequence[Page], profile: Profile) -> tuple[Page, ...]:
    """The pages with their sections; pages of one file (or single-page files in a row) are read on from each other."""
    assigned: list[Page] = []
    before: Section | None = None
    for index, page in enumerate(pages):
        if index and pages[index - 1].file != page.file and not _loose(pages[index - 1], page):
            before = None
        section = Section.BLANK if page.reading.blank else find_section(page, before, profile)
        if section not in (Section.BLANK, Section.OTHER):
            before = section
        assigned.append(page.model_copy(update={"section": section}))
    return tuple(assigned)


def find_section(page: Page, before: Section | None, profile: Profile) -> Section:
    """A page's own section: by title, by marks, else the one it continues."""
    title = _by_title(page, profile)
    if title is not None:
        return title
    marks = _by_marks(page, before, profile)
    if marks is not None:
        return marks
    return before if before in CONTINUED else Section.OTHER


def _loose(one: Page, other: Page) -> bool:
    """Whether both are single pages (pictures) of one folder."""
    return one.file.rpartition("/")[0] == other.file.rpartition("/")[0] and one.page == other.page == 1


def _by_title(page: Page, profile: Profile) -> Section | None:
    """The section whose title stands alone near the top; the longest title wins (承诺书 in 揭榜任务承诺书).

    A task book's may say in brackets which of several it heads: 揭榜任务书（方向3：智能无人机）.
    """
    found: list[tuple[int, Section]] = []
    plain = _top_texts(page)
    unbracketed = [BRACKETED.sub("", text) for text in plain]
    for name, spec in profile.sections.items():
        texts = unbracketed if name == Section.TASKBOOK else plain
        for title in spec.titles:
            wanted = fold(title)
            if any(_heads(text, wanted, _slack(name)) for text in texts):
                found.append((len(wanted), Section(name)))
    return max(found)[1] if found else None


def _heads(text: str, title: str, slack: int) -> bool:
    """Whether a row is a title with no more than so many characters beside it, and does not quote or refer to it."""
    if title not in text or len(text) > len(title) + slack or REFERRING.match(text):
        return False
    before, _, behind = text.partition(title)
    return not (before.endswith(QUOTES) and behind.startswith(QUOTES))


def _slack(name: str) -> int:
    """A cover's title has the year and the programme before it."""
    return 26 if name in ("cover", "recommendation", "form") else TITLE_SLACK


def _top_texts(page: Page) -> list[str]:
    """Folded rows of the upper part, and each row joined with the next (a title over two lines)."""
    upper = [line for line in page.reading.lines if line.row.y0 < TITLE_ZONE]
    texts = [fold("".join(line.text for line in row)) for row in rows(upper)]
    outside = [fold(line.text) for line in upper]
    return [*texts, *outside, *(one + two for one, two in itertools.pairwise(texts))]


def _by_marks(page: Page, before: Section | None, profile: Profile) -> Section | None:
    text = _whole_text(page)
    scores: dict[Section, int] = {}
    for section, least in LEAST_MARKS.items():
        marks = profile.sections[section].marks
        count = sum(fold(mark) in text for mark in marks)
        if count >= least:
            scores[section] = count
    if Section.FORM in scores and scores[Section.FORM] < 4 and before is Section.EVIDENCE:
        del scores[Section.FORM]
    if scores:
        return max(scores, key=lambda section: (scores[section], section is before))
    return Section.EVIDENCE if _evidence_heading(page, profile) or opens_evidence(page, profile) else None


def _whole_text(page: Page) -> str:
    """All lines one after another, then all cells: what is broken over lines of a narrow column is whole there."""
    cells = (cell.text for table in page.reading.tables for cell in table.cells)
    return fold("".join(line.text for line in page.reading.lines)) + "\n" + "\n".join(map(fold, cells))


def _evidence_heading(page: Page, profile: Profile) -> bool:
    """Whether a kind of evidence is named on a short line of its own near the top."""
    marks = [fold(mark) for mark in profile.sections["evidence"].marks]
    return any(mark in text and len(text) <= len(mark) + 14 for text in _top_texts(page) for mark in marks)
