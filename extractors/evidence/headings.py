"""What kind of document a page opens: by its heading, else by several words of its body."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from extractors.evidence.rows import folded
from extractors.forms.flow import Flow
from pipeline.notices.evidence_words import EvidenceKind
from pipeline.values import without_blanks

HEADING_ZONE = 0.62
"""Headings of certificates and title pages stand down to here, in fractions of the page's height."""
SLACK = 22
"""Characters that a heading may have before its kind's title: a year, a product, 关于 … 的."""
LONG_SLACK = 50
"""The same of a heading that begins with 关于 or names a unit."""
LONG_TITLE = 6
"""Characters of a title that is known with one of them misread; of shorter ones another word differs as little."""
YEAR_BEFORE = re.compile(r"^20\d\d年?度?")
LEAST_MARKS = 2
"""Words of its body that tell a page without heading."""
TAILS = re.compile(r"\([^()]{1,12}\)$|[0-9]{1,2}$|(?:正|副)本$")
"""What may stand behind a title: (续), (A类), a page's number."""
UNIT_BEHIND = re.compile(r"\((?:金额)?单位:?[^()]*元\)$")
"""The unit of a statement's amounts behind its title."""
NUMBERED = re.compile(r"^(?:附件?|附表|证明材料)[0-9一二三四五]{0,2}[:.、]?")
REFERENCES = ("后附", "根据", "见", "依据")
"""What begins a row that only speaks of a document."""
SENTENCE = re.compile(r"[,，;；。!！?？]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A page's kind; `flow` is its heading, None where its body alone tells."""

    kind: EvidenceKind
    flow: Flow | None
    marks: int = 0
    """How many words of its body speak for the kind, where they alone do."""


def find_heading(rows: Sequence[Flow], kinds: tuple[EvidenceKind, ...]) -> Heading | None:
    """The kind whose title the page bears, the longest title first; else nearly bears; else that most words speak for.

    A row that marks an item (证明材料1：主营业务收入证明) heads a document only where nothing else does.
    """
    text = folded("".join(row.text for row in rows))
    found: list[tuple[bool, int, int, float, EvidenceKind, Flow]] = []
    for flow in _candidates(rows):
        plain, own = _title_part(flow), not NUMBERED.match(folded(flow.text))
        for title, kind in _titles_of(kinds) if plain else ():
            if plain.endswith(title) and len(plain) <= len(title) + _slack(plain) and _speaks_of(kind, text):
                found.append((own, len(title), -len(plain), -_top(flow), kind, flow))
    if found:
        _, length, _, _, kind, flow = max(found, key=lambda each: each[:4])
        return _nearly_titled((flow,), kinds, text, length + 1) or Heading(kind, flow)
    return _nearly_titled(_candidates(rows), kinds, text) or _by_marks(text, kinds)


def _nearly_titled(flows: Iterable[Flow], kinds: tuple[EvidenceKind, ...], text: str, least: int = 0) -> Heading | None:
    """The kind whose title a row is but for one character, which a reader took for another or passed over.

    `least`: of a row that ends with a title as it stands (证书), only a longer one is told so (高新技术企业证书).
    """
    found: list[tuple[int, float, EvidenceKind, Flow]] = []
    for flow in flows:
        plain = YEAR_BEFORE.sub("", _title_part(flow))
        if NUMBERED.match(folded(flow.text)) or len(plain) < max(LONG_TITLE - 1, least):
            continue
        for title, kind in _titles_of(kinds):
            if len(title) >= max(LONG_TITLE, least) and _is_nearly(plain, title) and _speaks_of(kind, text):
                found.append((len(title), -_top(flow), kind, flow))
    if not found:
        return None
    _, _, kind, flow = max(found, key=lambda each: each[:2])
    return Heading(kind, flow)


def _is_nearly(plain: str, title: str) -> bool:
    return abs(len(plain) - len(title)) <= 1 and Levenshtein.distance(plain, title, score_cutoff=1) <= 1


def count_marks(kind: EvidenceKind, text: str) -> int:
    """How many words of a page's text (folded) speak for a kind."""
    return sum(folded(mark) in text for mark in kind.marks)


def title_text(flow: Flow) -> str:
    """A heading as the contract writes it: blanks out."""
    return without_blanks(flow.text)


def _candidates(rows: Sequence[Flow]) -> Iterator[Flow]:
    """Rows of the upper part by themselves, their pieces, and each two rows together (a title over two lines)."""
    upper = [row for row in rows if row.places and _top(row) < HEADING_ZONE]
    for row in upper:
        yield row
        if "\n" in row.text:
            yield from _pieces(row)
    yield from (one + two for one, two in itertools.pairwise(upper) if not SENTENCE.search(one.text + two.text))


def _pieces(row: Flow) -> Iterator[Flow]:
    start = 0
    for part in row.text.split("\n"):
        yield row[start : start + len(part)]
        start += len(part) + 1


def _top(flow: Flow) -> float:
    return min(place.bbox.y0 for place in flow.places)


def _title_part(flow: Flow) -> str:
    """A row as a heading may stand in it, its number and (续) off; "" where it is a sentence or a labelled value."""
    plain = UNIT_BEHIND.sub("", NUMBERED.sub("", folded(flow.text).replace('"', "")))
    if SENTENCE.search(plain) or ":" in plain or plain.startswith(REFERENCES):
        return ""
    return TAILS.sub("", plain)


def _slack(plain: str) -> int:
    return LONG_SLACK if plain.startswith("关于") or "公司" in plain else SLACK


@cache
def _titles_of(kinds: tuple[EvidenceKind, ...]) -> tuple[tuple[str, EvidenceKind], ...]:
    """Every title with its kind, folded."""
    return tuple((folded(title), kind) for kind in kinds for title in kind.titles)


def _speaks_of(kind: EvidenceKind, text: str) -> bool:
    return not kind.needs or any(folded(word) in text for word in kind.needs)


def _by_marks(text: str, kinds: Sequence[EvidenceKind]) -> Heading | None:
    counts = [(count_marks(kind, text), kind) for kind in kinds]
    most, kind = max(counts, key=lambda pair: pair[0])
    return Heading(kind, None, most) if most >= LEAST_MARKS else None
