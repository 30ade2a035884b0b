"""Amounts in running text and in words: 营业收入为23,456.78万元; 人民币（大写）壹佰万元整."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from extractors.evidence.grids import figure
from extractors.evidence.rows import holds
from extractors.forms.flow import Flow
from pipeline.notices.evidence_words import EvidenceWords
from pipeline.values import spelled_amount
from pipeline.values.amounts import UNITS

FIGURE = r"(-?\d[\d,，.]*)"
UNIT = "((?:亿|百万|万|千)?元)?"
SUM = rf"[ 　\n]*(?:人民币|RMB)?[ 　]*(?:[￥¥][ 　]*{FIGURE}|{FIGURE}[ 　]*(?=[亿万千百]*元))[ 　]*{UNIT}"
"""A sum with its unit; behind ￥ it is in 元 where no other is told."""
GAP = r"[^\d，,。；;]{0,16}?"
"""What may stand between an amount's name and its sum."""
FAR = 20
"""Characters before a name in which a year is that of its sum."""
YEAR = re.compile(r"(20\d\d)年")
NEAR = 4
"""Characters before a name that may make it another's."""
WORDS = re.compile(
    r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{3,}[元圆](?:[零壹贰叁肆伍陆柒捌玖]角)?(?:[零壹贰叁肆伍陆柒捌玖]+分)?"
)


def stated_sum(
    rows: Sequence[Flow], names: Sequence[str], unless: Sequence[str], year: int | None
) -> tuple[Flow, Decimal] | None:
    """The first sum behind one of the names (best name first): where it stands, its amount in 万元.

    A sum that stands behind another year than the document's is that year's.
    """
    texts = (*rows, *(one + two for one, two in itertools.pairwise(rows)))
    for name in names:
        for flow in texts:
            for found in _pattern(name).finditer(flow.text) if holds(flow.text, name) else ():
                group = 1 if found[1] else 2
                number = figure(found[group])
                around = flow.text[max(0, found.start() - NEAR) : found.start(group)]
                other = any(holds(around, word) for word in unless) or _of_other_year(flow.text[: found.start()], year)
                if number is not None and not other:
                    return flow[found.start(group) : found.end()], number * UNITS[found[3] or "元"]
    return None


def _of_other_year(before: str, year: int | None) -> bool:
    """Whether the year named last, and not far, in the sentence before a sum is not the document's."""
    named = YEAR.findall(re.split("[。;；]", before)[-1][-FAR:])
    return year is not None and bool(named) and int(named[-1]) != year


def spelled_sum(rows: Sequence[Flow], words: EvidenceWords) -> tuple[Flow, Decimal] | None:
    """The sum in words in a row that names a total, or says 大写."""
    for row in rows:
        name = next((name for name in (*words.totals, "大写") if name in row.text), None)
        found = WORDS.search(row.text) if name else None
        number = spelled_amount(found.group()) if found else None
        if name and found and number is not None:
            return row[found.start() : found.end()], number
    return None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name) + GAP + SUM)
