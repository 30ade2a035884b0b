"""Which year a document speaks of, and until when it is good."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from extractors.evidence.labels import labelled
from extractors.forms.flow import Flow
from pipeline.model.evidence import Reading
from pipeline.notices.evidence_words import EvidenceKind, EvidenceWords
from pipeline.values import parse_date

HAN = "〇○零一二三四五六七八九"
DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
YEAR = rf"(20\d\d|二[〇○零O0][{HAN}]{{2}})"
DATE = re.compile(
    rf"(?:20\d\d|[{HAN}]{{4}})[ 　]*[年\-/.][ 　]*(?:\d{{1,2}}|[{HAN}十]{{1,3}})[ 　]*[月\-/.][ 　]*"
    rf"(?:\d{{1,2}}|[{HAN}十]{{1,3}})[ 　]*[日号]?"
)
OF_A_YEAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{YEAR}[ 　]*(?:会计)?年[ 　]*度",
        rf"{YEAR}[ 　]*年[ 　]*0?1[ 　]*月?(?:[ 　]*0?1[ 　]*日)?[ 　]*[-—~至到]+[ 　]*(?:\1[ 　]*年)?[ 　]*12[ 　]*月",
        rf"{YEAR}[-./]0?1(?:[-./]0?1)?[ 　]*(?:[-—~至到]|\n)+[ 　]*\1[-./]12",
        rf"{YEAR}[ 　]*年[ 　]*12[ 　]*月(?:[ 　]*31[ 　]*日)?",
        rf"{YEAR}[-./]12[-./]31",
    )
)
"""What says a year, the plainest first: 2020年度; from January to December; the last day or month of it."""
TERM = re.compile(
    r"(?:有效期|有效期限|有效期为)?[ 　]*[:：]?[ 　]*([一二三四五六七八九十叁伍壹贰]|\d{1,2})[ 　]*(?:个)?年"
)
NUMERALS = {
    **{char: number for number, char in enumerate("一二三四五六七八九十", 1)},
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "伍": 5,
}


def find_year(rows: Sequence[Flow], title: Flow | None, kind: EvidenceKind, words: EvidenceWords) -> Reading | None:
    """The year of a document's period, or of its own date where its kind is dated; None where neither is told."""
    flow = _period(rows, title, words) if kind.period else _dated(rows, kind) if kind.dates else None
    if flow is None:
        return None
    year = year_of(flow.text)
    return flow.reading(year) if year else None


def _period(rows: Sequence[Flow], title: Flow | None, words: EvidenceWords) -> Flow | None:
    places = [*([title] if title else []), *labelled(rows, words.periods)]
    for pattern in OF_A_YEAR:
        for flow in places:
            if found := pattern.search(flow.text):
                return flow[found.start() :][: found.end() - found.start()]
    for pattern in OF_A_YEAR:
        hits = [(_digits(found[1]), row[found.start() :][: found.end() - found.start()])
                for row in rows for found in pattern.finditer(row.text)]  # fmt: skip
        if hits:
            counts = Counter(year for year, _ in hits)
            most = max(counts, key=lambda year: (counts[year], year))
            return next(flow for year, flow in hits if year == most)
    return None


def _dated(rows: Sequence[Flow], kind: EvidenceKind) -> Flow | None:
    for value in labelled(rows, kind.dates):
        for _, flow in dates_in(value):
            return flow
    found = [flow for row in rows for _, flow in dates_in(row)]
    months = [
        row[hit.start() :] for row in rows for hit in re.finditer(rf"{YEAR}[ 　]*年[ 　]*\d{{1,2}}[ 　]*月", row.text)
    ]
    return found[-1] if found else months[-1] if months else None


def _digits(year: str) -> str:
    return year.translate(DIGITS).replace("O", "0")


def year_of(text: str) -> str | None:
    """The year that a text begins with; None where it is none."""
    return _digits(text[:4]) if re.match(YEAR, text) else None


def last_day(text: str) -> str | None:
    """The last day that a text of a term tells: the latest day in it, or years from its day; None where it is none."""
    days = [day for found in DATE.finditer(text) if (day := parse_date(found.group().strip()))]
    if not days:
        return None
    term = TERM.search(DATE.sub("", text)) if len(days) == 1 else None
    return (_shifted(days[0], _years(term[1])) if term else max(days)).isoformat()


def dates_in(flow: Flow) -> Iterator[tuple[date, Flow]]:
    """Every day that a flow names."""
    for found in DATE.finditer(flow.text):
        day = parse_date(found.group().strip())
        if day is not None:
            yield day, flow[found.start() : found.end()]


def find_valid_until(rows: Sequence[Flow], words: EvidenceWords) -> Reading | None:
    """The last day of a certificate's term: as told, or years from its day of issue; None where there is none.

    A term of years ends on the day of its last month that has the issue's number (Civil Code, art. 202).
    """
    for value in labelled(rows, words.valid_until):
        head = value[:40]
        days = list(dates_in(head))
        if days:
            day, flow = max(days, key=lambda pair: pair[0])
            return flow.reading(day.isoformat())
        if term := TERM.match(head.text):
            return _from_issue(rows, _years(term[1]), head[: term.end()], words)
    for row in rows:
        if term := re.search(r"有效期(?:限)?[ 　]*为?[ 　]*([一二三四五叁伍]|\d)[ 　]*年", row.text):
            return _from_issue(rows, _years(term[1]), row[term.start() : term.end()], words)
    return None


def _years(text: str) -> int:
    return int(text) if text.isdigit() else NUMERALS[text]


def _from_issue(rows: Sequence[Flow], years: int, term: Flow, words: EvidenceWords) -> Reading | None:
    for value in labelled(rows, words.issued):
        for day, flow in dates_in(value[:30]):
            last = _shifted(day, years)
            return (flow + term).reading(last.isoformat())
    return None


def _shifted(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
