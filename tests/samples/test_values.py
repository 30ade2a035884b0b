"""What applicants file, and the defects put into it."""

from __future__ import annotations

from random import Random

import pytest
from stdnum.cn import uscc

from pipeline.notices.profile import load_profile
from samples.applicants import halved, make_filing, normal
from samples.banks import bank
from samples.codes import credit_code, organisation_code
from samples.defects import COMPARED, DefectSpec, altered, known_codes, plant
from samples.filing import Filing
from samples.printing.blocks import pieces
from samples.submission import clean_submission


def filing(seed: int = 1) -> Filing:
    return make_filing(seed, bank("cities")[seed % 12], load_profile(), Random(seed), "usual", rephrase=False)


@pytest.mark.parametrize("serial", [1, 6, 204, 99999])
def test_codes_are_valid_and_reserved(serial: int) -> None:
    code = credit_code("91", "510100", serial)
    assert uscc.is_valid(code)
    assert code[8:17] == organisation_code(serial)
    assert code[8:11] == "PDY"


def test_codes_equal_the_standards_vectors() -> None:
    assert credit_code("91", "510100", 1) == "91510100PDY00001X3"
    assert credit_code("12", "510000", 1) == "12510000PDY00001X3"
    assert organisation_code(6) == "PDY000060"


@pytest.mark.parametrize("seed", range(40))
def test_filings_are_complete_and_true(seed: int) -> None:
    one = filing(seed)
    profile = load_profile()
    assert all(one.values.get(spec.key) for spec in profile.fields if spec.key != "directions")
    assert uscc.is_valid(one.values["uscc"])
    assert 200 <= len(one.values["unit_profile"]) <= 480
    assert 300 <= len(one.values["product_summary"]) <= 950
    assert float(one.values["ai_revenue"]) < float(one.values["revenue"])
    assert int(one.values["rd_staff"]) < int(one.values["staff"])
    assert "{" not in one.values["product_summary"] + "".join(one.taskbook.values())
    assert len(one.rows) >= 2


def test_the_same_seed_files_the_same() -> None:
    assert filing(7) == filing(7)
    assert filing(7) != filing(8)


@pytest.mark.parametrize("key", COMPARED)
def test_an_altered_value_differs_in_one_character(key: str) -> None:
    for seed in range(10):
        value = filing(seed).values[key]
        other = altered(value, key, Random(seed))
        assert other != value
        if value != "无" and key != "uscc":
            assert len(other) == len(value)
            assert sum(left != right for left, right in zip(value, other, strict=True)) == 1
        if key == "uscc":
            assert uscc.is_valid(other)


@pytest.mark.parametrize("code", known_codes())
def test_every_defect_is_planted_and_told(code: str) -> None:
    before = clean_submission(filing(3))
    after = plant(before, DefectSpec(code), Random(5))
    assert [planted.code for planted in after.planted] == [code]
    assert after != before
    if after.planted[0].witness == "online":
        assert after.paper == before.paper
        assert after.online != before.online


def test_an_unknown_defect_is_refused() -> None:
    with pytest.raises(ValueError, match="X999"):
        plant(clean_submission(filing()), DefectSpec("X999"), Random(1))


def test_brackets_become_half_width() -> None:
    assert halved("四川锦蓉（成都）科技２０２１，甲。") == "四川锦蓉(成都)科技2021，甲。"


def test_inline_marks_are_cut_out() -> None:
    cut = list(pieces("揭榜单位：[[u:甲公司]][[@seal.cover.applicant]]（盖章）[√]"))
    assert cut == [
        ("text", "揭榜单位："), ("underline", "甲公司"), ("anchor", "seal.cover.applicant"), ("text", "（盖章）[√]"),
    ]  # fmt: skip


def test_blanks_vanish_except_between_latin_words() -> None:
    assert normal("1 米距离成像精度（mm）") == "1米距离成像精度(mm)"
    assert normal("通用开发 workflows") == "通用开发workflows"
    assert normal("OPC UA 互联") == "OPC UA互联"
