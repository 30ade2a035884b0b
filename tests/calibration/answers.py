"""What readers said with which confidence, and whether it is what was printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from pipeline.model.evidence import Reading
from pipeline.model.record import Record
from pipeline.model.seal import SealMark
from pipeline.values import fold

DIGITS_ALONE = ("amount", "count", "date", "mobile", "fax")
"""Kinds of box whose value is made of its figures: of what else stands there the truth says nothing."""
RUNNING_TEXT = ("unit_profile", "product_summary")
"""Counted by their characters alone: whole they are a thousand answers in one."""
SIGNS_TOO = ("email",)
"""Kinds whose signs count like letters; elsewhere punctuation is folded away before anything is compared."""


class Kind(StrEnum):
    """What is asked of a reader."""

    PAGE_CHARACTER = "characters, page reading"
    AGREED_CHARACTER = "characters, looks that agree"
    PAGE_VALUE = "values, page reading"
    AGREED_VALUE = "values, looks that agree"
    SEAL_LETTER = "letters of seals"
    SEAL_NAME = "names of seals"


class Answer(Record):
    """One answer: its confidence (0-1), whether it is right, and what it was about."""

    kind: Kind
    confidence: float
    right: bool
    subject: str = ""


def of_page(reading: Reading, due: str, kind: str, subject: str) -> Iterator[Answer]:
    """The value and the characters of a page reading, with their readers' own probabilities."""
    if subject not in RUNNING_TEXT:
        yield Answer(kind=Kind.PAGE_VALUE, confidence=reading.confidence, right=reading.text == due, subject=subject)
    confidences = [char.confidence for char in reading.chars]
    yield from _characters(Kind.PAGE_CHARACTER, reading, confidences, due, kind, subject)


def of_looks(reading: Reading, due: str, kind: str, subject: str) -> Iterator[Answer]:
    """The same after the second look, with the probabilities that the looks agree on."""
    if len(reading.agreed) != len(reading.raw):
        return
    least = min((each for each, char in zip(reading.agreed, reading.raw, strict=True) if not char.isspace()), default=1)
    if subject not in RUNNING_TEXT:
        yield Answer(kind=Kind.AGREED_VALUE, confidence=least, right=reading.text == due, subject=subject)
    yield from _characters(Kind.AGREED_CHARACTER, reading, reading.agreed, due, kind, subject)


def of_seal(mark: SealMark, due: str, subject: str) -> Iterator[Answer]:
    """The name on a seal and its letters."""
    right = fold(mark.text) == fold(due)
    yield Answer(kind=Kind.SEAL_NAME, confidence=mark.text_confidence, right=right, subject=subject)
    text = "".join(char.text for char in mark.chars)
    for char, answer in zip(mark.chars, right_characters(text, due), strict=False):
        if answer is not None and char.text.isalnum():
            yield Answer(kind=Kind.SEAL_LETTER, confidence=char.confidence, right=answer, subject=subject)


def _characters(
    asked: Kind, reading: Reading, confidences: Sequence[float], due: str, kind: str, subject: str
) -> Iterator[Answer]:
    known = reading.text == due
    answers = [True] * len(reading.raw) if known else right_characters(reading.raw, due)
    for char, confidence, right in zip(reading.raw, confidences, answers, strict=False):
        if right is not None and _counts(char, kind):
            yield Answer(kind=asked, confidence=confidence, right=right, subject=f"{subject} {char}")


def _counts(char: str, kind: str) -> bool:
    if kind in DIGITS_ALONE:
        return char.isdigit()
    return char.isalnum() or (kind in SIGNS_TOO and not char.isspace())


def right_characters(said: str, due: str) -> list[bool | None]:
    """Whether each character of `said` stands at its place in `due`, as comparisons fold characters.

    None before the first and behind the last place that both have: what a value took along from its neighbours is
    printed all the same. Such characters, and those left out, count against the value alone.
    """
    places = [index for index, char in enumerate(said) if not char.isspace()]
    one, other = [fold(said[index]) for index in places], [fold(char) for char in due if not char.isspace()]
    edits = list(Levenshtein.opcodes(one, other))
    beyond = {id(op) for op in (*edits[:1], *edits[-1:]) if op.tag == "delete"}
    right: list[bool | None] = [None] * len(said)
    for op in edits:
        for index in places[op.src_start : op.src_end]:
            right[index] = None if id(op) in beyond else op.tag == "equal"
    return right
