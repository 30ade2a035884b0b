"""How sure what is told of a seal is."""

from __future__ import annotations

import pytest

from flows.cli.inspect import page_document
from pipeline.model.document import PageReading, PageSource
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, SealMark, Shape


def seal(text: str, text_confidence: float) -> SealMark:
    return SealMark(
        bbox=BBox(0.1, 0.1, 0.3, 0.25),
        shape=Shape.ROUND,
        diameter_mm=40.0,
        colour=Ink.RED,
        confidence=0.95,
        text=text,
        text_confidence=text_confidence,
    )


@pytest.mark.parametrize(
    ("text", "text_confidence", "told"),
    [("成都甲公司", 0.41, 0.41), ("成都甲公司", 0.99, 0.95), ("", 0.0, 0.95)],
    ids=["a letter in doubt", "read", "unread"],
)
def test_a_seal_is_told_no_surer_than_its_least_sure_letter(text: str, text_confidence: float, told: float) -> None:
    mark = seal(text, text_confidence)
    assert mark.certainty == told
    page = PageReading(page=1, rotation=0, width=1654, height=2339, dpi=200, source=PageSource.OCR, seals=(mark,))
    assert page_document(page)["seals"][0]["confidence"] == told
