"""Texts as they are likened: their words by meaning, what they say of each kind, the units they name."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
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
FILLER_WEIGHT = 0.15
"""Of a word that says nothing of what is meant; not nought, so that names made of such words are still likened."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is likened; `kinds` holds only what it says something of."""

    text: str
    words: frozenset[str]
    kinds: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
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

    def said(self, text: str) -> Said:
        """A text as it is likened."""
        plain = fold(FOREWORD.sub("", text))
        words = frozenset(self._words(plain))
        return Said("".join(self.meanings.get(token.text, token.text) for token in self.nlp(plain)), words,
                    self.kinds(plain))  # fmt: skip

    def _words(self, plain: str) -> Iterable[str]:
        for token in self.nlp(plain):
            word = self.meanings.get(token.text, token.text)
            if WORD.search(word) and word not in self.unit_classes:
                yield word

    def weight(self, word: str) -> float:
        """How much a word tells: rare ones tell more, a word of no reference indicator as much as the rarest."""
        return self.weights.get(word, self.rarest)

    def kinds(self, text: str) -> Mapping[str, frozenset[str]]:
        """What a text says of each kind."""
        folded, found = fold(text), {}
        for kind in self.vocabulary.kinds:
            pattern, values = self.patterns[kind.name]
            said = frozenset(values[match] for match in pattern.findall(folded) if values[match])
            if said:
                found[kind.name] = said
        return found

    def units(self, *texts: str) -> frozenset[str]:
        """Classes of the units that stand behind numbers or in brackets."""
        folded = " ".join(fold(text) for text in texts)
        return frozenset(self.unit_classes[unit] for unit in self.unit_pattern.findall(folded))

    def unit_class(self, unit: str | None) -> str:
        """The class of a reference indicator's unit; "" where it tells nothing."""
        return self.unit_classes.get(fold(unit or ""), "")


_LEXICONS: dict[Path, Lexicon] = {}


def lexicon(profile: Profile) -> Lexicon:
    """The lexicon of a notice, made once a process."""
    if profile.folder not in _LEXICONS:
        _LEXICONS[profile.folder] = _make(profile)
    return _LEXICONS[profile.folder]


def _make(profile: Profile) -> Lexicon:
    words = vocabulary_of(profile)
    bare = Lexicon(
        nlp=language(profile),
        vocabulary=words,
        meanings={fold(other): fold(word) for word, others in words.synonyms.items() for other in others},
        weights={},
        rarest=1.0,
        patterns={kind.name: _pattern(kind) for kind in words.kinds},
        unit_pattern=_unit_pattern([unit for units in words.units.values() for unit in units]),
        unit_classes={fold(unit): name for name, units in words.units.items() for unit in units},
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
    return Lexicon(
        bare.nlp, bare.vocabulary, bare.meanings, weights, 1.0, bare.patterns, bare.unit_pattern, bare.unit_classes
    )


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
