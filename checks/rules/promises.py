"""Goals of the task book against those of the indicator table."""

from __future__ import annotations

from collections.abc import Iterator

from checks.case import Case
from checks.certainty import Ground, Span, whole
from checks.indicator_subjects import references_of, subject_of
from checks.levelling import agree, goals_of, placed
from checks.rule import Ruling, failed, not_applicable, passed, rule
from pipeline.model.evidence import Reading
from pipeline.model.indicator import Indicator, IndicatorLevels, Promise
from pipeline.notices.vocabulary import load_vocabulary

CODE = "F146"


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
        yield not_applicable(CODE, "taskbook", "任务书中没有以指标名称写明的目标")


def _ruling(case: Case, subject: str, row: Indicator, promise: Promise, year: str) -> Ruling:
    same = _agree(row.levels, promise, year)
    text = _reading(case, promise)
    if same is None or row.target is None or text is None:
        return not_applicable(CODE, subject, "任务书与指标表的说法不能确定指同一条件下的数值")
    found = text.raw[promise.start : promise.end].replace("\n", "")
    places = (*text.places, *row.target.places)
    told = {"found": found, "expected": row.target.text, "places": places}
    if same:
        return passed(CODE, subject, **told)
    spans = (Span(text, promise.start, promise.end), *whole(row.target).spans)
    message = f"指标“{row.name.text}”在任务书中的目标与重点指标表不同，请核对。"
    return failed(CODE, subject, message=message, grounds=(Ground(spans),), **told)


def _agree(levels: IndicatorLevels | None, promise: Promise, year: str) -> bool | None:
    """Whether the one number of each agree; None where either has several, or they can't be compared."""
    if levels is None or levels.target is None or not levels.target.is_decided:
        return None
    goals = goals_of(levels, levels.target, year)
    if len(goals) != 1:
        return None
    return agree(placed(levels, promise.statement.measures[0]), goals[0])


def _reading(case: Case, promise: Promise) -> Reading | None:
    books = case.paper.taskbooks if case.paper else ()
    return books[promise.book].sections[promise.section].reading
