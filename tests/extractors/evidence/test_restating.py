"""Values of documents made anew from what a second look read."""

from __future__ import annotations

import pytest

from extractors.evidence.restating import restated
from pipeline.model.evidence import Reading, Source


def reading(value: str, raw: str) -> Reading:
    return Reading(value=value, raw=raw, source=Source.PAPER)


@pytest.mark.parametrize(
    ("key", "value", "raw", "again", "told"),
    [
        ("revenue", "5000", "50,000,000.00", "56,000,000.00", "5600"),
        ("revenue", "5000.5", "5,000.50", "5,600.50", "5600.5"),
        ("rd_spend", "234.5", "￥2,345,000元", "￥2,845,000元", "284.5"),
        ("rd_spend", "234.5", "234.5万元", "284.5万元", "284.5"),
        ("other", "100", "壹佰万元整", "贰佰万元整", "200"),
        ("revenue", "5000", "50,000,000.00", "5O,OOO", "5O,OOO"),
        ("year", "2020", "2020年度", "2019年度", "2019"),
        ("year", "2020", "二〇二〇年度", "二〇一九年度", "2019"),
        ("valid_until", "2023-09-12", "2020年9月12日\n三年", "2018年9月12日\n三年", "2021-09-12"),
        ("valid_until", "2023-09-12", "2020年9月12日\n有效期：三年", "2020年9月12日\n有效期：五年", "2025-09-12"),
        ("valid_until", "2023-09-12", "2023年9月12日", "2021年9月12日", "2021-09-12"),
        ("valid_until", "2023-09-12", "2020-09-12至2023-09-12", "2018-09-12至2021-09-12", "2021-09-12"),
    ],
)
def test_other_characters(key: str, value: str, raw: str, again: str, told: str) -> None:
    normal = restated(key, reading(value, raw))
    assert normal(again) == told
    assert normal(raw) == value
