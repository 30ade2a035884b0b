"""An application's indicator rows with the reference indicators they answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from extractors.references.assigning import Answer, assign, liked_by
from extractors.references.completing import complete
from extractors.references.lexicon import Lexicon, lexicon
from extractors.references.likeness import Candidate, row_of
from pipeline.model.application import Application
from pipeline.model.indicator import Indicator, ReferenceMatch, RowKind, Standing
from pipeline.notices.directions import Direction, IndicatorGroup, ReferenceIndicator
from pipeline.notices.profile import Profile
from pipeline.values import fold

SHORT_PART = 2
"""Characters of a listed thing that is no name by itself (精度, 时间)."""


def with_answers(application: Application, profile: Profile) -> Application:
    """The application with every data row's standing to its direction's reference indicators."""
    rows = application.indicators
    if not any(row.kind is RowKind.DATA for row in rows):
        return application
    words, answered = lexicon(profile), list(rows)
    for number, places in _by_direction(application).items():
        direction = profile.direction(number)
        if direction is None:
            continue
        product = " ".join(dict.fromkeys((*(rows[place].product for place in places), application.text("product"))))
        answers = answers_of([rows[place] for place in places], direction, product, words)
        for place, answer in zip(places, answers, strict=True):
            answered[place] = _with_answer(rows[place], answer)
    return application.model_copy(update={"indicators": tuple(answered)})


def answers_of(rows: Sequence[Indicator], direction: Direction, product: str, words: Lexicon) -> tuple[Answer, ...]:
    """How rows of one direction's table stand to its reference indicators."""
    candidates, ready = candidates_of(direction, words), [row_of(row, words) for row in rows]
    liked = [liked_by(row, candidates, words) for row in ready]
    answers = _of_variant(assign(ready, liked, words), candidates, product, words)
    live = _live(direction, answers, product, words)
    return _of_variant(complete(answers, ready, liked, candidates, live, words), candidates, product, words)


def candidates_of(direction: Direction, words: Lexicon) -> tuple[Candidate, ...]:
    """A direction's reference indicators ready to be likened."""
    pairs = [(group, indicator) for group in direction.groups for indicator in group.indicators]
    classes = [words.unit_class(indicator.unit) for _, indicator in pairs]
    names = {unit: {indicator.name for (_, indicator), own in zip(pairs, classes, strict=True) if own == unit}
             for unit in classes}  # fmt: skip
    quotes = Counter(indicator.quote for _, indicator in pairs)
    return tuple(
        _candidate(indicator, group, unit, len(names[unit]) == 1, quotes[indicator.quote] > 1, words)
        for (group, indicator), unit in zip(pairs, classes, strict=True)
    )


def _candidate(
    indicator: ReferenceIndicator, group: IndicatorGroup, unit: str, alone: bool, shared: bool, words: Lexicon
) -> Candidate:
    said = (indicator.name, *indicator.aliases, *words.vocabulary.aliases.get(indicator.id, ()), *_parts(indicator))
    condition = "、".join(indicator.condition.words) if indicator.condition else ""
    extent = group.variant or (group.title if group.applies == "alternative" else "")
    return Candidate(
        indicator=indicator,
        group=group,
        names=tuple(map(words.said, said)),
        spellings=frozenset(map(fold, said)),
        quote=frozenset() if shared else words.said(indicator.quote).words,
        kinds=words.kinds(f"{indicator.name}、{condition}"),
        extent=words.kinds(extent),
        unit=unit,
        alone_in_unit=bool(unit) and alone,
        measure=words.measure_class(indicator.unit),
        is_kind=words.tells_nothing(words.without_kinds(indicator.name)),
    )


def _parts(indicator: ReferenceIndicator) -> tuple[str, ...]:
    """The things that one name lists: a table may give each of them a row."""
    parts = indicator.name.split("、")
    return tuple(part for part in parts if len(part) > SHORT_PART) if len(parts) > 1 else ()


def _live(direction: Direction, answers: Sequence[Answer], product: str, words: Lexicon) -> frozenset[str]:
    """Groups whose indicators a table is to answer: those that always apply, and of the others those that it answers.

    Where it answers none of those: the ones that the product names, or else any.
    """
    always = {group.id for group in direction.groups if group.applies == "always"}
    groups = {indicator.id: group.id for group in direction.groups for indicator in group.indicators}
    answered = {
        groups[match.reference]
        for answer in answers if answer.standing is Standing.ANSWERS
        for match in answer.matches
    }  # fmt: skip
    others = {group.id: group for group in direction.groups if group.id not in always}
    named = {name for name, group in others.items() if _names_variant(product, group, words)}
    return frozenset(always | (answered & others.keys() or named or others.keys()))


def _of_variant(
    answers: Sequence[Answer], candidates: Sequence[Candidate], product: str, words: Lexicon
) -> tuple[Answer, ...]:
    """Of like indicators for several kinds of product, those for the kind that product or other rows name."""
    groups = {candidate.indicator.id: candidate.group for candidate in candidates}
    met = {
        groups[match.reference].id
        for answer in answers if answer.standing is Standing.ANSWERS
        for match in answer.matches if not match.any_variant
    }  # fmt: skip
    named = {group.id for group in groups.values() if _names_variant(product, group, words)}
    return tuple(_narrowed(answer, groups, named, met) for answer in answers)


def _names_variant(product: str, group: IndicatorGroup, words: Lexicon) -> bool:
    """Whether a product's name says the kind of product of a group, and no other."""
    mine, theirs = words.kinds(product), words.kinds(group.variant)
    shared = [kind for kind in theirs if kind in mine]
    return bool(shared) and all(mine[kind] & theirs[kind] for kind in shared)


def _narrowed(answer: Answer, groups: Mapping[str, IndicatorGroup], named: set[str], met: set[str]) -> Answer:
    for wanted in (named, met):
        twins = [match for match in answer.matches if match.any_variant]
        kept = [match for match in twins if groups[match.reference].id in wanted]
        if twins and kept and len(kept) < len(twins):
            single = len(kept) == 1
            chosen = [match.model_copy(update={"any_variant": not single}) for match in kept]
            return Answer(answer.standing, (*(m for m in answer.matches if not m.any_variant), *chosen))
    return answer


def _by_direction(application: Application) -> Mapping[int, list[int]]:
    """Places of data rows by direction; of rows without one, the application's only direction."""
    reading = application.get("directions")
    ticked = reading.value if reading is not None and isinstance(reading.value, tuple) else ()
    only = ticked[0] if len(ticked) == 1 else None
    found: dict[int, list[int]] = {}
    for place, row in enumerate(application.indicators):
        number = row.direction if row.direction is not None else only
        if row.kind is RowKind.DATA and number is not None:
            found.setdefault(number, []).append(place)
    return found


def _with_answer(row: Indicator, answer: Answer) -> Indicator:
    matches: tuple[ReferenceMatch, ...] = answer.matches
    answers = answer.standing is Standing.ANSWERS
    return row.model_copy(
        update={
            "standing": answer.standing,
            "answers": matches if answers else (),
            "possible": () if answers else matches,
        }
    )
