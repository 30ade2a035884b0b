"""The unit that amounts are stated in, as statements tell it: 单位：元, 金额单位：人民币万元, （万元）."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.evidence.rows import folded
from extractors.forms.flow import Flow

NAMES = "(百万元|万元|千元|亿元|元)"
UNIT = re.compile(
    rf"(?:单位|币种)[:为]?\(?(?:人民币)?\)?[/,:]?{NAMES}|\((?:人民币|单位:)?{NAMES}\)|人民币{NAMES}$|金额\(?{NAMES}\)?"
)


def told_unit(rows: Sequence[Flow]) -> str | None:
    """The first unit told in the rows; None where none is."""
    for row in rows:
        if found := UNIT.search(folded(row.text)):
            return next(part for part in found.groups() if part)
    return None
