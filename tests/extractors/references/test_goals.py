"""How a row's goal sits with what a reference indicator asks for."""

from __future__ import annotations

import pytest

from extractors.references.goals import Fit, fit, may_measure, measures_of
from tests.extractors.references.test_rows import PROFILE, row

REFERENCES = {indicator.id: indicator for direction in PROFILE.directions for indicator in direction.references}


@pytest.mark.parametrize(
    ("reference", "goal", "said"),
    [
        ("D11-04", "≤55ms", Fit.FITS),
        ("D11-04", "0.05s", Fit.FITS),
        ("D11-04", "≥55ms", Fit.CONTRARY),  # bounded the other way
        ("D11-04", "40s", Fit.CONTRARY),  # of quite another size
        ("D11-04", "1.2m", Fit.CONTRARY),
        ("D11-04", "明显缩短", Fit.OPEN),
        ("D12-05", "语音、震动", Fit.FITS),
        ("D12-05", "语音、震动各2种", Fit.OPEN),
        ("D12-05", "3种", Fit.CONTRARY),
        ("D12-05", "按需配置", Fit.OPEN),
        ("D14-01", "0.2%", Fit.OPEN),
        ("D14-01", "5ms", Fit.CONTRARY),  # 率 is a share
        ("D12-06", "30ms", Fit.CONTRARY),  # no quantity
        ("D12-06", "90%", Fit.OPEN),
    ],
)
def test_a_goal_speaks_for_an_indicator_or_against_it(reference: str, goal: str, said: Fit) -> None:
    assert fit(measures_of(row("指标", goal)), goal, REFERENCES[reference], measured=False) is said


def test_a_goal_without_a_unit_is_in_the_one_that_its_name_gives() -> None:
    (measure,) = measures_of(row("控制延时（ms）", "55"))
    assert measure.unit == "ms"
    assert measures_of(row("控制延时", None)) == ()


def test_a_quantity_is_no_goal_of_what_is_none_unless_its_name_measures_one() -> None:
    goal = measures_of(row("指标", "30ms"))
    assert fit(goal, "30ms", REFERENCES["D12-06"], measured=True) is Fit.OPEN


@pytest.mark.parametrize(("name", "goal", "may"), [("漏检率", "1%", True), ("漏检率", "1ms", False),
                                                   ("检测速度", "1%", False), ("一致性", "1%", True)])  # fmt: skip
def test_a_share_is_what_a_rate_is_measured_in(name: str, goal: str, may: bool) -> None:
    assert may_measure(name, measures_of(row("指标", goal))) is may
