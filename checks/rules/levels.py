"""Levels of indicators: the goal against the notice's reference and against the current level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checks.case import Case
from checks.certainty import Ground, whole
from checks.indicator_subjects import answered_by, references_of, subject_of
from checks.levelling import Judged, Level, against_current, against_reference, better_way
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.evidence import Place
from pipeline.model.indicator import Indicator, IndicatorLevels, ReferenceMatch
from pipeline.notices.directions import ReferenceIndicator
from pipeline.notices.vocabulary import LevelWords, load_vocabulary

FIELD = "indicators"
ORDER = (Level.MET, Level.WORDS, Level.UNDECIDED, Level.INCOMPARABLE, Level.BELOW)
"""Of like references for several kinds of product, where the row does not say which, the kindest holds."""

Rows = Sequence[tuple[int, Indicator, IndicatorLevels]]


@rule("I102", "I105")
def goals_reach_the_reference(case: Case) -> Iterator[Ruling]:
    """Every goal can be compared with the reference indicator that its row answers, and is not below it."""
    references, words = references_of(case.profile), _words(case)
    rows = tuple(_rows(case))
    if not any(row.answers for _, row, _ in rows):
        yield not_applicable("I102", FIELD, "没有可与参考值比较的指标")
        yield not_applicable("I105", FIELD, "没有可与参考值比较的指标")
    for _, row, levels in rows:
        groups = tuple(_grouped(row.answers, references))
        for asked in groups:
            alone = len(groups) == 1
            judged = min((against_reference(levels, each, words, alone) for each in asked), key=_kindness)
            yield from _against_reference(row, asked[0], judged, words.year)


@rule("I103")
def goals_are_no_worse_than_now(case: Case) -> Iterator[Ruling]:
    """No goal is worse than the current level."""
    references, words = references_of(case.profile), _words(case)
    rows = tuple(_rows(case))
    if not rows:
        yield not_applicable("I103", FIELD, "没有可以比较的指标")
    for number, row, levels in rows:
        better = better_way(levels, answered_by(row, references), words)
        subject = subject_of(number, row, references)
        if better is None:
            yield not_applicable("I103", subject, "不能确定该指标数值大好还是小好")
        else:
            yield from _against_current(row, subject, against_current(levels, better, words.year), words.year)


def _against_reference(row: Indicator, asked: ReferenceIndicator, judged: Judged, year: str) -> Iterator[Ruling]:
    subject, target, where = asked.title, row.target, _places(row)
    if target is None or judged.level is Level.WORDS:
        yield not_applicable("I102", subject, judged.reason)
        yield not_applicable("I105", subject, judged.reason)
        return
    told = {"expected": asked.quote, "found": target.text, "places": where}
    if judged.level is Level.UNDECIDED:
        message = f"指标“{asked.name}”的{year}年目标能否达到参考值不能确定：{judged.reason.strip('（）')}"
        yield undecided("I102", subject, message, recheck=(target,), **told)
        return
    comparable = judged.level is not Level.INCOMPARABLE
    grounds = (whole(target),)
    if comparable:
        yield passed("I105", subject, **told)
    else:
        reason = judged.reason.partition("：")[0]  # what stands behind it is the applicant's own condition
        yield failed("I105", subject, detail=f"（{reason}）", grounds=grounds, recheck=(row.name,), **told)
    if judged.level is Level.MET:
        yield passed("I102", subject, **told)
    elif comparable:
        yield failed("I102", subject, detail=judged.reason, grounds=grounds, **told)


def _against_current(row: Indicator, subject: str, judged: Judged, year: str) -> Iterator[Ruling]:
    where = _places(row)
    if row.current is None or row.target is None or judged.level is Level.WORDS:
        yield not_applicable("I103", subject, judged.reason)
        return
    told = {"expected": row.current.text, "found": row.target.text, "places": where}
    if judged.level is Level.MET:
        yield passed("I103", subject, **told)
    elif judged.level is Level.UNDECIDED:
        message = f"指标“{row.name.text}”的目标与当前水平孰优不能确定：{judged.reason}"
        yield undecided("I103", subject, message, recheck=(row.current, row.target), **told)
    else:
        both = whole(row.current).spans + whole(row.target).spans
        message = f"指标“{row.name.text}”的{year}年目标不如当前水平，请核对。"
        yield failed("I103", subject, message=message, grounds=(Ground(both),), **told)


def _grouped(
    matches: Sequence[ReferenceMatch], references: Mapping[str, ReferenceIndicator]
) -> Iterator[tuple[ReferenceIndicator, ...]]:
    """Each reference answered; like ones of several kinds of product, of which a row says not which, together."""
    known = [(references[match.reference], match) for match in matches if match.reference in references]
    either: dict[str, list[ReferenceIndicator]] = {}
    for reference, match in known:
        if match.any_variant:
            either.setdefault(reference.name, []).append(reference)
    yield from map(tuple, either.values())
    yield from ((reference,) for reference, match in known if not match.any_variant)


def _kindness(judged: Judged) -> int:
    return ORDER.index(judged.level)


def _rows(case: Case) -> Iterator[tuple[int, Indicator, IndicatorLevels]]:
    """The filled-in rows with their numbers in the table and what they say."""
    for number, row in enumerate(case.paper.indicators if case.paper else (), start=1):
        if row.levels is not None:
            yield number, row, row.levels


def _words(case: Case) -> LevelWords:
    return load_vocabulary(case.profile.folder).levels


def _places(row: Indicator) -> tuple[Place, ...]:
    return (row.place,) if row.place else row.name.places
