"""Whether a page opens evidence: a sheet that names an item, or a document's heading that stands out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from extractors.evidence.headings import LEAST_MARKS, count_marks, find_heading
from extractors.evidence.rows import folded, page_rows
from extractors.evidence.separators import find_mark
from extractors.forms.flow import Flow
from pipeline.model.document import Page
from pipeline.model.geometry import BBox, union
from pipeline.notices.evidence_words import EvidenceKind
from pipeline.notices.profile import Profile

FIRST_ROWS = 8
"""A heading stands among the first rows of its page: a letterhead and numbers may stand above it."""
FEW_ROWS = 14
"""A page of so few rows is a certificate or a title page, whatever the size of its heading."""
LARGER = 1.2
"""A heading among running text is this much higher than the page's lines."""
LETTERHEAD = 2
"""Rows above a statement's title: a form's number, a line of its own for whoever issues it."""
OFF_CENTRE = 0.12
"""How far from the page's middle a heading's middle may be, in fractions of the width."""
CAPTION = re.compile(
    r"^[图表](?:\d|[一二三四五六七八九十])|^\d+[.、]|^[一二三四五六七八九十]+、|^\([一二三四五六七八九十\d]+\)"
)


def opens_evidence(page: Page, profile: Profile) -> bool:
    """Whether the page is a separator sheet, or headed by the title of a kind of evidence.

    Captions and numbered headings inside a text speak of evidence too; they are smaller, or lower, or numbered.
    """
    rows = page_rows(page)
    heading = find_heading(rows, profile.evidence_kinds)
    mark = find_mark(rows, heading, profile.evidence_words)
    if mark is not None and mark.sheet:
        return True
    if heading is None or heading.flow is None or not heading.flow.places:
        return False
    flow, above = heading.flow, _rows_above(heading.flow, rows)
    if above >= FIRST_ROWS or CAPTION.match(folded(flow.text)) or abs(_box(flow).center[0] - 0.5) > OFF_CENTRE:
        return False
    return _stands_out(flow, rows, page) or (above <= LETTERHEAD and _is_borne_out(heading.kind, rows))


def _box(flow: Flow) -> BBox:
    return union(place.bbox for place in flow.places)


def _rows_above(flow: Flow, rows: Sequence[Flow]) -> int:
    top = _box(flow).y0
    return sum(place.bbox.y1 < top for row in rows for place in row.places[:1])


def _is_borne_out(kind: EvidenceKind, rows: Sequence[Flow]) -> bool:
    """Whether the page's own words say that it is what its heading names: a statement's title is hardly larger."""
    return count_marks(kind, folded("".join(row.text for row in rows))) >= LEAST_MARKS


def _stands_out(flow: Flow, rows: Sequence[Flow], page: Page) -> bool:
    height = max(place.bbox.height for place in flow.places)
    return len(rows) <= FEW_ROWS or height >= LARGER * median(line.bbox.height for line in page.reading.lines)
