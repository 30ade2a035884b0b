from __future__ import annotations

import pytest

from pipeline.values import PageNumber, parse_page_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第3页", PageNumber(3, None, "页")),
        ("第 3 页 共 20 页", PageNumber(3, 20, "页")),
        ("第3页/共20页", PageNumber(3, 20, "页")),
        ("第3页（共20页）", PageNumber(3, 20, "页")),
        ("共20页，第3页", PageNumber(3, 20, "页")),
        ("- 3 -", PageNumber(3, None, "-")),
        ("—３—", PageNumber(3, None, "-")),
        ("3/20", PageNumber(3, 20, "/")),
        ("第3/20页", PageNumber(3, 20, "/")),
        ("Page 3 of 20", PageNumber(3, 20, "of")),
        ("3", PageNumber(3, None, "")),
    ],
)
def test_a_page_number(text: str, number: PageNumber) -> None:
    assert parse_page_number(text) == number


@pytest.mark.parametrize("text", ["", "第3章", "21/20", "2021年", "3.5", "0", "9999", "13800000002", "第三页的内容"])
def test_other_lines(text: str) -> None:
    assert parse_page_number(text) is None
