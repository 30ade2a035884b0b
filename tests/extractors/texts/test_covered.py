"""Characters under a black seal."""

from __future__ import annotations

from extractors.texts.covered import with_covered
from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox
from pipeline.model.text import Line


def test_characters_under_a_black_seal_are_marked() -> None:
    chars = tuple(
        Char(text=text, confidence=0.99, bbox=BBox(x, 0.5, x + 0.02, 0.52))
        for text, x in zip("推荐单位", (0.1, 0.2, 0.3, 0.4), strict=True)
    )
    line = Line(text="推荐单位", confidence=0.99, bbox=BBox(0.1, 0.5, 0.42, 0.52), chars=chars)
    (marked,) = with_covered((line,), (BBox(0.25, 0.4, 0.55, 0.6),))
    assert [char.covered for char in marked.chars] == [False, False, True, True]
    assert with_covered((line,), ()) == (line,)


def test_a_line_that_ends_at_a_black_seal_may_go_on_under_it() -> None:
    chars = tuple(
        Char(text=text, confidence=0.99, bbox=BBox(x, 0.5, x + 0.02, 0.52))
        for text, x in zip("推荐单位", (0.1, 0.12, 0.14, 0.16), strict=True)
    )
    line = Line(text="推荐单位", confidence=0.99, bbox=BBox(0.1, 0.5, 0.18, 0.52), chars=chars)
    (right,) = with_covered((line,), (BBox(0.19, 0.4, 0.39, 0.6),))
    assert [char.covered for char in right.chars] == [False, False, False, True]
    (far,) = with_covered((line,), (BBox(0.3, 0.4, 0.5, 0.6),))
    assert not any(char.covered for char in far.chars)
    (left,) = with_covered((line,), (BBox(-0.1, 0.4, 0.08, 0.6),))
    assert [char.covered for char in left.chars] == [True, False, False, False]
