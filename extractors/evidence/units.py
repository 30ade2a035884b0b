"""The unit that amounts are stated in, as statements tell it: 单位：元, 金额单位：人民币万元, （万元）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from extractors.evidence.rows import folded
from extractors.forms.flow import Flow

NAMES = "(百万元|万元|千元|亿元|元)"
UNIT = re.compile(
    rf"(?<![制报])(?:单位|币种)[:为]?\(?(?:人民币)?\)?[/,:]?{NAMES}|\((?:人民币|单位:)?{NAMES}\)|人民币{NAMES}$|金额\(?{NAMES}\)?"
)


TORN = re.compile(r"(?<![制报])(?:单位|币种)[:为]?\(?(?:人民?币?)?\)?[/,:]?(?:百?万?|千|亿)$")
"""A unit begun at a row's end: the rest of it stands at the next one's beginning. 编制单位 is no unit."""


def told_unit(rows: Sequence[Flow]) -> str | None:
    """The first unit told in the rows; None where none is."""
    texts = [folded(row.text) for row in rows]
    for text, below in zip_longest(texts, texts[1:], fillvalue=""):
        if found := UNIT.search(text + below if TORN.search(text) else text):
            return next(part for part in found.groups() if part)
    return None
