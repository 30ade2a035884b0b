"""How like a row is to a reference indicator: words by meaning, characters, units; never across excluding kinds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Hamming

from extractors.references.lexicon import FILLER_WEIGHT, FOREWORD, Lexicon, Said
from pipeline.model.indicator import Indicator
from pipeline.notices.directions import IndicatorGroup, ReferenceIndicator
from pipeline.values import fold

WORDS_SHARE, NAME_SHARE, CHARACTERS_SHARE = 0.5, 0.25, 0.25
"""What counts: words both share, how much of the indicator's name the row says, the order of characters."""
UNIT_FITS = 0.15
"""For a quantity only this indicator of the direction is measured in."""
UNIT_ALONE = 0.4
"""At least, for such a row with anything else in common: it may be meant, whatever it is called."""
UNIT_GAINSAYS = 0.5
"""Factor for a row measured in another quantity than the indicator."""
MEMBERS_FIT = 0.1
"""For a row whose values name nearly all members of the set."""
NEARLY_ALL = 0.75
MEMBERS_ALONE = 0.4
"""Of a row whose values name nearly all members, whatever its name: it may be meant."""
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
    units: frozenset[str]
    value_kinds: Mapping[str, frozenset[str]]


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
    return Row(
        indicator=indicator,
        said=lexicon.said(indicator.name.text),
        bare=lexicon.said(bare),
        spelling=fold(FOREWORD.sub("", bare)) if indicator.name.from_pixels else "",
        values=values,
        units=lexicon.units(f"({_in_brackets(indicator)}", values),
        value_kinds=lexicon.kinds(noted),
    )


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
        silent = bool(mine) != bool(theirs) and not (mine and whole) and not noted
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
    if candidate.unit in row.units and _names_kind(row, candidate, lexicon):
        score = max(score, UNIT_ALONE)
    if _in_clause(row, candidate, lexicon):
        score = max(score + (QUOTE_SAYS if row.bare.words <= candidate.quote else 0.0), IN_CLAUSE)
    if candidate.unit and row.units and candidate.unit not in row.units:
        score *= UNIT_GAINSAYS
    if any(kind.needed and _unsaid(kind.name, row, candidate) for kind in lexicon.vocabulary.kinds):
        score = min(score, UNSAID)
    if _names_members(row, candidate.indicator):
        score = max(score + MEMBERS_FIT, MEMBERS_ALONE)
    return score


def _names_kind(row: Row, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a row's name says the indicator's own of a kind by which rows of one quantity differ (its precision)."""
    kinds = (kind.name for kind in lexicon.vocabulary.kinds if kind.values)
    none: frozenset[str] = frozenset()
    return any(row.said.kinds.get(kind, none) & candidate.kinds.get(kind, none) for kind in kinds)


def _in_clause(row: Row, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether all that the row's name says stands in the notice's clause for the indicator alone."""
    telling = {word for word in row.bare.words if lexicon.weight(word) > FILLER_WEIGHT}
    return telling <= candidate.quote and sum(map(lexicon.weight, telling)) >= A_WORD


def _unsaid(kind: str, row: Row, candidate: Candidate) -> bool:
    """Whether an indicator says something of a kind, and the row nowhere does."""
    return kind in candidate.kinds and kind not in row.said.kinds and kind not in row.value_kinds


def _alike(one: Said, other: Said, lexicon: Lexicon) -> float:
    shared = sum(map(lexicon.weight, one.words & other.words))
    mine, theirs = sum(map(lexicon.weight, one.words)), sum(map(lexicon.weight, other.words))
    if not mine or not theirs:
        return 0.0
    characters = fuzz.ratio(one.text, other.text) / 100
    return WORDS_SHARE * 2 * shared / (mine + theirs) + NAME_SHARE * shared / theirs + CHARACTERS_SHARE * characters


def _names_members(row: Row, indicator: ReferenceIndicator) -> bool:
    members = [member.lower() for member in indicator.members]
    text = row.values.lower()
    return len(members) > 1 and sum(member in text for member in members) >= NEARLY_ALL * len(members)
