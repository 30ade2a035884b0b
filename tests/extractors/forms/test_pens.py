"""What strokes of a coloured pen make of the boxes near them."""

from __future__ import annotations

import numpy as np

from extractors.forms.pens import UNCLEAR, Answer, as_penned
from pipeline.model.geometry import BBox
from pipeline.model.text import CheckBox

HEIGHT = 24.0
PLACE = BBox(0.1, 0.1, 0.2, 0.2)
ZONE = (100, 40, 182, 70)


def beside(empty: bool) -> CheckBox:
    """A box beside which ink was told that a pen left farther from the word than a box stands."""
    pens = np.zeros((120, 400), np.uint8)
    pens[44:66, 104:120] = 255
    box = CheckBox(option="是", bbox=PLACE, label=PLACE, fill=UNCLEAR, ticked=True)
    (made,) = as_penned([Answer("yes or no", ZONE, HEIGHT, empty)], [box], pens)
    return made


def test_a_stroke_farther_away_is_another_answers() -> None:
    assert beside(empty=False).ticked is None


def test_a_box_surely_read_beside_it_is_an_empty_printed_box() -> None:
    made = beside(empty=True)
    assert (made.ticked, made.fill, made.boxed) == (False, 0.0, True)
