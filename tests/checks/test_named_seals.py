"""Whose seals are, as far as the paper names them."""

from __future__ import annotations

import pytest

from checks.stamps import printed_units
from tests.extractors.records import line, page


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("检测单位：成都锦程电子信息检测有限公司（盖章）", ["成都锦程电子信息检测有限公司"]),
        ("四川省软件产品质量检验中心", ["四川省软件产品质量检验中心"]),
        ("本单位承诺以上内容真实有效", []),
        ("2021年11月5日", []),
    ],
)
def test_organisations_printed_on_a_page(text: str, names: list[str]) -> None:
    assert list(printed_units(page((line(text),)))) == names
