"""Chinese words: one spaCy pipeline, cut by jieba with a dictionary of the notice's own terms; nothing to download."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jieba
import spacy
from spacy.lang.zh import Segmenter

from pipeline.notices.profile import Profile
from pipeline.notices.vocabulary import Vocabulary, vocabulary_of

LONGEST_NAME = 3
"""Characters of an indicator's name that is one word (误识率); longer names are made of words and must come apart."""
FREQUENCY = 200_000
"""How common jieba is to take a term to be, so that it is not cut: 的 has 320 000."""
TERM = re.compile(r"[一-龥]{2,}|[A-Za-z]{2,}")


def language(profile: Profile) -> Any:
    """The spaCy pipeline (`spacy.Language`) for a notice's texts, made once a process; a second the first time."""
    return _pipeline(terms(profile, vocabulary_of(profile)))


def terms(profile: Profile, words: Vocabulary) -> frozenset[str]:
    """The words that must not be cut: those of the vocabulary, and indicators' names as far as they are short."""
    return frozenset(term for text in _texts(profile, words) for term in TERM.findall(text))


def _texts(profile: Profile, words: Vocabulary) -> Iterator[str]:
    yield from words.filler
    for word, others in words.synonyms.items():
        yield from (word, *others)
    for things in words.claims.things.values():
        yield from things
    yield from words.claims.besides
    for direction in profile.directions:
        for indicator in direction.references:
            yield from (name for name in (indicator.name, *indicator.aliases) if len(name) <= LONGEST_NAME)


@cache
def _pipeline(own: frozenset[str]) -> Any:
    nlp: Any = spacy.blank("zh")  # cut by characters: asked for jieba it would load jieba's shared dictionary as well
    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()  # of our own: its dictionary is not that of anybody else in the process
    for term in sorted(own):
        cutter.add_word(term, FREQUENCY)
    nlp.tokenizer.segmenter, nlp.tokenizer.jieba_seg = Segmenter.jieba, cutter
    return nlp
