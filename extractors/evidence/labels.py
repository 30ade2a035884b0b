"""Labelled values: what stands behind a label, in its row, in the cell right of it, or in the row below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.evidence.rows import spaced
from extractors.forms.flow import Flow

LEAD = r"(?:^|[\n 　,，;；。(（、:：]|\d[.、])"
"""What may stand before a label: it begins its piece of the row."""
TAIL = r"[ 　]*(?:[(（][^)）\n]{0,12}[)）])?[ 　]*"
"""What may stand between a label and its colon: a note in brackets (盖章)."""


def labelled(rows: Sequence[Flow], labels: Sequence[str]) -> Iterator[Flow]:
    """Every value behind one of the labels, the labels in their order, the rows from the top; parted or not."""
    for label in labels:
        pattern = _pattern(label)
        for index, row in enumerate(rows):
            for found in pattern.finditer(row.text):
                value = row[found.end() :].stripped(":：")
                closed = row.text[found.end() - 1 : found.end()] in (":", "：", "\n")
                if not closed and not _starts_value(row.text, found.end(), found.start(1), label):
                    continue
                if value.text:
                    yield value
                elif index + 1 < len(rows):
                    yield rows[index + 1].stripped()


@cache
def _pattern(label: str) -> re.Pattern[str]:
    """The label at the beginning of its piece, and what ends it: a colon, a gap, or the value itself."""
    return re.compile(rf"{LEAD}({spaced(label)}{TAIL})(?:[:：]|\n|(?=[^\n:：]))", re.IGNORECASE)


def _starts_value(text: str, end: int, start: int, label: str) -> bool:
    """Whether a label without a colon begins its line and a value follows: the colon was not read."""
    return len(label) >= 3 and (start == 0 or text[start - 1] in "\n 　") and bool(text[end:].strip())


def piece(flow: Flow) -> Flow:
    """The value up to the next gap in its row."""
    cut = re.search(r"\n|[ 　]{2,}|　", flow.text)
    return flow[: cut.start()] if cut else flow
