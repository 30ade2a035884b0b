"""Texts as they are likened: their words by meaning, what they say of each kind, the units they name."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from extractors.texts.language import language
from pipeline.notices.profile import Profile
from pipeline.notices.vocabulary import Vocabulary, WordKind, vocabulary_of
from pipeline.values import fold

FOREWORD = re.compile(
    r"^(?:[(（]?[\d一二三四五六七八九十]{1,2}[)）]?[、.．:：]|[①-⑳])?\s*(?:其[他它]指标[\s:：、—-]*)?"
)
"""A row's own number, and the template's 其他指标 before a name."""
WORD = re.compile(r"\w")
LATIN_GAP = re.compile(r"(?:(?<=[A-Za-z])|(?<=[A-Za-z]\d)|(?<=[A-Za-z]\d\d))\s+(?=[A-Za-z])")
"""Between two Latin words, which without their blank would be one."""
FILLER_WEIGHT = 0.15
"""Of a word that says nothing of what is meant; not nought, so that names made of such words are still likened."""


COUNTS = "计数"
"""The kind of quantities (words.yaml, heads) that are numbers of things."""
KEPT_TEXTS = 8192
"""Texts remembered in a process as they are likened."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is likened; `kinds` holds only what it says something of."""

    text: str
    words: frozenset[str]
    kinds: Mapping[str, frozenset[str]]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A notice's words, ready to take texts apart by."""

    nlp: Any
    vocabulary: Vocabulary
    meanings: Mapping[str, str]
    weights: Mapping[str, float]
    rarest: float
    patterns: Mapping[str, tuple[re.Pattern[str], Mapping[str, str]]]
    unit_pattern: re.Pattern[str]
    unit_classes: Mapping[str, str]
    measure_classes: Mapping[str, str]
    """As `unit_classes`, the units of shares and counts too."""
    abbreviations: Mapping[str, str]
    abbreviation_pattern: re.Pattern[str]
    head_words: Mapping[str, frozenset[str]]
    """Words that names of quantities end in, the longest first, and of which quantities."""

    def said(self, text: str) -> Said:
        """A text as it is likened."""
        return _said(self, FOREWORD.sub("", text))

    def folded(self, text: str) -> str:
        """A text as comparisons see it, but with its blanks between Latin words, and abbreviations spelled out."""
        folded = " ".join(map(fold, LATIN_GAP.split(text)))
        return self.abbreviation_pattern.sub(lambda found: self.abbreviations[found[0]], folded)

    def weight(self, word: str) -> float:
        """How much a word tells: rare ones tell more, a word of no reference indicator as much as the rarest."""
        return self.weights.get(word, self.rarest)

    def kinds(self, text: str) -> Mapping[str, frozenset[str]]:
        """What a text says of each kind."""
        folded, found = self.folded(text), {}
        for kind in self.vocabulary.kinds:
            pattern, values = self.patterns[kind.name]
            said = frozenset(values[match] for match in pattern.findall(folded) if values[match])
            if said:
                found[kind.name] = said
        return found

    def heads(self, text: str) -> frozenset[str]:
        """What quantity a name is of, by the word it ends in, or ends in but for words that add nothing."""
        return _heads_of(self, text)

    def counts(self, text: str) -> bool:
        """Whether a name is that of a number of things."""
        return COUNTS in self.heads(text)

    def without_kinds(self, text: str) -> str:
        """A text without what it says of any kind."""
        folded = self.folded(text)
        for pattern, _ in self.patterns.values():
            folded = pattern.sub("", folded)
        return folded

    def measures(self, *texts: str) -> frozenset[str]:
        """Classes of the units that stand behind numbers or in brackets, shares and counts too."""
        folded = " ".join(fold(text) for text in texts)
        return frozenset(self.measure_classes[unit] for unit in self.unit_pattern.findall(folded))

    def tells_nothing(self, text: str) -> bool:
        """Whether a text has no word that says what is meant."""
        return all(self.weight(word) <= FILLER_WEIGHT for word in self.said(text).words)

    def unit_class(self, unit: str | None) -> str:
        """The class of a reference indicator's unit; "" where it names no indicator by itself."""
        return self.unit_classes.get(fold(unit or ""), "")

    def measure_class(self, unit: str | None) -> str:
        """As `unit_class`, shares and counts too."""
        return self.measure_classes.get(fold(unit or ""), "")


@lru_cache(maxsize=KEPT_TEXTS)
def _said(words: Lexicon, plain: str) -> Said:
    """A text as it is likened: the same names come again from package to package."""
    tokens = [token.text for part in words.folded(plain).split() for token in words.nlp(part)]
    told = [words.meanings.get(token, token) for token in tokens]
    telling = frozenset(word for word in told if WORD.search(word) and word not in words.unit_classes)
    return Said("".join(told), telling, words.kinds(plain))


@lru_cache(maxsize=KEPT_TEXTS)
def _heads_of(words: Lexicon, text: str) -> frozenset[str]:
    """What quantity a name is of: each is asked about by every row that is likened to it."""
    for tail in ("", *words.vocabulary.levels.tails):
        name = text.removesuffix(tail)
        for word, classes in words.head_words.items():
            if name.endswith(word):
                return classes
    return frozenset()


_LEXICONS: dict[Path, Lexicon] = {}


def lexicon(profile: Profile) -> Lexicon:
    """The lexicon of a notice, made once a process."""
    if profile.folder not in _LEXICONS:
        _LEXICONS[profile.folder] = _make(profile)
    return _LEXICONS[profile.folder]


def _make(profile: Profile) -> Lexicon:
    words = vocabulary_of(profile)
    measures = {**words.units, **words.plain_units}
    bare = Lexicon(
        nlp=language(profile),
        vocabulary=words,
        meanings={fold(other): fold(word) for word, others in words.synonyms.items() for other in others},
        weights={},
        rarest=1.0,
        patterns={kind.name: _pattern(kind) for kind in words.kinds},
        unit_pattern=_unit_pattern([unit for units in measures.values() for unit in units]),
        unit_classes=_by_unit(words.units),
        measure_classes=_by_unit(measures),
        abbreviations={fold(short): long for short, long in words.abbreviations.items()},
        abbreviation_pattern=_longest_first(map(fold, words.abbreviations)),
        head_words=_heads(words.heads),
    )
    return _weighted(bare, profile)


def _weighted(bare: Lexicon, profile: Profile) -> Lexicon:
    """With weights by how many reference indicators have a word in their names."""
    references = [indicator for direction in profile.directions for indicator in direction.references]
    counts: Counter[str] = Counter()
    for indicator in references:
        counts.update(bare.said("、".join((indicator.name, *indicator.aliases))).words)
    rarest = math.log(len(references))
    weights = {word: max(0.1, (rarest - math.log(count)) / rarest) for word, count in counts.items()}
    weights |= {bare.meanings.get(fold(word), fold(word)): FILLER_WEIGHT for word in bare.vocabulary.filler}
    return replace(bare, weights=weights, rarest=1.0)


def _by_unit(classes: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    return {fold(unit): name for name, units in classes.items() for unit in units}


def _heads(classes: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    words = sorted({fold(word) for listed in classes.values() for word in listed}, key=len, reverse=True)
    return {word: frozenset(name for name, listed in classes.items() if word in map(fold, listed)) for word in words}


def _pattern(kind: WordKind) -> tuple[re.Pattern[str], Mapping[str, str]]:
    values = {fold(word): value for value, words in kind.words.items() for word in words}
    values |= dict.fromkeys(map(fold, kind.besides), "")
    return _longest_first(values), values


@cache
def _longest_first_of(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(_bounded(word) for word in ordered))


def _longest_first(words: Iterable[str]) -> re.Pattern[str]:
    return _longest_first_of(tuple(words))


def _bounded(word: str) -> str:
    """A Latin word only where no letter goes on from it (FAR is not in far-field)."""
    escaped = re.escape(word)
    return rf"(?<![a-z]){escaped}(?![a-z])" if re.fullmatch(r"[a-z]+", word) else escaped


def _unit_pattern(units: Sequence[str]) -> re.Pattern[str]:
    ordered = "|".join(re.escape(unit) for unit in sorted(map(fold, units), key=len, reverse=True))
    return re.compile(rf"(?<=[\d.(万亿])({ordered})(?![a-z/])")
