"""How sure the reader was of a span."""

from __future__ import annotations

from checks.certainty import Certainty, Span, certainty
from pipeline.model.evidence import Char, Reading, Source


def test_what_a_black_seal_may_hide_is_never_sure() -> None:
    chars = tuple(Char(text=text, confidence=0.99, covered=text == "乙") for text in "甲乙丙丁")
    sure = (True,) * 4
    read = Reading(
        raw="甲乙丙丁", value="甲乙丙丁", source=Source.PAPER, confidence=0.99, chars=chars, certain=sure, looks=2
    )
    assert certainty(Span(read, 0, 1)) is Certainty.UNSURE  # beside it: a character may be hidden between
    assert certainty(Span(read, 3, 4)) is Certainty.SURE
