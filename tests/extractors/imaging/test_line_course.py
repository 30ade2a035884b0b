from __future__ import annotations

import numpy as np
import pytest

from extractors.imaging.frame import Box
from extractors.imaging.line_course import line_quad

AROUND = (100.0, 200.0, 1100.0, 270.0)


def chars(slant: float, count: int = 40, height: float = 20.0) -> list[Box]:
    """A line's characters, through the middle of the box around it."""
    xs = [110.0 + 24 * index for index in range(count)]
    return [(x, y - height / 2, x + 18, y + height / 2) for x in xs for y in [235.0 + slant * (x + 9 - 600)]]


@pytest.mark.parametrize("slant", [-0.04, 0.0, 0.03])
def test_a_slanted_line_is_as_high_as_its_characters(slant: float) -> None:
    quad = line_quad(AROUND, chars(slant))
    assert np.allclose(quad[:, 0], [100, 1100, 1100, 100])
    assert np.allclose(quad[:, 1], [225 - 500 * slant, 225 + 500 * slant, 245 + 500 * slant, 245 - 500 * slant], atol=1)


def test_few_characters_side_by_side_tell_no_slant() -> None:
    quad = line_quad(AROUND, [(110, 210, 128, 230), (130, 214, 148, 234)])
    assert np.allclose(quad[:, 1], [212, 212, 232, 232])


def test_one_character_told_wrongly_moves_nothing_far() -> None:
    boxes = chars(0.02)
    boxes[5] = (boxes[5][0], 205.0, boxes[5][2], 265.0)
    right, told = line_quad(AROUND, chars(0.02)), line_quad(AROUND, boxes)
    assert np.abs(right - told).max() < 2


@pytest.mark.parametrize("boxes", [[], [(110.0, 900.0, 128.0, 920.0)]])
def test_without_characters_the_line_fills_its_box(boxes: list[Box]) -> None:
    assert np.allclose(line_quad(AROUND, boxes), [[100, 200], [1100, 200], [1100, 270], [100, 270]])


def test_a_line_is_never_higher_than_its_box() -> None:
    quad = line_quad((100, 200, 1100, 210), [(x, 195, x + 18, 215) for x in range(110, 1000, 24)])
    assert np.allclose(quad[:, 1], [200, 200, 210, 210])
