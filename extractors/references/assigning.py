"""The best assignment of a table's rows to a direction's reference indicators; a near tie is undecided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.references.lexicon import Lexicon
from extractors.references.likeness import Candidate, Likeness, Row, excluded, likeness
from pipeline.model.indicator import ReferenceMatch, Standing

SURE = 0.62
"""Likeness from which a row answers an indicator: nothing in the table of phrasings is answered wrongly above it."""
MARGIN = 0.1
"""By which the best indicator must lead the next, else it is a near tie."""
WEAK = 0.36
"""Likeness from which a row may answer an indicator that no other row answers; below, it is an addition."""
WHOLE = 0.999
"""Of a name's words: a row that says all of several names answers each of them."""
SOFT = 0.9
"""Factor for what the notice only mentions, so that an indicator it demands goes before."""


UNSPECIFIC = 0.8
"""Factor for an indicator that does not say what the row and another indicator both do (前视 and 后视)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a row stands, and to which indicators."""

    standing: Standing
    matches: tuple[ReferenceMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Liked:
    """An indicator a row is like."""

    candidate: Candidate
    likeness: Likeness
    weighed: float


def assign(rows: Sequence[Row], liked: Sequence[Sequence[Liked]], lexicon: Lexicon) -> tuple[Answer, ...]:
    """Each row's answer, by what it is like.

    Sure rows first; what they answer no longer ties with others, nor may weak rows be it.
    """
    sure = {number: best for number, row in enumerate(rows) if (best := _best(row, liked[number], frozenset()))}
    taken = frozenset(each.candidate.indicator.id for best in sure.values() for each in best)
    answers = []
    for number, row in enumerate(rows):
        best = sure.get(number) or _best(row, liked[number], taken)
        answers.append(_answer(best) if best else _open(row, liked[number], taken, lexicon))
    return tuple(answers)


def liked_by(row: Row, candidates: Sequence[Candidate], lexicon: Lexicon) -> tuple[Liked, ...]:
    """The indicators a row does not exclude, the likest first."""
    found = []
    for candidate in candidates:
        if excluded(row, candidate, lexicon):
            continue
        like = likeness(row, candidate, lexicon)
        soft = candidate.indicator.required == "mention" and like.score < 1
        found.append(Liked(candidate, like, like.score * (SOFT if soft else 1)))
    weighed = [_weighed_by_kinds(row, each, found) for each in found]
    return tuple(sorted(weighed, key=lambda each: (-each.weighed, each.candidate.indicator.id)))


def _weighed_by_kinds(row: Row, one: Liked, others: Sequence[Liked]) -> Liked:
    """An indicator goes behind one that says the same of a kind as the row, if it says nothing of that kind itself."""
    for kind, said in row.said.kinds.items():
        meant = any(said & other.candidate.kinds.get(kind, frozenset()) for other in others if other.weighed >= WEAK)
        if meant and kind not in one.candidate.kinds and one.likeness.score < 1:
            return replace(one, weighed=one.weighed * UNSPECIFIC)
    return one


def _best(row: Row, liked: Sequence[Liked], taken: frozenset[str]) -> tuple[Liked, ...]:
    """The indicators a row surely answers; empty where there is none or a near tie."""
    open_to = [each for each in liked if each.candidate.indicator.id not in taken or each.likeness.score >= WHOLE]
    if not open_to or open_to[0].weighed < SURE:
        return ()
    first = open_to[0]
    level = [each for each in open_to if each.weighed > first.weighed - MARGIN or belongs_with(row, first, each)]
    if first.likeness.score >= 1:
        level = [each for each in level if each.likeness.score >= 1]
    if named := _by_values(row, level):
        return named
    if len({each.candidate.key for each in level}) == 1:
        return tuple(level)
    if all(_told_whole(row, each) for each in level):
        return tuple(level)
    whole = [each for each in level if any(name.words <= row.said.words for name in each.candidate.names[:1])]
    return _widest(whole) if len(whole) == len(level) else ()


def belongs_with(row: Row, one: Liked, other: Liked) -> bool:
    """Whether a row's words favour neither of two indicators: they bear one name, or differ in a kind left unsaid."""
    if one.candidate.key == other.candidate.key:
        return True
    mine, theirs = one.candidate.kinds, other.candidate.kinds
    unsaid = (kind for kind in mine.keys() & theirs.keys() if kind not in row.said.kinds)
    return other.weighed >= WEAK and any(not mine[kind] & theirs[kind] for kind in unsaid)


def _told_whole(row: Row, each: Liked) -> bool:
    """Whether a row says all that an indicator says of its kinds, and of one of them more (水平 and 垂直)."""
    kinds, said = each.candidate.kinds, row.said.kinds
    within = all(values <= said.get(kind, frozenset()) for kind, values in kinds.items())
    return within and any(values < said[kind] for kind, values in kinds.items())


def _by_values(row: Row, level: Sequence[Liked]) -> tuple[Liked, ...]:
    """Of indicators that differ only in a kind which the row's values tell (算力 at several precisions): those told."""
    told = [
        each for each in level
        if any(each.candidate.kinds.get(kind, frozenset()) & said for kind, said in row.value_kinds.items())
    ]  # fmt: skip
    several = len({each.candidate.key for each in level}) > 1
    return tuple(told) if told and several and all(each.candidate.kinds for each in level) else ()


def _widest(level: Sequence[Liked]) -> tuple[Liked, ...]:
    """Without those whose name's words are a part of another's."""
    names = [each.candidate.names[0].words for each in level]
    return tuple(each for each in level if not any(each.candidate.names[0].words < other for other in names))


def _answer(best: Sequence[Liked]) -> Answer:
    return Answer(Standing.ANSWERS, tuple(match_of(each, best) for each in best))


def match_of(each: Liked, level: Sequence[Liked]) -> ReferenceMatch:
    """The match with one of several indicators that a row answers, or may answer."""
    twins = sum(other.candidate.key == each.candidate.key for other in level) > 1
    return ReferenceMatch(reference=each.candidate.indicator.id, score=round(each.likeness.score, 3),
                          basis=each.likeness.basis, any_variant=twins)  # fmt: skip


def _open(row: Row, liked: Sequence[Liked], taken: frozenset[str], lexicon: Lexicon) -> Answer:
    """Undecided between indicators that no other row answers, or an addition."""
    weak = [each for each in liked if each.weighed >= WEAK and each.candidate.indicator.id not in taken]
    weak += [
        each
        for each in _industrial(row, liked, lexicon)
        if each.candidate.indicator.id not in taken and each not in weak
    ]
    if not weak:
        return Answer(Standing.OWN)
    return Answer(Standing.UNDECIDED, tuple(match_of(each, weak) for each in weak))


def _industrial(row: Row, liked: Sequence[Liked], lexicon: Lexicon) -> list[Liked]:
    """Indicators of industrialisation, for a row that is about it by whatever figure."""
    words = lexicon.vocabulary.industrial
    if not any(word in row.indicator.name.text for word in words):
        return []
    plain = [each for each in liked if _demanded(each) and each.candidate.indicator.kind == "qualitative"]
    return [each for each in plain if any(word in each.candidate.indicator.name for word in words)]


def _demanded(each: Liked) -> bool:
    return each.candidate.indicator.required != "mention"
