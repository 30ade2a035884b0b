"""The name on a seal held against the unit that should have stamped: equal, doubtful, someone else, unreadable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from pipeline.model.evidence import Char
from pipeline.values import fold

SURE = 0.97
"""A character of an unrolled ring read at this probability is what stands there; misread ones stay below."""
SOUND = 0.90
"""A name whose least sure character is above this was read whole: what is not in it is not on the seal."""
UNLIKE = 0.5
"""Names less alike than this are different names, whatever single characters were misread."""
LEAST_READ = 3
"""Sure characters needed before a name that is unlike counts as someone else's."""


class Match(StrEnum):
    """How a seal's owner compares with a unit."""

    EQUAL = "equal"
    DOUBTFUL = "doubtful"
    OTHER = "other"
    UNREADABLE = "unreadable"


def match(text: str, chars: Sequence[Char], units: Iterable[str]) -> Match:
    """Compare the name read off a seal with the spellings of the unit it should bear; the kindest result counts.

    Someone else needs evidence: a sure character that the unit's name does not have there, and is no runner-up either,
    or characters put in or left out of a name that was read soundly. A sister company differs by two such characters.
    """
    if not fold(text):
        return Match.UNREADABLE
    results = {_match(text, chars, unit) for unit in units if fold(unit)}
    order = (Match.EQUAL, Match.DOUBTFUL, Match.OTHER)
    return next((result for result in order if result in results), Match.DOUBTFUL)


def _match(text: str, chars: Sequence[Char], unit: str) -> Match:
    said, wanted = fold(text), fold(unit)
    if said == wanted:
        return Match.EQUAL
    spelt = chars if fold("".join(char.text for char in chars)) == said and len(chars) == len(said) else ()
    sure = [char.confidence >= SURE for char in spelt] or [False] * len(said)
    if Levenshtein.normalized_similarity(said, wanted) < UNLIKE:
        return Match.OTHER if sum(sure) >= LEAST_READ else Match.DOUBTFUL
    sound = bool(spelt) and min(char.confidence for char in spelt) >= SOUND
    return Match.OTHER if _counts(said, wanted, spelt, sure, sound) else Match.DOUBTFUL


def _counts(said: str, wanted: str, chars: Sequence[Char], sure: Sequence[bool], sound: bool) -> bool:
    """Whether the differences are what stands on the seal."""
    put_in = left_out = replaced = 0
    for tag, start, _, target in (
        (step.tag, step.src_pos, step.src_pos, step.dest_pos) for step in Levenshtein.editops(said, wanted)
    ):
        if tag == "replace":
            known = bool(chars) and fold(chars[start].runner_up) == wanted[target]
            replaced += sure[start] and not known
        elif tag == "delete":
            put_in += sure[start]
        else:
            left_out += 1
    return replaced >= 1 or (sound and (put_in >= 1 or left_out >= 2))
