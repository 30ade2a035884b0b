"""What rows of a table answer when it is seen as a whole: the rows left over against the indicators left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from scipy.optimize import linear_sum_assignment

from extractors.references.assigning import Answer, Liked, belongs_with, match_of
from extractors.references.goals import Fit
from extractors.references.lexicon import Lexicon, Said
from extractors.references.likeness import Candidate, Row, fits, leaves_out, measures_another, told
from pipeline.model.indicator import Standing

ENOUGH = 0.42
"""Support from which a row left over may be put to an indicator left open."""
LEAD = 0.08
"""By which the whole assignment must be better with a row's answer than without: a near tie stays undecided."""
LEAST_NAME = 0.2
"""Of likeness in words, without which no place in the table and no figure makes a row an indicator's."""
GOAL_FITS, GOAL_GAINSAYS = 0.1, -0.25
"""For a goal of the indicator's own quantity and size, and for one of something else."""
LIST_FITS = 0.2
"""For a goal that names most of the things the indicator lists."""
COMMON_FITS = 0.05
"""For a goal that fits and is a mere count or share, as many rows' are."""
UNIT_ALONE = 0.15
"""For a row measured in a quantity that only this one of the open indicators has."""
IN_ORDER, IN_GAP = 0.1, 0.2
"""For a row between the rows of the indicators that the notice has before and behind it; for one of just as many rows
there as indicators are open."""
ORDERED = 3
"""Rows that answer surely, from which a table is seen to follow the notice's order."""
HALF, FEW_ROWS = 0.5, 0.1
"""Where fewer rows are left over than this part of the indicators left open, so much more must speak for a row."""
RUN = 2
"""Characters in a row that two names share, from which they say the same."""
OTHERS = ("其他指标", "其它指标")
"""How the template opens the rows that applicants add (notice, annex 2)."""


@dataclass(frozen=True, slots=True)
class Open:
    """An indicator that no row answers yet, under its name: as it stands in the groups of several kinds of product."""

    candidates: tuple[Candidate, ...]
    place: int
    """Its place in the notice's order."""


def complete(
    answers: Sequence[Answer],
    rows: Sequence[Row],
    liked: Sequence[Sequence[Liked]],
    candidates: Sequence[Candidate],
    live: frozenset[str],
    lexicon: Lexicon,
) -> tuple[Answer, ...]:
    """The answers, with rows left over put to the demanded indicators of the `live` groups that are left open.

    A row is put to one where name, goal, unit and place in the table together speak for it, and where the assignment
    as a whole would be clearly worse without: what could as well be another's stays as it is.
    """
    second = _seconds(answers)
    left = [
        number for number, answer in enumerate(answers) if number in second or _is_left(answer, rows[number], lexicon)
    ]
    wanted = tuple(_open(candidates, answers, live))
    if not left or not wanted:
        return tuple(answers)
    enough = ENOUGH + (FEW_ROWS if len(left) < HALF * len(wanted) else 0.0)
    places = {candidate.indicator.id: place for place, candidate in enumerate(candidates)}
    spans = {number: span for number, span in _spans(answers, places).items() if number not in second}
    support = np.array([
        [_support(rows[number], liked[number], each, wanted, _in_place(number, each, left, spans, wanted), lexicon)
         for each in wanted]
        for number in left
    ])  # fmt: skip
    chosen = {left[row]: wanted[column] for row, column in _clear(np.maximum(support - enough, 0.0))}
    return _with(answers, liked, chosen)


def _seconds(answers: Sequence[Answer]) -> frozenset[int]:
    """Rows that answer by their words no more than another row answers better: one of the two may be another's."""
    best: dict[str, tuple[float, int]] = {}
    for number, answer in enumerate(answers):
        for match in answer.matches if answer.standing is Standing.ANSWERS else ():
            best[match.reference] = max(best.get(match.reference, (0.0, 0)), (match.score, -number))
    return frozenset(
        number
        for number, answer in enumerate(answers)
        if answer.standing is Standing.ANSWERS
        and all(match.basis == "words" and best[match.reference][1] != -number for match in answer.matches)
    )


def _is_left(answer: Answer, row: Row, lexicon: Lexicon) -> bool:
    name, words = row.indicator.name.text, lexicon.vocabulary
    sold = any(word in name for word in words.industrial) and lexicon.counts(row.bare.text)
    return (
        answer.standing is not Standing.ANSWERS
        and not name.startswith(OTHERS)
        and not sold
        and not any(word in name for word in words.levels.additions)
    )


def _open(candidates: Sequence[Candidate], answers: Sequence[Answer], live: frozenset[str]) -> Iterator[Open]:
    """Demanded indicators by name, in the notice's order, that no row surely answers."""
    by_name: dict[str, list[tuple[int, Candidate]]] = {}
    for place, candidate in enumerate(candidates):
        if candidate.indicator.required != "mention" and candidate.group.id in live:
            by_name.setdefault(candidate.key, []).append((place, candidate))
    sure = (answer for answer in answers if answer.standing is Standing.ANSWERS)
    answered = {match.reference for answer in sure for match in answer.matches}
    for found in by_name.values():
        if not any(candidate.indicator.id in answered for _, candidate in found):
            yield Open(tuple(candidate for _, candidate in found), found[0][0])


def _spans(answers: Sequence[Answer], places: Mapping[str, int]) -> dict[int, tuple[int, int]]:
    """Of each row that answers surely, the first and last place of what it answers; {} where they show no order."""
    spans = {
        number: (min(found), max(found))
        for number, answer in enumerate(answers)
        if answer.standing is Standing.ANSWERS
        and (found := [places[match.reference] for match in answer.matches if not match.any_variant])
    }
    starts = [spans[number][0] for number in sorted(spans)]
    return spans if len(starts) >= ORDERED and starts == sorted(starts) else {}


def _in_place(
    number: int, one: Open, left: Sequence[int], spans: Mapping[int, tuple[int, int]], wanted: Sequence[Open]
) -> float:
    """What a row's place in the table says for an indicator, by the rows before and behind it that answer others."""
    before = [row for row in spans if row < number]
    behind = [row for row in spans if row > number]
    if not (before or behind):
        return 0.0
    first = spans[max(before)][1] if before else -1
    last = spans[min(behind)][0] if behind else max(each.place for each in wanted) + 1
    if not first < one.place < last:
        return 0.0
    between = [row for row in left if (not before or row > max(before)) and (not behind or row < min(behind))]
    gap = [each.place for each in wanted if first < each.place < last]
    exact = bool(behind) and len(between) == len(gap) and between.index(number) == gap.index(one.place)
    return IN_GAP if exact else IN_ORDER


def _support(
    row: Row, liked: Sequence[Liked], one: Open, wanted: Sequence[Open], place: float, lexicon: Lexicon
) -> float:
    """How much speaks for a row's being an indicator's: its name, goal, unit and place."""
    by_id = {each.candidate.indicator.id: each for each in liked}
    known = [by_id[each.indicator.id] for each in one.candidates if each.indicator.id in by_id]
    known = [each for each in known if not measures_another(row, each.candidate, lexicon)]
    if not known:
        return 0.0
    if place < IN_GAP and (_is_tied(row, known, one, wanted, by_id) or _is_less(row, known, lexicon)):
        return 0.0
    return max(_of_one(row, each, one, wanted, lexicon) for each in known) + place


def _is_tied(row: Row, known: Sequence[Liked], one: Open, wanted: Sequence[Open], by_id: Mapping[str, Liked]) -> bool:
    """Whether another open indicator differs from this one in just what the row does not say."""
    others = [
        by_id[candidate.indicator.id]
        for other in wanted if other is not one
        for candidate in other.candidates if candidate.indicator.id in by_id
    ]  # fmt: skip
    return any(belongs_with(row, each, other) for each in known for other in others)


def _is_less(row: Row, known: Sequence[Liked], lexicon: Lexicon) -> bool:
    """Whether the row's name tells but a lesser part of what the indicator's tells."""
    return all(leaves_out(row, each.candidate, lexicon) for each in known)


def _of_one(row: Row, each: Liked, one: Open, wanted: Sequence[Open], lexicon: Lexicon) -> float:
    shared = max(max(_shared(row.bare, said), told(said, row.bare, lexicon)) for said in each.candidate.names)
    name = max(shared, each.weighed)
    if name < LEAST_NAME:
        return 0.0
    goal = fits(row, each.candidate, lexicon)
    fitting = LIST_FITS if each.candidate.indicator.members else GOAL_FITS if each.candidate.unit else COMMON_FITS
    score = name + {Fit.FITS: fitting, Fit.CONTRARY: GOAL_GAINSAYS}.get(goal, 0.0)
    others = {candidate.unit for other in wanted if other is not one for candidate in other.candidates}
    if goal is not Fit.CONTRARY and each.candidate.unit in row.units - others:
        score += UNIT_ALONE
    return score


def _shared(one: Said, other: Said) -> float:
    """How much of two names is the same, by runs of characters: words that only partly are one another's."""
    mine, theirs = one.text, other.text
    if not mine or not theirs:
        return 0.0
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks if block.size >= RUN) / (len(mine) + len(theirs))


def _clear(gains: np.ndarray) -> Iterator[tuple[int, int]]:
    """Pairs of the best assignment without each of which the best one would be clearly worse."""
    best = _assigned(gains)
    whole = sum(gains[pair] for pair in best)
    for pair in best:
        without = gains.copy()
        without[pair] = 0.0
        if whole - sum(without[other] for other in _assigned(without)) >= LEAD:
            yield pair


def _assigned(gains: np.ndarray) -> list[tuple[int, int]]:
    rows, columns = linear_sum_assignment(gains, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if gains[row, column] > 0]


def _with(
    answers: Sequence[Answer], liked: Sequence[Sequence[Liked]], chosen: Mapping[int, Open]
) -> tuple[Answer, ...]:
    """The answers with those chosen; what is answered then is no longer what other rows may answer."""
    taken = {candidate.indicator.id for one in chosen.values() for candidate in one.candidates}
    made = []
    for number, answer in enumerate(answers):
        if number in chosen:
            ids = {candidate.indicator.id for candidate in chosen[number].candidates}
            best = [each for each in liked[number] if each.candidate.indicator.id in ids]
            made.append(Answer(Standing.ANSWERS, tuple(match_of(each, best) for each in best)))
        elif answer.standing is Standing.UNDECIDED:
            kept = tuple(match for match in answer.matches if match.reference not in taken)
            made.append(Answer(Standing.UNDECIDED, kept) if kept else Answer(Standing.OWN))
        else:
            made.append(answer)
    return tuple(made)
