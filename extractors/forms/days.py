"""The day in what stands behind a date's label: letters of a seal beside it, or a note, are no part of it."""

from __future__ import annotations

import re

from extractors.forms.flow import Flow
from pipeline.values import parse_date

NUMERAL = "[0-9〇○◯零OoＯ一二三四五六七八九十廿卅]"
DAY = re.compile(
    rf"(?<!{NUMERAL})(?:{NUMERAL}\s*){{4}}[年./-]\s*{NUMERAL}{{1,3}}\s*[月./-]\s*{NUMERAL}{{1,3}}(?!{NUMERAL})(?:\s*[日号])?"
)
"""Year, month and day, blanks between them as a template's gaps leave them."""


def the_day(flow: Flow) -> Flow:
    """The one day that a flow names, without what stands beside it; the flow as it is where it names none or several."""
    if parse_date(flow.text) is not None:
        return flow
    found = [flow[match.start() : match.end()] for match in DAY.finditer(flow.text)]
    return found[0] if len(found) == 1 and parse_date(found[0].text) is not None else flow
