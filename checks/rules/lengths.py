"""How long the running texts may be, by Word's count and by characters."""

from __future__ import annotations

from collections.abc import Iterator

from checks.alignment import answer_of
from checks.boxes import is_blank, prompts_of, why_unread
from checks.case import Case
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.document import Section
from pipeline.model.evidence import Place
from pipeline.model.finding import Outcome, Severity
from pipeline.values import word_count

MAY_GO_ON = (Section.TASKBOOK, Section.OTHER)
"""Sections of pages without any text on which a task book may go on."""
UNREAD = "有页面未能识别，任务书可能更长，字数未能核对"
BOXES = {"F121": "unit_profile", "F122": "product_summary"}


@rule("F121", "F122")
def boxes_keep_their_length(case: Case) -> Iterator[Ruling]:
    """Unit profile and product summary keep within their limits."""
    for code, key in BOXES.items():
        spec, reading = case.spec(key), case.read(key)
        if spec is None:
            continue
        if reading is None:
            why = why_unread(case, Section.FORM)
            made = undecided(code, key, why, field=key) if why else not_applicable(code, key, "所在部分缺失", field=key)
            yield made
        elif is_blank(reading, spec, case.profile):
            yield not_applicable(code, key, "此栏空白，另行提出", field=key)
        else:
            counts = word_count(answer_of(reading, prompts_of(spec, case.profile)))
            yield _measured(case, code, key, counts, reading.places)


@rule("F123")
def task_books_keep_their_length(case: Case) -> Iterator[Ruling]:
    """Each task book keeps within its limit (原则上: a warning only)."""
    for number, book in enumerate(case.paper.taskbooks if case.paper else (), start=1):
        subject = "taskbook" if number == 1 else f"taskbook#{number}"
        ruling = _measured(case, "F123", subject, (book.words, book.characters), book.places)
        if ruling.outcome is Outcome.PASSED and any(page.section in MAY_GO_ON for page in case.unread_pages):
            ruling = undecided("F123", subject, UNREAD, field="taskbook", places=book.places)
        yield ruling


def _measured(case: Case, code: str, subject: str, counts: tuple[int, int], places: tuple[Place, ...]) -> Ruling:
    """Over by both counts is the code's own severity, over by one of them a warning; a notice may set no limit."""
    key = subject.partition("#")[0]
    limit = case.profile.word_limits[key]
    if limit is None:
        return not_applicable(code, subject, "通知未限字数", field=key)
    over = [count for count in counts if count > limit]
    detail = f"按Word字数{counts[0]}字，不计空格字符数{counts[1]}"
    if not over:
        return passed(code, subject, field=key, places=places, detail=detail)
    return failed(code, subject, field=key, places=places, detail=detail, expected=str(limit), found=str(counts[0]),
                  severity=Severity.WARNING if len(over) == 1 else None)  # fmt: skip
