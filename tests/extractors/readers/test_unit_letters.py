from __future__ import annotations

import pytest

from extractors.readers.unit_letters import with_unit_letters
from tests.extractors.fake_readers import recognised


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("算力≥24T0PS@INT8", "算力≥24TOPS@INT8"),
        ("32TFL0PS@FP32、64TFL0PS", "32TFLOPS@FP32、64TFLOPS"),
        ("2T0PS/W", "2TOPS/W"),
        ("24TOPS", "24TOPS"),
        ("91510000MT0PS1X", "91510000MT0PS1X"),
        ("240PS", "240PS"),
    ],
)
def test_a_nought_inside_a_unit_is_a_letter(read: str, text: str) -> None:
    line = with_unit_letters(recognised(read))
    assert line.text == text == "".join(char.text for char in line.chars)
    assert all(char.runner_up == "0" for char, raw in zip(line.chars, read, strict=True) if char.text != raw)
