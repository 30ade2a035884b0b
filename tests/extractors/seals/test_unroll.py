"""Rings unrolled into strips."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from extractors.seals.outline import Ellipse
from extractors.seals.unroll import unroll


@pytest.mark.parametrize("turn", [0.7, 2.2, 3.8, 5.5])
def test_a_stroke_square_to_an_ovals_rim_stands_upright_in_the_strip(turn: float) -> None:
    ring = Ellipse(200, 200, 180, 120, 0.0)
    x, y = 200 + 180 * math.cos(turn), 200 + 120 * math.sin(turn)
    length = math.hypot(math.cos(turn) / 180, math.sin(turn) / 120)
    dx, dy = math.cos(turn) / 180 / length, math.sin(turn) / 120 / length
    ink = np.zeros((400, 400), np.uint8)
    cv2.line(ink, (round(x), round(y)), (round(x - 50 * dx), round(y - 50 * dy)), (255,), 3)
    strip = unroll(ink, ring, 0.65, 0.95, turn - 0.6, turn + 0.6, (40, 400))
    columns = [float(np.flatnonzero(row > 100).mean()) for row in (strip[4], strip[-4])]
    assert abs(columns[0] - columns[1]) < 8
