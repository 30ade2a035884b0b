"""The items of a sentence that claims are made of: things, numbers with their measure words, states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cn2an
from spacy.matcher import Matcher
from spacy.util import filter_spans

from extractors.texts.language import language
from pipeline.model.claim import ClaimKind
from pipeline.notices.profile import Profile
from pipeline.notices.vocabulary import ClaimWords, vocabulary_of

BESIDES = "besides"
HAN = "零〇一二三四五六七八九十百千两"
LATIN_CERTIFICATE = r"^(?:ISO|CMMI|ITSS|GJB|DCMM|CCRC)[\w.\-]*$"
VAGUE = re.compile(
    r"多项|多件|多篇|多个|数项|数件|若干|一批|一系列|[数几][十百千]|多部|近百|上百|近千|上千|百余|千余|[十百千]数"
)
ABOUT = re.compile("近|约|上")
LARGEST = 100_000
"""Of a count of things; more is a number of another kind."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that can be claimed; offsets in the text."""

    kind: ClaimKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its measure word; `value` None where it can't be told (2-3项, 近百项)."""

    value: int | None
    more: bool
    measure: str
    start: int
    end: int


@dataclass(frozen=True)
class Grammar:
    """A notice's claim words, ready to find items by."""

    nlp: Any
    words: ClaimWords
    matcher: Any
    number: re.Pattern[str]

    def things(self, text: str) -> tuple[Thing, ...]:
        """Things in a text, the longest first; neighbours of one kind (科技进步奖二等奖) are one."""
        doc, strings = self.nlp(text), self.nlp.vocab.strings
        labels: dict[tuple[int, int], set[str]] = {}
        for label, start, end in self.matcher(doc):
            labels.setdefault((start, end), set()).add(strings[label])
        found: list[Thing] = []
        for span in filter_spans([doc[start:end] for start, end in labels]):
            named = labels[span.start, span.end]
            if BESIDES not in named:
                _add(found, Thing(ClaimKind(min(named)), span.start_char, span.end_char))
        return tuple(found)

    def numbers(self, text: str) -> tuple[Number, ...]:
        """Numbers of things in a text."""
        return tuple(_number(match) for match in self.number.finditer(text))


def _add(found: list[Thing], thing: Thing) -> None:
    if found and found[-1].kind is thing.kind and found[-1].end == thing.start:
        found[-1] = Thing(thing.kind, found[-1].start, thing.end)
    else:
        found.append(thing)


def _number(match: re.Match[str]) -> Number:
    said, rest = match["number"], f"{match['before'] or ''}{match['more'] or ''}{match['after'] or ''}"
    ranged = bool(match["range"])
    value = None if ranged or VAGUE.search(said) else _value(said)
    if value is not None and ABOUT.search(match["before"] or ""):
        value = None
    return Number(value, bool(rest) and value is not None, match["measure"], match.start(), match.end())


def _value(said: str) -> int | None:
    plain = said.replace(",", "").replace("两", "二")
    try:
        value = int(cn2an.cn2an(f"一{plain}" if plain[:1] in "百千" else plain, "smart"))
    except (ValueError, TypeError, KeyError, IndexError):
        return None
    return value if value <= LARGEST else None


_GRAMMARS: dict[Path, Grammar] = {}


def grammar(profile: Profile) -> Grammar:
    """The grammar of a notice's claims, made once a process."""
    if profile.folder not in _GRAMMARS:
        words, nlp = vocabulary_of(profile).claims, language(profile)
        _GRAMMARS[profile.folder] = Grammar(nlp, words, _matcher(nlp, words), _number_pattern(words.measures))
    return _GRAMMARS[profile.folder]


def _matcher(nlp: Any, words: ClaimWords) -> Any:
    matcher = Matcher(nlp.vocab)
    for kind, names in (*words.things.items(), (BESIDES, words.besides)):
        matcher.add(kind, [[{"ORTH": token.text} for token in nlp(name)] for name in names])
    matcher.add(ClaimKind.CERTIFICATE.value, [[{"TEXT": {"REGEX": LATIN_CERTIFICATE}}]])
    return matcher


def _number_pattern(measures: Mapping[str, object]) -> re.Pattern[str]:
    digits = rf"\d{{1,3}}(?:,\d{{3}})+|\d+|[{HAN}]+"
    return re.compile(
        rf"(?<![\d.A-Za-z{HAN}第])(?P<before>超过|超|逾|近|约|接近|上|不少于)?"
        rf"(?P<range>(?:{digits})\s*[-~—至到]\s*)?(?P<number>{digits}|[数多几若]干?[{HAN}]*)\s*(?P<more>余|多)?\s*"
        rf"(?P<measure>{'|'.join(measures)})(?P<after>以上|之多|及以上)?"
    )
