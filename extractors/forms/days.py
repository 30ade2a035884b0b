"""The day in what stands behind a date's label: letters of a seal beside it, or a note, are no part of it."""

from __future__ import annotations

import re

from extractors.forms.flow import Flow, join
from pipeline.values import parse_date
from pipeline.values.dates import HAN_DIGIT, ZERO_LETTERS

NUMERAL = f"[0-9{HAN_DIGIT}{ZERO_LETTERS}Ｏ十廿卅]"
DAY = re.compile(
    rf"(?<!{NUMERAL})(?:{NUMERAL}\s*){{4}}[年./-]\s*{NUMERAL}{{1,3}}\s*[月./-]\s*{NUMERAL}{{1,3}}(?!{NUMERAL})(?:\s*[日号])?"
)
"""Year, month and day, blanks between them as a template's gaps leave them."""
OF_A_DATE = re.compile(rf"{NUMERAL}|[年月日号]")
LINE = re.compile(r"[^\n]+")


def the_day(flow: Flow) -> Flow:
    """The one day that a flow names, without what stands beside it or in lines of its own between its parts.

    The flow as it is where it names none or several.
    """
    if parse_date(flow.text) is not None:
        return flow
    for text in (flow, _without_strange_lines(flow)):
        found = [text[match.start() : match.end()] for match in DAY.finditer(text.text)]
        if len(found) == 1 and parse_date(found[0].text) is not None:
            return found[0]
    return flow


def _without_strange_lines(flow: Flow) -> Flow:
    """Without lines that hold nothing of a date: letters of a seal that lies over it."""
    lines = (flow[match.start() : match.end()] for match in LINE.finditer(flow.text))
    return join(line for line in lines if OF_A_DATE.search(line.text))
