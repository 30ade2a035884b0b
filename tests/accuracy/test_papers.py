"""The figures of the papers: rows find their partners though one is lost, and wrong cells count once."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from samples.truth import DeliveryTruth, IndicatorTruth, PackageTruth, RowTruth
from tests.accuracy.papers import score_indicators
from tests.accuracy.rows import score_rows
from tests.accuracy.tally import Tally

ROWS = (("算力", "10TOPS", "20TOPS"), ("功耗", "8W", "5W"), ("良率", "90%", "95%"))


def truth() -> PackageTruth:
    rows = tuple(IndicatorTruth(direction=1, product="甲", name=n, current=c, target=t, note="") for n, c, t in ROWS)
    common: dict[str, Any] = {"delivery": "成都市", "level": "office", "family": "tuning", "recommender": ""}
    return PackageTruth(identity="成都市/甲", online_no=None, fields={}, indicators=rows, **common)


def read(*rows: tuple[str, str, str]) -> dict[str, Any]:
    said = [
        {"direction": 1, "product": "甲", "name": n, "current": c, "target": t, "note": "", "cells": {}}
        for n, c, t in rows
    ]
    return {"indicators": said}


def shares(result: dict[str, Any]) -> dict[str, tuple[int, int]]:
    figures: dict[str, Tally] = defaultdict(Tally)
    score_indicators(figures, truth(), result)
    return {name: (tally.right, tally.total) for name, tally in figures.items()}


def test_all_right() -> None:
    assert set(shares(read(*ROWS)).values()) == {(3, 3)}


def test_a_lost_row_costs_no_cells_of_the_others() -> None:
    figures = shares(read(ROWS[0], ROWS[2]))
    assert figures["indicator rows in place"] == (2, 3)
    assert figures["indicator target"] == (2, 2)


def test_rows_in_each_others_places_are_not_in_place() -> None:
    right, total = shares(read(ROWS[1], ROWS[0], ROWS[2]))["indicator rows in place"]
    assert right < total


def test_a_wrong_cell() -> None:
    figures = shares(read(ROWS[0], ("功耗", "8W", "6W"), ROWS[2]))
    assert figures["indicator target"] == (2, 3) and figures["indicator name"] == (3, 3)


def test_rows_of_a_recommendation_table() -> None:
    row = RowTruth(no="1", applicant="甲公司", direction="雷达", product="雷达", reason="好", contact="赵", mobile="1")
    figures: dict[str, Tally] = defaultdict(Tally)
    said = row.model_dump() | {"direction": "3", "reason": "坏"}
    score_rows(figures, DeliveryTruth(name="成都市", recommender="", rows=(row,)), {"rows": [said]}, {3: "雷达"})
    wrong = [name for name, tally in figures.items() if tally.right < tally.total]
    assert wrong == ["recommendation reason"]
