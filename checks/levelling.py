"""How a row's goal stands to a reference indicator and to its own current level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.indicator import IndicatorLevels
from pipeline.model.quantity import BASELINE, SCENE, YEAR, Comparator, Heading, Measure, Members, Statement, Words
from pipeline.notices.directions import ReferenceIndicator
from pipeline.notices.references import reference_value
from pipeline.notices.vocabulary import LevelWords
from pipeline.values import fold
from pipeline.values.levels import SHARES, UNSAID, Direction, Outcome, Standing, compare, under

NOW = "目前"
"""What `find_conditions` calls the year of a level that a text calls the present one."""
SEVERAL = "同一格有几个数值"
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]|@.*$")
_CLAUSE = re.compile(r"[，,;；。、\n]")
_BOUNDS: dict[Comparator | None, Direction] = {
    Comparator.AT_LEAST: "higher", Comparator.ABOVE: "higher", Comparator.AT_MOST: "lower", Comparator.BELOW: "lower",
}  # fmt: skip
_MET = (Outcome.BETTER, Outcome.EQUAL)
_ENDS = (Outcome.BETTER, Outcome.EQUAL, Outcome.WORSE)


class Level(StrEnum):
    """How a goal stands: met or below, not to be compared by the writer's fault, in doubt, or a matter of words."""

    MET = "met"
    BELOW = "below"
    INCOMPARABLE = "incomparable"
    UNDECIDED = "undecided"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Judged:
    """A level and its reason."""

    level: Level
    reason: str = ""


def against_reference(
    levels: IndicatorLevels, reference: ReferenceIndicator, words: LevelWords, alone: bool = True
) -> Judged:
    """How a row's goal stands to a reference indicator.

    A row that answers this one `alone` and names no condition speaks of that under which the notice asks for it.
    """
    statement, wanted = levels.target, reference_value(reference)
    if statement is None:
        return Judged(Level.WORDS, f"{words.year}年目标未能识别，另行提出")
    if _stance(statement) == "blank":
        return Judged(Level.WORDS, f"{words.year}年目标空白，另行提出")
    if isinstance(wanted, Members):
        return _of_set(wanted, statement)
    if wanted is None:
        return _of_words(reference, statement)
    measures = goals_of(levels, statement, words.year)
    if any(_is_contrary(statement, measure, reference, words) for measure in measures):
        return Judged(Level.UNDECIDED, "目标写的是相反的量")
    if alone:
        measures = tuple(under(Heading(text="", conditions=wanted.conditions), measure) for measure in measures)
    return _of_measure(wanted, measures, statement, reference)


def goals_of(levels: IndicatorLevels, statement: Statement, year: str) -> tuple[Measure, ...]:
    """The statement's quantities for the goals' year, with the unit and conditions that name and note give."""
    kept = (
        each for each in statement.measures if each.condition(YEAR) in (None, year) and not each.condition(BASELINE)
    )
    return tuple(placed(levels, measure) for measure in kept)


def current_of(levels: IndicatorLevels, statement: Statement, year: str) -> tuple[Measure, ...]:
    """The statement's quantities of the present, likewise."""
    kept = (
        each for each in statement.measures
        if each.condition(YEAR) in (None, NOW) or (each.condition(YEAR) or year) < year
        if not each.condition(BASELINE)
    )  # fmt: skip
    return tuple(placed(levels, measure) for measure in kept)


def better_way(
    levels: IndicatorLevels, references: Sequence[ReferenceIndicator], words: LevelWords
) -> Direction | None:
    """Which way is better: by the references answered, else by the goal's own bound, else by words of the name."""
    told = {reference.better for reference in references if reference.better}
    if told:
        return told.pop() if len(told) == 1 else None
    measures = levels.target.measures if levels.target else ()
    bounds = {_BOUNDS.get(measure.comparator) for measure in measures if measure.comparator}
    if len(bounds) == 1 and (bound := bounds.pop()) is not None:
        return bound
    return _by_name(levels.heading, measures, words)


def against_current(levels: IndicatorLevels, better: Direction, year: str) -> Judged:
    """How a row's goal stands to its current level, where one number clearly answers another."""
    if levels.current is None or levels.target is None:
        return Judged(Level.WORDS, "当前水平或目标未能识别，另行提出")
    now, then = current_of(levels, levels.current, year), goals_of(levels, levels.target, year)
    standings = [standing for goal in then if (standing := _to_its_like(goal, now, better)) is not None]
    if any(standing.outcome is Outcome.WORSE for standing in standings):
        decided = levels.current.is_decided and levels.target.is_decided
        return Judged(Level.BELOW) if decided else Judged(Level.UNDECIDED, "数值写法不能确定")
    return Judged(Level.MET) if standings else Judged(Level.WORDS, "当前水平与目标没有可比的数值")


def placed(levels: IndicatorLevels, measure: Measure) -> Measure:
    """The measure under its row's name, then under its note."""
    return under(Heading(text="", conditions=levels.noted), under(levels.heading, measure))


def agree(one: Measure, other: Measure) -> bool | None:
    """Whether two statements of one goal say the same; None where they can't be compared for sure."""
    vague = any(each.upper is not None or each.comparator is Comparator.ABOUT for each in (one, other))
    if vague or not _alike_in_conditions(one, other):
        return None
    outcome = compare(_bare(one), _bare(other), "higher").outcome
    return outcome is Outcome.EQUAL if outcome in _ENDS else None


def _anywhere(measure: Measure) -> Measure:
    """The measure without the scene it is taken in, which free words name in many ways."""
    return measure.model_copy(update={"conditions": tuple(each for each in measure.conditions if each.kind != SCENE)})


def _bare(measure: Measure) -> Measure:
    return measure.model_copy(update={"comparator": None})


def _is_contrary(statement: Statement, measure: Measure, reference: ReferenceIndicator, words: LevelWords) -> bool:
    """Whether the goal names a quantity before its number that is the better the other way (错误率 for 准确率)."""
    named = _CLAUSE.split(statement.text[: measure.start])[-1].strip()
    contrary = {"higher": words.lower, "lower": words.higher}.get(reference.better or "", ())
    return measure.unit in SHARES and any(_ends(named, word, words) for word in contrary)


def _of_measure(
    wanted: Measure, measures: Sequence[Measure], statement: Statement, reference: ReferenceIndicator
) -> Judged:
    standings = [compare(wanted, measure, reference.better) for measure in measures]
    told = [standing for standing in standings if standing.outcome in _ENDS]
    if told:
        judged = _of_told(told, statement.is_decided)
        return _counted_together(judged, wanted, measures, reference) if len(told) > 1 else judged
    elsewhere = [compare(wanted, _anywhere(measure), reference.better) for measure in measures]
    if any(standing.outcome in _ENDS for standing in elsewhere):
        met = all(standing.outcome in (Outcome.BETTER, Outcome.EQUAL) for standing in elsewhere)
        return Judged(Level.MET) if met else Judged(Level.UNDECIDED, "条件表述不同")
    if not statement.is_decided:
        return Judged(Level.UNDECIDED, "数值写法不能确定")
    if not measures and reference.kind == "count":
        return _of_listed(wanted, statement)
    return _of_obstacles(standings)


def _counted_together(
    judged: Judged, wanted: Measure, measures: Sequence[Measure], reference: ReferenceIndicator
) -> Judged:
    """Counts of several things (3种外语、2种方言): one of them may be enough; all together they may be, in doubt."""
    each = reference.condition is not None and reference.condition.each
    if judged.level is Level.MET or reference.kind != "count" or each:
        return judged
    if any(compare(wanted, measure, reference.better).outcome in _MET for measure in measures):
        return Judged(Level.MET)
    return Judged(Level.UNDECIDED, SEVERAL) if sum(each.value for each in measures) >= wanted.value else judged


def _of_told(told: Sequence[Standing], decided: bool) -> Judged:
    """All comparable numbers of the cell together; a number that just equals an excluded bound does not meet it."""
    below = [each.outcome is Outcome.WORSE or each.on_open_bound for each in told]
    if not any(below):
        return Judged(Level.MET)
    if not all(below):
        return Judged(Level.UNDECIDED, SEVERAL)
    if not decided:
        return Judged(Level.UNDECIDED, "数值写法不能确定")
    excluded = all(each.on_open_bound for each in told)
    return Judged(Level.BELOW, "（恰为参考值，参考值不含本数）" if excluded else "")


def _of_obstacles(standings: Sequence[Standing]) -> Judged:
    """Why no number of the cell could be compared."""
    if not standings:
        return Judged(Level.INCOMPARABLE, "目标没有写出数值")
    doubts = [each for each in standings if each.outcome is Outcome.UNDECIDED]
    if not doubts:
        return Judged(Level.INCOMPARABLE, standings[0].reason)
    level = Level.INCOMPARABLE if all(each.reason in UNSAID for each in doubts) else Level.UNDECIDED
    return Judged(level, doubts[0].reason)


def _of_listed(wanted: Measure, statement: Statement) -> Judged:
    """A count answered by naming the things: so many, or more."""
    listed = [part for part in statement.parts if isinstance(part, Members)]
    if not listed:
        return Judged(Level.INCOMPARABLE, "目标没有写出数量")
    many = len({fold(member) for part in listed for member in part.members})
    if many >= wanted.value:
        return Judged(Level.MET)
    return Judged(Level.UNDECIDED, "目标只列名称，未写数量")


def _of_set(wanted: Members, statement: Statement) -> Judged:
    """A list against the notice's: what is a word by itself can be said otherwise, a Latin name can't."""
    text = fold(statement.text)
    lacking = [member for member in wanted.members if fold(member) not in text]
    if not lacking:
        return Judged(Level.MET)
    listed = [part for part in statement.parts if isinstance(part, Members)]
    latin = all(member.isascii() for member in wanted.members)
    if not listed or (len(lacking) == len(wanted.members) and not latin):
        return Judged(Level.WORDS, "目标另用文字说明，由评审判断")
    surely = all(member.isascii() for member in lacking) and not any(part.more for part in listed)
    return Judged(Level.BELOW if surely else Level.UNDECIDED, f"（未列出{'、'.join(lacking)}）")


def _of_words(reference: ReferenceIndicator, statement: Statement) -> Judged:
    if reference.kind == "boolean" and _stance(statement) in ("no", "none"):
        return Judged(Level.BELOW, "（目标为不具备）")
    if reference.kind == "boolean" and _stance(statement) == "yes":
        return Judged(Level.MET)
    return Judged(Level.WORDS, "参考指标没有可比的数值，由评审判断")


def _stance(statement: Statement) -> str:
    return next((part.stance for part in statement.parts if isinstance(part, Words)), "")


def _by_name(heading: Heading, measures: Sequence[Measure], words: LevelWords) -> Direction | None:
    units = {measure.unit or heading.unit for measure in measures}
    name = _BRACKETS.sub("", heading.text).strip()
    if any(_ends(name, word, words) and units and units <= set(words.by_unit[word]) for word in words.by_unit):
        return "lower"
    lower, higher = (any(_ends(name, word, words) for word in listed) for listed in (words.lower, words.higher))
    return None if lower == higher else "lower" if lower else "higher"


def _ends(name: str, word: str, words: LevelWords) -> bool:
    """Whether a name ends in a word, or in it and a word that adds nothing: what stands last is what is measured."""
    return any(name.endswith(word + tail) for tail in ("", *words.tails))


def _to_its_like(goal: Measure, now: Sequence[Measure], better: Direction) -> Standing | None:
    """The goal against the one present number under the same conditions and of its kind; None without one."""
    like = [
        standing for present in now if _alike_in_conditions(goal, present)
        if (standing := compare(_bare(present), goal, better)).outcome in _ENDS
    ]  # fmt: skip
    return like[0] if len(like) == 1 else None


def _alike_in_conditions(one: Measure, other: Measure) -> bool:
    return {*_lasting(one)} == {*_lasting(other)} and one.tolerance == other.tolerance


def _lasting(measure: Measure) -> Iterator[tuple[str, str]]:
    return ((each.kind, each.text) for each in measure.conditions if each.kind not in (YEAR, BASELINE))
