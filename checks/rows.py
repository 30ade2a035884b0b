"""Which row of a recommendation table, and which line of the clerk's log, speaks of which application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import ratio

from pipeline.model.recommendation import Receipt, RecommendationRow
from pipeline.values import fold

NEAR = 85.0
"""Percent of likeness from which on two names are one with slips of reader or pen: 2 characters of 14."""


def likeness(applicant: str, product: str, row: RecommendationRow) -> float:
    """How well a row fits unit and product, 0-200; 0 where neither is near."""
    unit, thing = row.get("applicant"), row.get("product")
    first = ratio(fold(applicant), fold(unit.text)) if unit and unit.text and applicant else 0.0
    second = ratio(fold(product), fold(thing.text)) if thing and thing.text and product else 0.0
    return first + second if max(first, second) >= NEAR else 0.0


def match_rows(applications: Mapping[str, tuple[str, str]], rows: Sequence[RecommendationRow]) -> Mapping[str, int]:
    """For each application (identity -> unit, product) the number of its row, best fits first, each row once."""
    fits = sorted(
        (
            (likeness(unit, product, row), identity, number)
            for identity, (unit, product) in applications.items()
            for number, row in enumerate(rows)
        ),
        key=lambda fit: (-fit[0], fit[1], fit[2]),
    )
    matched: dict[str, int] = {}
    taken: set[int] = set()
    for fit, identity, number in fits:
        if fit > 0 and identity not in matched and number not in taken:
            matched[identity] = number
            taken.add(number)
    return matched


def receipts_for(applicants: Sequence[str], products: Sequence[str], log: Sequence[Receipt]) -> tuple[Receipt, ...]:
    """The log's lines on a unit (by any of its names) and, where the line says one, its product."""
    units, things = {fold(name) for name in applicants if name}, {fold(name) for name in products if name}
    return tuple(
        line for line in log if fold(line.applicant) in units and (not line.product or fold(line.product) in things)
    )
