"""What strokes of a coloured pen make of the boxes near them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

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


@pytest.mark.parametrize("parted", [False, True])
def test_a_tick_that_reaches_into_the_next_line_is_one_tick(parted: bool) -> None:
    """Also where print parts its foot from it; ink that was told of at the next box is its, too."""
    pens = np.zeros((400, 400), np.uint8)
    cv2.polylines(pens, [np.array([[150, 60], [160, 84], [190, 36]], np.int32)], False, (255.0,), 4)
    pens[69:72] = 0 if parted else pens[69:72]
    answers = [Answer("directions", (100, 40 + 32 * line, 182, 70 + 32 * line), HEIGHT, True) for line in range(8)]
    boxes = [
        CheckBox(option=f"方向{line + 1}", bbox=PLACE, label=PLACE, fill=0.24 if line < 2 else 0.0, ticked=line < 2)
        for line in range(8)
    ]
    assert cv2.countNonZero(pens[72:102]) > 0.1 * HEIGHT**2
    assert [each.option for each in as_penned(answers, boxes, pens) if each.ticked] == ["方向1"]
