"""Printed page numbers: 第3页, 第3页 共20页, - 3 -, 3/20, Page 3 of 20, 3."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.values.characters import fold

MOST = 2000
"""No application has more pages; a larger number is a year or a code."""
_NUMBER, _TOTAL = r"(?P<number>\d{1,4})", r"(?P<total>\d{1,4})"
_WAYS = (
    ("页", rf"第{_NUMBER}页(?:[/,.;(]?(?:共|总){_TOTAL}页\)?)?"),
    ("页", rf"(?:共|总){_TOTAL}页[/,.;]?第{_NUMBER}页"),
    ("/", rf"(?:第|p)?{_NUMBER}/{_TOTAL}页?"),
    ("of", rf"(?:page|p\.?){_NUMBER}(?:(?:of|/){_TOTAL})?"),
    ("-", rf"[-~·]+{_NUMBER}[-~·]+"),
    ("", rf"{_NUMBER}"),
)
_PATTERNS = tuple((way, re.compile(pattern)) for way, pattern in _WAYS)
_COUNTS = (
    re.compile(rf"第{_NUMBER}页[/,.;(]{{0,2}}(?:共|总){_TOTAL}页"),
    re.compile(rf"(?:共|总){_TOTAL}页[/,.;]?第{_NUMBER}页"),
    re.compile(rf"page{_NUMBER}(?:of|/){_TOTAL}"),
    re.compile(r"(?<![\d/.])(?P<number>\d{1,2})/(?P<total>\d{1,2})页?$"),
)
"""Page k of n among other words; a bare k/n ends the row, and is short: dates and file numbers have longer ones."""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page's printed number; `total` where it says of how many; `way` tells numberings of different looks apart."""

    number: int
    total: int | None
    way: str


def parse_page_number(text: str) -> PageNumber | None:
    """The page number that a line is, and nothing else; None where it is none."""
    folded = fold(text)
    for way, pattern in _PATTERNS:
        found = pattern.fullmatch(folded)
        if found is None:
            continue
        number = int(found["number"])
        total = int(found["total"]) if "total" in pattern.groupindex and found["total"] else None
        fits = 1 <= number <= (total if total is not None else MOST)
        return PageNumber(number, total, way) if fits else None
    return None


def find_page_count(text: str) -> tuple[int, int] | None:
    """The k and n of a "page k of n" anywhere in a row of text; None where there is none."""
    folded = fold(text)
    found = next((match for pattern in _COUNTS if (match := pattern.search(folded))), None)
    if found is None:
        return None
    number, total = int(found["number"]), int(found["total"])
    return (number, total) if 1 <= number <= total else None
