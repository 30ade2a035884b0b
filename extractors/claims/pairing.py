"""Which number belongs to which thing in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.claims.items import Grammar, Number, Thing
from pipeline.model.claim import ClaimKind

RUN_END = re.compile(r"[，,（()）]|(?<=\D):|：(?=\D)")
COLONS = (":", "：")
JOINED = re.compile(r"(?:和|与|及|以及|或|、|/|等|各)+")
SUM = re.compile(r"^(?:总数|总量|数量)?(?:共计|共有|共|累计|总计|合计|达到|达|已达|数量为|为|其中有)*$")
BELOW = re.compile("其中|包括|含")
SORTS = frozenset({ClaimKind.PATENT, ClaimKind.INVENTION, ClaimKind.UTILITY_MODEL, ClaimKind.DESIGN})
WITHIN = {ClaimKind.PATENT: SORTS, ClaimKind.INTELLECTUAL: SORTS | {ClaimKind.SOFTWARE, ClaimKind.TRADEMARK}}
"""What may be a part of what."""
LONGEST_GAP = 14
"""Characters between a thing and its number, all of them words that may stand there."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A thing with the number that is said of it, if any; `part` where it stands in brackets or after 其中."""

    kind: ClaimKind
    thing: Thing | None
    number: Number | None
    start: int
    end: int
    run: tuple[int, int]
    part: bool = False
    joint: bool = False
    """The number is said of several things together."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence between commas or brackets, and what stands in it."""

    start: int
    end: int
    items: tuple[Thing | Number, ...]
    inside: bool


def pairs(sentence: str, grammar: Grammar) -> tuple[Pair, ...]:
    """Things and their numbers in a sentence, in order; offsets in the sentence."""
    found: list[Pair] = []
    for run in _runs(sentence, grammar):
        fresh = list(_paired(sentence, run, grammar))
        used = {pair.number for pair in fresh}
        loose = [item for item in run.items if isinstance(item, Number) and item not in used]
        for number in loose:
            _settle(sentence, run, number, fresh, found, grammar)
        found += fresh
    return _parts_told(sorted(found, key=lambda pair: pair.start))


def _parts_told(found: Sequence[Pair]) -> tuple[Pair, ...]:
    """A part only where what it is a part of went before: 专利56项，其中发明专利12项，软著3项 has one part."""
    return tuple(
        replace(pair, part=pair.part and any(pair.kind in _within(other.kind) for other in found[:number]))
        for number, pair in enumerate(found)
    )


def _within(kind: ClaimKind) -> frozenset[ClaimKind]:
    return WITHIN.get(kind, frozenset({kind}))


def _runs(sentence: str, grammar: Grammar) -> Iterator[Run]:
    things = grammar.things(sentence)
    numbers = [n for n in grammar.numbers(sentence) if not any(t.start < n.end and n.start < t.end for t in things)]
    items: list[Thing | Number] = sorted([*things, *numbers], key=lambda item: item.start)
    start, depth, below = 0, 0, False
    for cut in (*RUN_END.finditer(sentence), None):
        end = cut.start() if cut else len(sentence)
        if any(start <= item.start < end and item.end > end for item in items):
            continue  # a comma within a number
        own = tuple(item for item in items if start <= item.start and item.end <= end)
        below = below or bool(BELOW.search(sentence[start:end]))
        yield Run(start, end, own, depth > 0 or below)
        if cut:
            told = cut.group() in COLONS and any(isinstance(item, Number) for item in own)
            below = below or told  # 知识产权150项：发明专利40项
            depth += {"（": 1, "(": 1, "）": -1, ")": -1}.get(cut.group(), 0)
            start = cut.end()


def _paired(sentence: str, run: Run, grammar: Grammar) -> Iterator[Pair]:
    items, at = run.items, 0
    while at < len(items):
        one = items[at]
        after = items[at + 1] if at + 1 < len(items) else None
        if isinstance(one, Number):
            if isinstance(after, Thing) and _near(sentence, one, after, grammar):
                chain = _chain(sentence, items, at + 1, grammar)
                yield from _shared(run, chain, one, joint=len(chain) > 1)
                at += len(chain)
            at += 1
            continue
        chain = _chain(sentence, items, at, grammar)
        last = chain[-1]
        following = items[at + len(chain)] if at + len(chain) < len(items) else None
        if isinstance(following, Number) and _near(sentence, last, following, grammar):
            summed = "等" in sentence[chain[-2].end : last.start] if len(chain) > 1 else False
            yield from _shared(run, chain[:-1] if summed else (), None, joint=False)
            yield from _shared(run, chain[-1:] if summed else chain, following, joint=len(chain) > 1 and not summed)
            at += len(chain) + 1
        else:
            yield from _shared(run, chain, None, joint=False)
            at += len(chain)


def _chain(sentence: str, items: Sequence[Thing | Number], at: int, grammar: Grammar) -> tuple[Thing, ...]:
    """Things joined by 和, 、, 等 from a position on, with no number of their own between."""
    chain: list[Thing] = []
    for item in items[at:]:
        if not isinstance(item, Thing):
            break
        if chain and not JOINED.fullmatch(_without(sentence[chain[-1].end : item.start], grammar)):
            break
        chain.append(item)
    return tuple(chain)


def _shared(run: Run, things: Sequence[Thing], number: Number | None, *, joint: bool) -> Iterator[Pair]:
    for thing in things:
        ends = [thing.start, thing.end, *((number.start, number.end) if number else ())]
        yield Pair(thing.kind, thing, number, min(ends), max(ends), (run.start, run.end), run.inside, joint)


def _near(sentence: str, one: Thing | Number, other: Thing | Number, grammar: Grammar) -> bool:
    """Whether only such words stand between as may stand between a thing and its number, and the measure fits."""
    number, thing = (one, other) if isinstance(one, Number) else (other, one)
    assert isinstance(number, Number)
    assert isinstance(thing, Thing)
    fitting = grammar.words.measures[number.measure]
    gap = sentence[one.end : other.start]
    fits = not fitting or thing.kind.value in fitting
    return fits and len(gap) <= LONGEST_GAP and not _without(gap, grammar)


def _settle(sentence: str, run: Run, number: Number, fresh: list[Pair], found: list[Pair], grammar: Grammar) -> None:
    """A number without a thing of its own: of the thing before it (共56项, 授权12项), or told by its measure (篇)."""
    fitting = grammar.words.measures[number.measure]
    before = [pair for pair in (*found, *fresh) if pair.start < number.start]
    lead = sentence[max([run.start, *(item.end for item in run.items if item.end <= number.start)]) : number.start]
    if len(fitting) == 1 and not _without(lead.strip("、和及与"), grammar):
        kind = ClaimKind(next(iter(fitting)))
        fresh.append(Pair(kind, None, number, number.start, number.end, (run.start, run.end), run.inside))
    elif before and fitting and before[-1].kind.value not in fitting:
        return
    elif SUM.match(lead) and (bare := [pair for pair in before if pair.number is None]):
        _give(number, bare, fresh, found)
    elif before and before[-1].number and _names_state(lead, grammar):
        start = number.start - len(lead)
        kind = before[-1].kind
        fresh.append(Pair(kind, None, number, start, number.end, (run.start, run.end), run.inside))


def _names_state(text: str, grammar: Grammar) -> bool:
    return any(name in text for names in grammar.words.states.values() for name in names)


def _give(number: Number, bare: Sequence[Pair], fresh: list[Pair], found: list[Pair]) -> None:
    """The number to the only thing without one; of several it is said together."""
    for pair in bare:
        for group in (fresh, found):
            if pair in group:
                group[group.index(pair)] = replace(pair, number=number, end=number.end, joint=len(bare) > 1)


def _without(text: str, grammar: Grammar) -> str:
    """What is left of a stretch without the words that may stand between a thing and its number."""
    return _between(grammar.words.between).sub("", text).strip(" \t“”\"'《》")


@cache
def _between(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
