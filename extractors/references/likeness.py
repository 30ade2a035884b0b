"""How like a row is to a reference indicator: words by meaning, characters, units; never across excluding kinds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Hamming

from extractors.references.goals import Fit, fit, measures_of
from extractors.references.lexicon import FILLER_WEIGHT, FOREWORD, Lexicon, Said
from pipeline.model.indicator import Indicator
from pipeline.model.quantity import Measure
from pipeline.notices.directions import IndicatorGroup, ReferenceIndicator
from pipeline.values import fold

WORDS_SHARE, NAME_SHARE, CHARACTERS_SHARE = 0.5, 0.25, 0.25
"""What counts: words both share, how much of the indicator's name the row says, the order of characters."""
UNIT_FITS = 0.15
"""For a quantity only this indicator of the direction is measured in."""
UNIT_ALONE = 0.4
"""At least, for such a row with anything else in common: it may be meant, whatever it is called."""
UNIT_TELLS = 0.65
"""At least, for a row that says a kind and a quantity which only this indicator's name has, and beside them nothing."""
UNIT_GAINSAYS = 0.5
"""Factor for a row measured in another quantity than the indicator."""
GOAL_GAINSAYS = 0.75
"""Factor for a row whose goal is bounded the other way, or of quite another size."""
MEMBERS_FIT = 0.1
"""For a row whose values name nearly all members of the set."""
NEARLY_ALL = 0.75
MEMBERS_ALONE = 0.4
"""Of a row whose values name nearly all members, whatever its name: it may be meant."""
ALL_LISTED = 0.65
"""At least, for a row whose values are the members, all of them and no figure: whatever it is called."""
FIGURE_FOR_LIST = 0.9
"""Factor for a row that gives a figure, and none of the members, where the indicator asks for a list."""
SEVERAL = 3
"""Members from which a list is told by them alone."""
IN_VALUES = 0.4
"""At least, for a row whose values say what the indicator asks for (技术水平: 国际先进): it may be meant."""
SHORTEST_SAID = 4
QUOTE_SAYS = 0.15
"""For a row all of whose words, fillers too, stand in the notice's clause for this indicator."""
IN_CLAUSE = 0.4
"""At least, for a row whose telling words all stand there: it may be meant, whatever the indicator is called."""
A_WORD = 0.9
"""Weight of words that says something: fillers alone stand in any clause."""
BARE = 0.97
"""Factor for likeness of a row's name without what it says in brackets."""
UNSAID = 0.55
"""At most, for a row that does not say what the indicator needs said (its mode of flight): it may be meant."""
MISREAD, MISREAD_SHORT = 0.7, 0.5
"""Of a name read from pixels that is an indicator's but for a character; of a short one it may as well be another's."""
LONG = 5
"""Characters from which a name with one character misread is still that name."""
TWO_MISREAD = 8
"""Characters from which two may be."""
SHORTEST_MISREAD = 3
LISTED = re.compile(r"[、,，;；/与和及]")
"""Between the things that one name lists."""
BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reference indicator ready to be likened to rows; `extent` are the kinds of what it holds for."""

    indicator: ReferenceIndicator
    group: IndicatorGroup
    names: tuple[Said, ...]
    spellings: frozenset[str]
    quote: frozenset[str]
    """The words of the notice's clause; empty where it is the clause of other indicators too."""
    kinds: Mapping[str, frozenset[str]]
    extent: Mapping[str, frozenset[str]]
    unit: str
    alone_in_unit: bool
    measure: str
    """As `unit`, shares and counts too."""
    is_kind: bool
    """Whether its name says no more than what tells it from its siblings (误报率)."""

    @property
    def key(self) -> str:
        """The name as likened: indicators of several groups may have the same, and are then alike but for the group."""
        return self.names[0].text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table ready to be likened."""

    indicator: Indicator
    said: Said
    bare: Said
    spelling: str
    """As it is written, if a reader may have misread it; "" where it is sure."""
    values: str
    goals: tuple[Measure, ...]
    """The quantities of its goal."""
    units: frozenset[str]
    measures: frozenset[str]
    """As `units`, shares and counts too."""
    value_kinds: Mapping[str, frozenset[str]]
    part_kinds: tuple[Mapping[str, frozenset[str]], ...]
    """What each of the things says that the name lists; empty where it names one."""
    beside_kinds: frozenset[str]
    """Words of the bare name without those that say something of a kind."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like (0-1), and by what: the name itself, words, or what stands in the row's values."""

    score: float
    basis: str


def row_of(indicator: Indicator, lexicon: Lexicon) -> Row:
    """A row ready to be likened."""
    readings = (indicator.current, indicator.target, indicator.note)
    values = " ".join(reading.text for reading in readings[:2] if reading)
    noted = " ".join(reading.text for reading in readings if reading)
    bare = BRACKETS.sub("", indicator.name.text)
    parts = [part for part in LISTED.split(bare) if part.strip()]
    goals = measures_of(indicator)
    measures = _measured(goals, f"({_in_brackets(indicator)}", values, lexicon)
    return Row(
        indicator=indicator,
        said=lexicon.said(indicator.name.text),
        bare=lexicon.said(bare),
        spelling=fold(FOREWORD.sub("", bare)) if indicator.name.from_pixels else "",
        values=values,
        goals=goals,
        units=measures & lexicon.vocabulary.units.keys(),
        measures=measures,
        value_kinds=lexicon.kinds(noted),
        part_kinds=tuple(map(lexicon.kinds, parts)) if len(parts) > 1 else (),
        beside_kinds=lexicon.said(lexicon.without_kinds(bare)).words,
    )


def _measured(goals: Sequence[Measure], brackets: str, values: str, lexicon: Lexicon) -> frozenset[str]:
    """Classes of the units that a row is measured in: of its goal as understood, else of all that it says."""
    told = {lexicon.measure_class(measure.unit) for measure in goals}
    return frozenset(told) if told and "" not in told else lexicon.measures(brackets, values)


def _in_brackets(indicator: Indicator) -> str:
    _, _, rest = indicator.name.text.replace("（", "(").partition("(")
    return rest


def excluded(row: Row, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether row and indicator say different ones of a kind."""
    for kind in lexicon.vocabulary.kinds:
        mine = row.said.kinds.get(kind.name, frozenset())
        theirs = candidate.kinds.get(kind.name, frozenset())
        whole = theirs | candidate.extent.get(kind.name, frozenset())
        if mine and whole and not mine & whole:
            return True
        noted = row.value_kinds.get(kind.name, frozenset()) & theirs
        listed = any(kind.name not in part for part in row.part_kinds)
        silent = bool(mine) != bool(theirs) and not (mine and (whole or listed)) and not noted
        if kind.strict and silent and not _misread(row, candidate):
            return True
    return False


def likeness(row: Row, candidate: Candidate, lexicon: Lexicon) -> Likeness:
    """How like a row is to an indicator that it does not exclude."""
    for said, factor in ((row.said, 1.0), (row.bare, BARE)):
        if any(said.text == name.text for name in candidate.names):
            return Likeness(factor, "name" if said.text == candidate.names[0].text else "alias")
    score = max(_alike(row.said, name, lexicon) for name in candidate.names)
    misread = _misread(row, candidate)
    if misread > score:
        return Likeness(misread, "spelling")
    score = max(score, *(BARE * _alike(row.bare, name, lexicon) for name in candidate.names))
    return Likeness(min(_supported(score, row, candidate, lexicon), 0.95), "words")


def _misread(row: Row, candidate: Candidate) -> float:
    """The likeness of a name that differs from the indicator's in one character, or two of many, taken for others."""
    length = len(row.spelling)
    if length < SHORTEST_MISREAD:
        return 0.0
    most = 2 if length >= TWO_MISREAD else 1
    same = (name for name in candidate.spellings if len(name) == length)
    near = any(Hamming.distance(row.spelling, name) <= most for name in same)
    return (MISREAD if length >= LONG else MISREAD_SHORT) if near else 0.0


def _supported(score: float, row: Row, candidate: Candidate, lexicon: Lexicon) -> float:
    """The likeness of the names, with what clause, units and values say for and against it."""
    if candidate.unit in row.units and candidate.alone_in_unit and score > 0:
        score = max(score + UNIT_FITS, UNIT_ALONE)
    measured = candidate.unit in row.units and _names_kind(row, candidate, lexicon)
    if measured or (candidate.is_kind and _says_kind(row, candidate, lexicon)):
        score = max(score, UNIT_ALONE if _says_more(row, candidate, lexicon) else UNIT_TELLS)
    if _in_clause(row, candidate, lexicon):
        score = max(score + (QUOTE_SAYS if row.bare.words <= candidate.quote else 0.0), IN_CLAUSE)
    if _gainsaid(row, candidate):
        score *= UNIT_GAINSAYS
    elif row.goals and fits(row, candidate, lexicon) is Fit.CONTRARY:
        score *= GOAL_GAINSAYS
    if _leaves_needed(row, candidate, lexicon):
        score = min(score, UNSAID)
    if _in_values(row, candidate.indicator):
        score = max(score, IN_VALUES)
    return _with_members(score, row, candidate.indicator)


def fits(row: Row, candidate: Candidate, lexicon: Lexicon) -> Fit:
    """How a row's goal sits with what an indicator asks for."""
    target = row.indicator.target
    measured = any(lexicon.heads(name.text) for name in candidate.names)
    return fit(row.goals, target.text if target else "", candidate.indicator, measured)


def measures_another(row: Row, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a row's name ends in another quantity than any of the indicator's, or leaves out what must be said."""
    if _leaves_needed(row, candidate, lexicon):
        return True
    mine, theirs = lexicon.heads(row.bare.text), [lexicon.heads(name.text) for name in candidate.names]
    return bool(mine) and all(their and not mine & their for their in theirs)


def _in_values(row: Row, indicator: ReferenceIndicator) -> bool:
    """Whether the row's values say the whole name of what the notice asks for in words."""
    name = fold(indicator.name)
    return indicator.kind == "qualitative" and len(name) >= SHORTEST_SAID and name in fold(row.values)


def _gainsaid(row: Row, candidate: Candidate) -> bool:
    """Whether a row is measured in another quantity than the indicator; a count or a share also gainsays the other."""
    if candidate.unit:
        return bool(row.units) and candidate.unit not in row.units
    return bool(candidate.measure) and bool(row.measures) and candidate.measure not in row.measures


def _says_more(row: Row, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a row's name has a telling word beside those of the indicator's name and of its kinds."""
    beside = row.beside_kinds - frozenset[str]().union(*(name.words for name in candidate.names))
    return any(lexicon.weight(word) > FILLER_WEIGHT for word in beside)


def _names_kind(row: Row, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a row's name says the indicator's own of a kind by which rows of one quantity differ (its precision)."""
    kinds = (kind.name for kind in lexicon.vocabulary.kinds if kind.values)
    none: frozenset[str] = frozenset()
    return any(row.said.kinds.get(kind, none) & candidate.kinds.get(kind, none) for kind in kinds)


def _says_kind(row: Row, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a row's name says all that the indicator says of the kinds of which a text must not be silent."""
    strict = [kind.name for kind in lexicon.vocabulary.kinds if kind.strict and kind.name in candidate.kinds]
    return bool(strict) and all(candidate.kinds[kind] == row.said.kinds.get(kind) for kind in strict)


def _in_clause(row: Row, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether all that the row's name says stands in the notice's clause for the indicator alone."""
    telling = _telling(row.bare.words, lexicon)
    return telling <= candidate.quote and sum(map(lexicon.weight, telling)) >= A_WORD


def _leaves_needed(row: Row, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a row says nothing of a kind that must be said and of which the indicator's name speaks."""
    return any(kind.needed and _unsaid(kind.name, row, candidate) for kind in lexicon.vocabulary.kinds)


def _unsaid(kind: str, row: Row, candidate: Candidate) -> bool:
    """Whether an indicator says something of a kind, and the row nowhere does."""
    return kind in candidate.kinds and kind not in row.said.kinds and kind not in row.value_kinds


def leaves_out(row: Row, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a row tells but a lesser part of what each of an indicator's names tells (唤醒率 of 协同唤醒率)."""
    mine = _telling(row.bare.words, lexicon)
    return all(
        mine < theirs and sum(map(lexicon.weight, theirs - mine)) >= sum(map(lexicon.weight, mine))
        for theirs in (_telling(name.words, lexicon) for name in candidate.names)
    )


def _telling(words: frozenset[str], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word for word in words if lexicon.weight(word) > FILLER_WEIGHT)


def told(one: Said, other: Said, lexicon: Lexicon) -> float:
    """How much of what two names tell they both tell, by weight of words."""
    whole = sum(map(lexicon.weight, one.words)) + sum(map(lexicon.weight, other.words))
    return 2 * sum(map(lexicon.weight, one.words & other.words)) / whole if whole else 0.0


def _alike(one: Said, other: Said, lexicon: Lexicon) -> float:
    shared = sum(map(lexicon.weight, one.words & other.words))
    mine, theirs = sum(map(lexicon.weight, one.words)), sum(map(lexicon.weight, other.words))
    if not mine or not theirs:
        return 0.0
    characters = fuzz.ratio(one.text, other.text) / 100
    return WORDS_SHARE * 2 * shared / (mine + theirs) + NAME_SHARE * shared / theirs + CHARACTERS_SHARE * characters


def _with_members(score: float, row: Row, indicator: ReferenceIndicator) -> float:
    """The likeness to an indicator that asks for a list, by what the row's values list."""
    members = [fold(member) for member in indicator.members]
    text = fold(row.values)
    named = sum(member in text for member in members)
    if len(members) > 1 and named >= NEARLY_ALL * len(members):
        listed = len(members) >= SEVERAL and named == len(members) and not _figures_beside(text, members)
        return max(score + MEMBERS_FIT, ALL_LISTED if listed else MEMBERS_ALONE)
    return score * FIGURE_FOR_LIST if members and not named and _figures_beside(text, members) else score


def _figures_beside(text: str, members: Sequence[str]) -> bool:
    """Whether a text has figures outside the members it names."""
    for member in sorted(members, key=len, reverse=True):
        text = text.replace(member, "")
    return any(char.isdigit() for char in text)
