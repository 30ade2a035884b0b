"""Whose a document is: the unit behind a label, in the words of a grant, or in the salutation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.evidence.labels import labelled
from extractors.forms.flow import Flow
from pipeline.model.evidence import Reading
from pipeline.notices.evidence_words import EvidenceKind, EvidenceWords
from pipeline.values import normalise

NAME = r"[\u4e00-\u9fffA-Za-z0-9·&()（）\- ]"
SALUTATIONS = ("荣誉", "审计报告", "研发费用")
"""Kinds that may speak to the unit: its name alone before a colon."""
LEAST_NAME = 4
PREPOSITIONS = "由对"
"""Words before a unit in running text that no unit's name begins with."""
LONGEST_REST = 14
"""Characters of a name that may stand in the row below."""


@cache
def unit_name(endings: tuple[str, ...]) -> re.Pattern[str]:
    """A unit's name from its first character to the last word that can end one."""
    ends = "|".join(re.escape(word) for word in sorted(endings, key=len, reverse=True))
    return re.compile(rf"{NAME}{{2,40}}(?:{ends})(?:[(（]有限合伙[)）])?")


def find_owner(rows: Sequence[Flow], kind: EvidenceKind, words: EvidenceWords) -> Reading | None:
    """The unit that a document belongs to; None where none is named."""
    name = unit_name(words.unit_endings)
    for found in (*_labelled(rows, kind, name), *_addressed(rows, kind, name), *_granted(rows, words, name)):
        value = normalise("name", found.text.strip())
        if len(value) >= LEAST_NAME:
            return found.reading(value)
    return None


def _labelled(rows: Sequence[Flow], kind: EvidenceKind, name: re.Pattern[str]) -> Iterator[Flow]:
    for value in labelled(rows, kind.owners):
        head = re.split(r"\n|[ 　]{2,}|　|[,，;；。]", value.text, maxsplit=1)[0]
        found = name.match(head)
        if found:
            several = re.match(rf"(?:{name.pattern})(?:[;；、,，] ?(?:{name.pattern}))*", value.text)
            yield value[: several.end()] if several else value[: found.end()]
        elif rest := _continued(rows, value, name):
            yield rest


def _continued(rows: Sequence[Flow], value: Flow, name: re.Pattern[str]) -> Flow | None:
    """A name that goes on in the row below its first line."""
    for above, below in itertools.pairwise(rows):
        if value.text and above.text.endswith(value.text) and "\n" not in value.text:
            found = name.match(value.text + below.text[:LONGEST_REST])
            if found and found.end() > len(value.text):
                return value + below[: found.end() - len(value.text)]
    return None


def _addressed(rows: Sequence[Flow], kind: EvidenceKind, name: re.Pattern[str]) -> Iterator[Flow]:
    if kind.kind not in SALUTATIONS:
        return
    for row in rows:
        found = re.fullmatch(rf"\s*({name.pattern})(?:全体股东|董事会)?[ 　]*[:：]\s*", row.text)
        if found:
            yield row[slice(*found.span(1))]


def _granted(rows: Sequence[Flow], words: EvidenceWords, name: re.Pattern[str]) -> Iterator[Flow]:
    """The unit right behind words like 兹授予, or right before words like 研发的."""
    for word in words.owner_before:
        for row in rows:
            at = row.text.find(word)
            found = name.match(row.text, at + len(word)) if at >= 0 else None
            if found:
                yield row[slice(*_shortest(found, row.text))]
    for word in words.owner_after:
        for row in rows:
            at = row.text.find(word)
            before = re.search(rf"({name.pattern})$", row.text[:at]) if at > 0 else None
            if before:
                yield row[slice(*before.span(1))].stripped(PREPOSITIONS)


def _shortest(found: re.Match[str], text: str) -> tuple[int, int]:
    """Running text after a name (…公司四川省重点实验室) is no part of it: a name ends with its first 公司, if any."""
    start, end = found.span()
    first = re.search(r"有限(?:责任)?公司|股份公司|研究院|大学", text[start:end])
    ending = first and re.match(r"[(（]有限合伙[)）]", text[start + first.end() :])
    return (start, start + first.end()) if first and not ending else (start, end)
