"""Which row of one indicator table is which row of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz.fuzz import ratio
from scipy.optimize import linear_sum_assignment

from pipeline.model.evidence import Reading
from pipeline.model.indicator import Indicator
from pipeline.values import fold

SAME_NAME = 60.0
"""Percent of likeness two names of one indicator have at least; below, the rows are different ones."""
VALUES = 0.3
"""What likeness of each value weighs beside the name's: 算力 stands in several rows."""
ORDER = 0.5
"""What a row's distance in the table costs, in percent of likeness: a tie is broken by order."""


def pair_rows(left: Sequence[Indicator], right: Sequence[Indicator]) -> Mapping[int, int]:
    """For rows of the left table the number of the same row on the right, in the best assignment of all."""
    if not left or not right:
        return {}
    scores = np.array([[_score(one, other, i - j) for j, other in enumerate(right)] for i, one in enumerate(left)])
    rows, columns = linear_sum_assignment(-scores)
    return {
        row: column
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if ratio(fold(left[row].name.text), fold(right[column].name.text)) >= SAME_NAME
    }


def _score(one: Indicator, other: Indicator, distance: int) -> float:
    values = _likeness(one.current, other.current) + _likeness(one.target, other.target)
    return _likeness(one.name, other.name) + VALUES * values - ORDER * abs(distance)


def _likeness(one: Reading | None, other: Reading | None) -> float:
    return ratio(fold(one.text), fold(other.text)) if one and other else 0.0
