from __future__ import annotations

import pytest

from pipeline.values import PageNumber, find_page_count, parse_page_number


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


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("审计报告 第 1 页（共 2 页）", (1, 2)),
        ("共20页，第3页 编号A", (3, 20)),
        ("Report Page 3 of 20", (3, 20)),
        ("川信会审字 2/8", (2, 8)),
        ("2021/12", None),
        ("第9页 共3页", None),
        ("3/8 英寸", None),
    ],
)
def test_a_page_of_so_many_in_a_row(text: str, count: tuple[int, int] | None) -> None:
    assert find_page_count(text) == count
