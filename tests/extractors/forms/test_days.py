from __future__ import annotations

import pytest

from extractors.forms.days import the_day
from extractors.forms.flow import flow_of_lines
from tests.extractors.records import stacked


@pytest.mark.parametrize(
    ("read", "day"),
    [
        ("2021年11月12日", "2021年11月12日"),
        ("2021 年 11 月 12 日 司", "2021 年 11 月 12 日"),
        ("公2021年11月12日", "2021年11月12日"),
        ("二〇二一年十一月十二日四川", "二〇二一年十一月十二日"),
        ("2021-11-12 技有", "2021-11-12"),
        ("2021年11月12日（原2021年10月30日）", "2021年11月12日（原2021年10月30日）"),
        ("2021年13月12日司", "2021年13月12日司"),
        ("2021年11月公12日", "2021年11月公12日"),
        ("2021年11月1234", "2021年11月1234"),
        ("", ""),
    ],
)
def test_the_day_alone(read: str, day: str) -> None:
    assert the_day(flow_of_lines(stacked(read) if read else (), "扫描.pdf", 1)).text == day


def test_in_rows_one_below_the_other() -> None:
    flow = flow_of_lines(stacked("2021年11月12日", "有限公司"), "扫描.pdf", 1)
    assert the_day(flow).text == "2021年11月12日"
