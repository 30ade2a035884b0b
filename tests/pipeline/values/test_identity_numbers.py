from __future__ import annotations

import pytest

from pipeline.values import identity_numbers, masked

NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"身份证号：{NUMBER}，", "身份证号：110*************2X，"),
        ("11010519491231002x", "110*************2x"),
        ("440524188001010014", "440524188001010014"),
        ("110105 19491231 002X", "110***************2X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "１１０*************２Ｘ"),
        (f"{NUMBER}和{NUMBER}", "110*************2X和110*************2X"),
    ],
)
def test_masked(text: str, shown: str) -> None:
    assert masked(text, ()) == shown
    assert len(masked(text, ())) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # the check digit is wrong
        "91510100MA61XXXX0X",
        "915101007436127186",
        "12510000450717000X",
        "6222021234567890123",
        "A11010519491231002X",
        "2021年11月12日 13800000002",
    ],
)
def test_other_figures_stay(text: str) -> None:
    assert masked(text, ()) == text


def test_behind_its_label_a_misread_number_is_one_too() -> None:
    assert masked("身份证号110105194912310021", ("身份证",)) == "身份证号110*************21"
    assert masked("身份证 91510100743612718L 13800000002", ("身份证",)) == "身份证 91510100743612718L 13800000002"


def test_where_it_stands() -> None:
    (found,) = identity_numbers(f"号码{NUMBER}。", ())
    assert (found.start, found.end) == (2, 20)
