"""Recommendation tables: each row of a delivery held against the truth's."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from pipeline.values import normalise, normalise_directions
from samples.truth import DeliveryTruth, RowTruth
from tests.accuracy.papers import Figures

KINDS = {"applicant": "name", "product": "product", "mobile": "mobile", "no": "count"}


def score_rows(figures: Figures, truth: DeliveryTruth, delivery: Mapping[str, Any], names: Mapping[int, str]) -> None:
    """Rows in their places and the cells of each."""
    for due, row in zip_longest(truth.rows, delivery["rows"]):
        figures["recommendation rows"].add(due is not None and row is not None, f"{truth.name} {due} -> {row}")
        if due is None or row is None:
            continue
        for key in RowTruth.model_fields:
            expected, said = _due(key, getattr(due, key), names), row[key]
            figures[f"recommendation {key}"].add(said == expected, f"{truth.name} {key}: {expected!r} -> {said!r}")


def _due(key: str, text: str, names: Mapping[int, str]) -> str:
    """A cell's value as delivery.json tells it."""
    if key == "direction":
        return "、".join(str(number) for number in normalise_directions(text, dict(names)))
    return normalise(KINDS.get(key, "text"), text)
