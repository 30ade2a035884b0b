"""The name on a seal held against the unit that should have stamped: equal, doubtful, someone else, unreadable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from rapidfuzz.distance import Editops, Levenshtein

from pipeline.model.evidence import Char
from pipeline.model.seal import SealMark, Seam
from pipeline.values import fold

SURE = 0.97
"""A character of an unrolled ring read at this probability is what stands there; misread ones stay below."""
CLEAR = 0.90
"""The surer of two letters that cannot be the unit's: on 150 worn seals held against their own names no two letters
could not be, and no single one was surer than 0.88; against sisters' names by two letters nearly all are."""
SOUND = 0.90
"""A name whose least sure character is above this was read whole: what is not in it is not on the seal."""
UNLIKE = 0.5
"""Names less alike than this are different names, whatever single characters were misread."""
SISTER = 2
"""Characters by which a sister company's name differs. One alone, however sure, may be a look-alike (枝 read as 技)."""
LEAST_READ = 3
"""Sure characters that are not the unit's needed before a name that is unlike counts as someone else's."""


LOST = 1
"""Letters that may be lost (under print, or too rare to read) in a name that is the unit's for the rest: not two, for
by two characters a sister company differs."""
STRAY = 0.5
"""A letter less sure than this may be dirt between the others."""
BRACKETS = str.maketrans("", "", "()（）")
"""Thin strokes that worn seals lose; no two units' names differ by them alone."""


class Match(StrEnum):
    """How a seal's owner compares with a unit, kindest first."""

    EQUAL = "equal"
    ALIKE = "alike"
    """Equal up to reading doubt: every letter is the unit's, or was not sure and may be the unit's."""
    NEAR = "near"
    """The same but for one letter; another seal may vouch for it."""
    DOUBTFUL = "doubtful"
    OTHER = "other"
    UNREADABLE = "unreadable"


SAME = (Match.EQUAL, Match.ALIKE)
"""The unit's own seal."""
IN_DOUBT = (Match.NEAR, Match.DOUBTFUL, Match.UNREADABLE)
"""What its letters alone leave open."""


def match(read: SealMark | Seam, units: Iterable[str]) -> Match:
    """Compare the name read off a seal with the spellings of the unit it should bear; the kindest result counts.

    Someone else needs evidence: a sure character that the unit's name does not have there, and is no candidate either,
    or characters put in or left out of a name that was read soundly. A sister company differs by two such characters.
    """
    if not fold(read.text):
        return Match.UNREADABLE
    results = {_match(read, unit) for unit in units if fold(unit)}
    return next((result for result in Match if result in results), Match.DOUBTFUL)


def _match(read: SealMark | Seam, unit: str) -> Match:
    said, wanted = fold(read.text), fold(unit).translate(BRACKETS)
    spelt = (
        read.chars if fold("".join(char.text for char in read.chars)) == said and len(read.chars) == len(said) else ()
    )
    spelt = tuple(char for char in spelt if fold(char.text).translate(BRACKETS))
    said = said.translate(BRACKETS)
    if said == wanted:
        return Match.EQUAL
    sure = [char.confidence >= SURE for char in spelt] or [False] * len(said)
    steps = Levenshtein.editops(said, wanted)
    hidden = read.hidden if isinstance(read, SealMark) else 0
    if spelt and _may_be(steps, spelt, wanted, read.lost, hidden):
        return Match.ALIKE
    if Levenshtein.normalized_similarity(said, wanted) < UNLIKE:
        return Match.OTHER if _foreign(steps, spelt, sure, wanted) >= LEAST_READ else Match.DOUBTFUL
    if _contradicts(steps, spelt, sure, wanted, read.text_confidence >= SOUND and not hidden):
        return Match.OTHER
    near = len(steps) <= LOST and sum(sure) >= len(said) - LOST - 1
    return Match.NEAR if near else Match.DOUBTFUL


def _may_be(steps: Editops, chars: Sequence[Char], wanted: str, gap: bool, hidden: int) -> bool:
    """Whether all that differs are unsure letters that may be the unit's, dirt, and letters lost.

    Lost is one letter in a gap, or one so unsure that it may be any, or as many as print hides, up to a third of the
    name. At least half of the unit's letters must have been read as they are.
    """
    if 2 * (len(wanted) - len(steps)) < len(wanted):
        return False
    missing = sum(step.tag == "insert" for step in steps)
    dirt = [chars[step.src_pos] for step in steps if step.tag == "delete"]
    others = [(chars[step.src_pos], wanted[step.dest_pos]) for step in steps if step.tag == "replace"]
    unlike = [char for char, letter in others if not may_be_letter(char, letter)]
    if (missing and not gap) or missing + len(unlike) > max(LOST, min(hidden, len(wanted) // 3)):
        return False
    return all(char.confidence < STRAY for char in (*dirt, *unlike))


def may_be_letter(char: Char, wanted: str) -> bool:
    """Whether the wanted letter is among those that the reader thought possible besides."""
    return wanted in fold(char.runner_up + char.candidates)


def _foreign(steps: Editops, chars: Sequence[Char], sure: Sequence[bool], wanted: str) -> int:
    """How many sure letters cannot be the unit's: a piece of its own name is unlike it too."""
    return sum(
        sure[step.src_pos]
        for step in steps
        if step.tag == "delete"
        or (step.tag == "replace" and not (chars and may_be_letter(chars[step.src_pos], wanted[step.dest_pos])))
    )


def _contradicts(steps: Editops, chars: Sequence[Char], sure: Sequence[bool], wanted: str, sound: bool) -> bool:
    """Whether the differences are what stands on the seal: two letters that cannot be the unit's, one of them clear."""
    foreign: list[float] = []
    put_in = left_out = 0
    for step in steps:
        if step.tag == "replace":
            char = chars[step.src_pos] if chars else None
            if char is not None and not may_be_letter(char, wanted[step.dest_pos]):
                foreign.append(char.confidence)
        elif step.tag == "delete":
            put_in += sure[step.src_pos]
            foreign += [chars[step.src_pos].confidence] if sure[step.src_pos] else []
        else:
            left_out += 1
    replaced = len(foreign) if max(foreign, default=0.0) >= CLEAR else 0
    return replaced >= SISTER or (sound and (put_in >= 1 or left_out >= 2 or replaced + left_out >= SISTER))
