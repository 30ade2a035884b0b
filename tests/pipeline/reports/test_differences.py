"""Differences are marked where they are, and nowhere else."""

from __future__ import annotations

import pytest

from pipeline.reports.differences import marked


def shown(text, other):
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in marked(text, other))


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("23456.78", "23456.78", "23456.78"),
        ("示例公司", "示列公司", "示[例]公司"),
        ("123", "1234", "123[]"),
        ("1234", "123", "123[4]"),
        ("23456.78", "23465.78", "234[56].78"),
        ("", "abc", ""),
        ("abc", "", "abc"),
        ("成都市", "apple banana", "[成都市]"),
    ],
)
def test_marks(text, other, expected):
    assert shown(text, other) == expected


def test_long_equal_runs_are_cut():
    text = "甲" * 300 + "乙" + "丙" * 300
    assert shown(text, text.replace("乙", "丁")) == "…" + "甲" * 14 + "[乙]" + "丙" * 14 + "…"


def test_long_texts_do_not_hang():
    assert marked("甲乙丙丁" * 50_000, "丁丙乙甲" * 50_000)


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("（一）现有基础 在", "(一)现有基础在", "（一）现有基础 在"),
        ("（一）现有基础", "(二)现有基础", "[（一）]现有基础"),
        ("功率5mW", "功率5MW", "功率5[m]W"),
    ],
)
def test_typesetting_is_no_difference(text, other, expected):
    assert shown(text, other) == expected
