from __future__ import annotations

import pytest

from extractors.readers.per_mille import with_per_mille
from tests.extractors.fake_readers import recognised


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("误报率0.5%0", "误报率0.5‰"),
        ("1%o，2%O", "1‰，2‰"),
        ("95%", "95%"),
        ("95%OK", "95%OK"),
        ("0.5%o以下", "0.5‰以下"),
        ("5%0.1", "5%0.1"),
        ("占%0", "占%0"),
    ],
)
def test_a_per_cent_sign_and_a_nought_are_per_mille(read: str, text: str) -> None:
    line = with_per_mille(recognised(read))
    assert line.text == text == "".join(char.text for char in line.chars)
    assert [char.x1 for char in line.chars][-1] == pytest.approx(1.0)
