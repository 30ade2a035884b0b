"""Which year an evidence document speaks of, as far as rules may rest on it."""

from __future__ import annotations

import re

from checks.case import Case
from checks.documents import pages_in_one
from pipeline.model.package import EvidenceItem

HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


def told_year(case: Case, document: EvidenceItem) -> int | None:
    """The year of a document; None where none was read, or where it speaks of the last fiscal year as well."""
    year, wanted = document.year, case.profile.fiscal_year
    if year is None or year == wanted:
        return year
    pattern = _period(wanted)
    return None if any(pattern.search(text) for text in pages_in_one(case, document.sheets)) else year


def _period(year: int) -> re.Pattern[str]:
    """How a folded text speaks of a year as a period: 2020年度, 2020年1-12月, 2020年12月31日, 2020-12-31."""
    said = f"(?:{year}|{str(year).translate(HAN)})"
    months = rf"年0?1月?(?:0?1日)?[-—~至到](?:{said}年)?12月"
    return re.compile(rf"{said}(?:年度|{months}|年12月31日|[-./]12[-./]31)")
