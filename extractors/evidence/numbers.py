"""A document's number: behind its label, or by its form; a patent's is held against its check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.evidence.labels import labelled
from extractors.forms.flow import Flow
from pipeline.model.evidence import Reading
from pipeline.notices.evidence_words import EvidenceKind
from pipeline.values import without_blanks
from pipeline.values.characters import ascii_width, clean

SIGNS = r"A-Za-z0-9〔〕\[\]【】()（）_/.·:—–\-"
NUMBER = re.compile(rf"第?[ 　]*[{SIGNS}\u4e00-\u9fff]*\d[{SIGNS}]*(?: ?[A-Za-z0-9\-/.]+)*号?")
PATENT = re.compile(r"[Z2]?[L1I]?[ 　]*((?:\d[ 　]*){8}(?:(?:\d[ 　]*){4})?)[.。·． ,，]?[ 　]*([\dXx])(?!\d)")
PATENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
UNSURE = 0.5
"""Confidence of a patent's number whose check digit is not what the others make it: one of them was misread."""
LEAST_DIGITS = 3
"""Digits of a number; with fewer it is a count or a chapter."""
DECIMALS = 12


def find_number(rows: Sequence[Flow], kind: EvidenceKind) -> Reading | None:
    """The number; None where there is none."""
    if any("专利号" in label for label in kind.numbers):
        return _patent(rows, kind)
    for flow in (*_labelled(rows, kind), *_formed(rows, kind)):
        value = number_value(flow.text)
        if sum(char.isdigit() for char in value) >= LEAST_DIGITS:
            return flow.reading(value)
    return None


def number_value(text: str) -> str:
    """A number as the contract writes it: half-width, no blanks, upper-case."""
    return without_blanks(ascii_width(clean(text))).upper().rstrip(".:;")


def _labelled(rows: Sequence[Flow], kind: EvidenceKind) -> Iterator[Flow]:
    for value in labelled(rows, kind.numbers):
        if found := NUMBER.match(value.text):
            yield value[: found.end()].stripped()


def _formed(rows: Sequence[Flow], kind: EvidenceKind) -> Iterator[Flow]:
    """Numbers known by their form; blanks and the width of signs are looked over."""
    for form in kind.number_forms:
        for row in rows:
            plain, places = _plain(row.text)
            for found in re.finditer(form, plain):
                yield row[places[found.start()] : places[found.end() - 1] + 1]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text without blanks and in one width, and where each of its characters stands."""
    plain = ascii_width(text)  # character for character
    places = [place for place, char in enumerate(plain) if char not in " 　"]
    return "".join(plain[place] for place in places), places


def _patent(rows: Sequence[Flow], kind: EvidenceKind) -> Reading | None:
    """A patent's number with its ZL and its stop, as far as it can be told."""
    for flow in (*labelled(rows, kind.numbers), *_formed(rows, kind)):
        found = PATENT.match(flow.text)
        if not found:
            continue
        body, check = without_blanks(found[1]), found[2].upper()
        reading = flow[: found.end()].reading(f"ZL{body}.{check}")
        right = patent_check(body) == check
        return reading if right else reading.model_copy(update={"confidence": min(reading.confidence, UNSURE)})
    return None


def patent_check(body: str) -> str:
    """The check digit of a patent's eight or twelve digits (ZC 0006-2003)."""
    total = sum(int(char) * weight for char, weight in zip(body, PATENT_WEIGHTS, strict=False))
    return "X" if total % 11 == 10 else str(total % 11)
