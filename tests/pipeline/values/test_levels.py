"""Answers against references, in the tables' notation of texts."""

from __future__ import annotations

import pytest

from extractors.texts.quantities import read_heading, read_statement
from pipeline.model.quantity import Measure
from pipeline.notices.profile import load_profile
from pipeline.notices.references import reference_value
from pipeline.values.levels import Direction, Outcome, compare, under

CASES = """
不低于20TOPS@INT8 | 24TOPS@INT8 | better
不低于20TOPS@INT8 | 20TOPS（INT8） | equal
不低于20TOPS@INT8 | ≥18TOPS@INT8 | worse
不低于20TOPS@INT8 | 20000GOPS@INT8 | equal
不低于20TOPS@INT8 | 24TOPS@INT4 | not_comparable
不低于20TOPS@INT8 | 24TOPS | undecided
不低于20TOPS@INT8 | 24W | not_comparable
不低于20TOPS@INT8 | 24 | undecided
128TFLOPS@FP16以上 | 128TOPS@FP16 | equal
128TFLOPS以上 | 256TOPS | undecided
不超过2W | 1800mW | better
不超过2W | 2.5W | worse
不超过2W | ≤2W | equal
不超过2W | 不低于2W | undecided
不超过2W | 不低于3W | worse
小于5KΩ | 4500Ω | better
小于0.001‰ | 0.0001% | equal
小于0.001‰ | 0.001% | worse
小于0.001‰ | 0.0005‰ | better
超过95% | 95%以上 | equal
超过95% | 96% | better
超过95% | 0.96 | undecided
超过9万小时 | 10万小时 | better
超过9万小时 | 90000小时 | equal
不小于60分钟 | 1.5小时 | better
不低于14m/s | 54km/h | better
不低于14m/s | 36km/h | worse
不少于3种 | 5个 | better
不少于3种 | 5 | better
不少于3种 | 2款 | worse
不少于3种 | 5台 | undecided
每24小时不超过1次 | 0.5次/天 | better
每24小时不超过1次 | 1次/小时 | worse
小于200ms | 0.1~0.15s | better
小于200ms | 150~250ms | undecided
小于200ms | 约190ms | undecided
小于200ms | 约100ms | better
5种以上 | 约8种 | better
≥250m（FOV 30°） | 280m（FOV 60°） | not_comparable
≥250m（FOV 30°） | 280m（FOV 30°） | better
≥90%（A集） | 95%（B集） | undecided
≥90% | 95%（B集） | better
-40℃~85℃ | -40~85℃ | equal
-40℃~85℃ | -20~60℃ | undecided
70dB | 72dB | undecided
70dB | 70dB | equal
""".strip().splitlines()


def _measure(text: str) -> Measure:
    (measure,) = read_statement(text).measures
    return measure


@pytest.mark.parametrize("case", CASES)
def test_answer_stands_to_reference(case: str) -> None:
    reference, answer, outcome = (part.strip() for part in case.split("|"))
    assert compare(_measure(reference), _measure(answer)).outcome == outcome


@pytest.mark.parametrize(
    ("reference", "answer", "better", "outcome"),
    [("达到70dB", "72dB", "higher", "better"), ("达到1毫米", "0.8mm", "lower", "better"),
     ("达到1毫米", "优于1mm", "lower", "equal"),
     ("120°", "110°", "higher", "worse"), ("不超过2W", "1W", "higher", "better")],
)  # fmt: skip
def test_the_indicator_says_what_the_comparator_does_not(
    reference: str, answer: str, better: Direction, outcome: str
) -> None:
    assert compare(_measure(reference), _measure(answer), better).outcome == outcome


def test_the_excluded_number_itself_is_told() -> None:
    assert compare(_measure("超过95%"), _measure("95%")).on_open_bound
    assert not compare(_measure("超过95%"), _measure(">95%")).on_open_bound
    assert not compare(_measure("不低于95%"), _measure("95%")).on_open_bound


def test_a_name_gives_unit_and_conditions() -> None:
    measure = under(read_heading("峰值算力（TOPS@INT8）"), _measure("24"))
    assert compare(_measure("不低于20TOPS@INT8"), measure).outcome is Outcome.BETTER
    assert under(read_heading("功耗（W）"), _measure("500mW")).unit == "mW"


def test_every_reference_number_of_the_notice_equals_its_own_wording() -> None:
    indicators = [
        each for direction in load_profile().directions for group in direction.groups for each in group.indicators
    ]
    seen = 0
    for indicator in indicators:
        reference = reference_value(indicator)
        if isinstance(reference, Measure):
            seen += 1
            said = read_statement(indicator.quote).measures
            assert Outcome.EQUAL in {compare(reference, measure, indicator.better).outcome for measure in said}, (
                indicator.id
            )
    assert seen == sum(each.kind in ("numeric", "count") for each in indicators)
