"""Goals of the task book against those of the indicator table."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from checks.alignment import running
from checks.case import Case
from checks.certainty import Ground, Span, whole
from checks.indicator_subjects import references_of, subject_of
from checks.levelling import agree, goals_of, placed
from checks.rule import Ruling, failed, not_applicable, passed, rule
from checks.significance import CODE
from pipeline.model.evidence import Reading
from pipeline.model.indicator import Indicator, Promise
from pipeline.notices.vocabulary import load_vocabulary
from pipeline.values import fold

F146 = "F146"
ALIKE = 0.8
"""Similarity from which two goals in words are the same but for what differs."""


@rule("F146")
def task_book_promises_the_tables_goals(case: Case) -> Iterator[Ruling]:
    """A goal that the task book states under an indicator's very name is the table's goal."""
    year, references = load_vocabulary(case.profile.folder).levels.year, references_of(case.profile)
    stated = False
    for number, row in enumerate(case.paper.indicators if case.paper else (), start=1):
        for promise in row.levels.promises if row.levels else ():
            stated = True
            yield _ruling(case, subject_of(number, row, references), row, promise, year)
    if not stated:
        yield not_applicable(F146, "taskbook", "任务书中没有以指标名称写明的目标")


def _ruling(case: Case, subject: str, row: Indicator, promise: Promise, year: str) -> Ruling:
    text = _reading(case, promise)
    same = _agree(row, promise, year) if promise.statement else _names_alike(row, promise, text)
    if same is None or row.target is None or text is None:
        return not_applicable(F146, subject, "任务书与指标表的说法不能确定指同一条件下的数值")
    found = text.raw[promise.start : promise.end].replace("\n", "")
    places = (*text.places, *row.target.places)
    told = {"found": found, "expected": row.target.text, "places": places}
    if same:
        return passed(F146, subject, **told)
    spans = (Span(text, promise.start, promise.end), *whole(row.target).spans)
    message = f"指标“{row.name.text}”在任务书中的目标与重点指标表不同，请核对。"
    return failed(F146, subject, message=message, grounds=(Ground(spans),), **told)


def _agree(row: Indicator, promise: Promise, year: str) -> bool | None:
    """Whether the one number of each agree; None where either has several, or they can't be compared."""
    levels = row.levels
    if levels is None or levels.target is None or promise.statement is None or not levels.target.is_decided:
        return None
    goals = goals_of(levels, levels.target, year)
    if len(goals) != 1:
        return None
    return agree(placed(levels, promise.statement.measures[0]), goals[0])


def _names_alike(row: Indicator, promise: Promise, text: Reading | None) -> bool | None:
    """Whether two goals in words name the same; None where they differ in more than figures and Latin letters."""
    if row.target is None or text is None:
        return None
    goal, stated = running(fold(row.target.text)), running(fold(text.raw[promise.start : promise.end]))
    if goal == stated:
        return True
    edits = [edit for edit in Levenshtein.opcodes(goal, stated) if edit.tag != "equal"]
    coded = all(
        CODE.search(goal[edit.src_start : edit.src_end] + stated[edit.dest_start : edit.dest_end]) for edit in edits
    )
    return False if coded and Levenshtein.normalized_similarity(goal, stated) >= ALIKE else None


def _reading(case: Case, promise: Promise) -> Reading | None:
    books = case.paper.taskbooks if case.paper else ()
    return books[promise.book].sections[promise.section].reading
