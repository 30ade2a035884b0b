"""The packages of `make accuracy` with defects on their pages: each code often enough, and no two in one place."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from samples.defects import OMISSIONS, SEALS, DefectSpec, plant
from samples.submission import Submission, clean_submission
from samples.truth import PackageTruth, Planted
from tests.accuracy.__main__ import DELIVERIES, LEVELS, OF_DELIVERIES, SEAL_DEFECTS, _with_table
from tests.accuracy.rules.night import filing_of
from tests.accuracy.rules.test_outcomes import ON_PAGES
from tests.accuracy.scores import COLOURLESS

LEAST = 5
"""How often each code that hangs on pixels is planted over the levels."""


def submission(codes: tuple[str, ...]) -> Submission:
    made = clean_submission(filing_of(1))
    for code in codes:
        made = plant(made, DefectSpec(code), Random(code))
    return made


def test_every_code_that_hangs_on_pixels_is_planted_often_enough() -> None:
    times = Counter(code for group in SEAL_DEFECTS for code in group)
    times = Counter({code: count * len(LEVELS) for code, count in times.items()})
    times[COLOURLESS] += len(SEAL_DEFECTS)  # every package of the grey level
    due = {code.partition(":")[0] for code in ON_PAGES} | {"Q101"}
    assert {code: times[code] for code in due if times[code] < LEAST} == {}


@pytest.mark.parametrize("codes", SEAL_DEFECTS, ids="+".join)
def test_no_defect_takes_anothers_place(codes: tuple[str, ...]) -> None:
    made = submission(codes)
    assert [each.code for each in made.planted] == list(codes)
    seals = [SEALS[code][0] for code in codes if code in SEALS]
    seams = [code for code in codes if code.startswith("S12")]
    assert len(seals) == len(set(seals)) and len(seams) <= 1
    assert not set(codes) & set(OMISSIONS)


def test_a_deliverys_table_has_one_thing_wrong_at_most() -> None:
    wrong: dict[int, list[str]] = {}
    for index, group in enumerate(SEAL_DEFECTS):
        wrong.setdefault(index % DELIVERIES, []).extend(set(group) & set(OF_DELIVERIES))
    assert sorted(len(codes) for codes in wrong.values()) == [1] * DELIVERIES


def test_what_is_said_of_the_table_counts_for_the_package_it_was_planted_with(tmp_path: Path) -> None:
    folder = tmp_path / "results" / "成都市"
    folder.mkdir(parents=True)
    table = {"findings": [{"code": "S141"}, {"code": "R204"}], "verdicts": [{"code": "S142"}]}
    (folder / "delivery.json").write_text(json.dumps(table), encoding="utf-8")
    bare = {"findings": [], "verdicts": []}

    def package(*codes: str) -> PackageTruth:
        return PackageTruth(
            identity="成都市/甲", delivery="成都市", level="office", family="tuning", recommender="", online_no=None,
            fields={}, planted=tuple(Planted(code=code) for code in codes),
        )  # fmt: skip

    assert _with_table(bare, package("S141"), tmp_path)["findings"] == [{"code": "S141"}]
    assert _with_table(bare, package("S101"), tmp_path) == bare
