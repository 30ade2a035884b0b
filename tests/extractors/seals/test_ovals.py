"""The oval seal of which a search for circles found an end."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from extractors.seals.outline import Ellipse
from extractors.seals.ovals import oval_around


def oval(degrees: float) -> np.ndarray:
    mask = np.zeros((400, 400), np.uint8)
    cv2.ellipse(mask, (200, 200), (120, 82), degrees, 0, 360, (255,), 5)
    return mask


@pytest.mark.parametrize("degrees", [0, 12, -10, 90])
@pytest.mark.parametrize("side", [1, -1])
def test_an_oval_is_found_from_either_end(degrees: float, side: int) -> None:
    turn, shift = math.radians(degrees), side * 32
    end = Ellipse(200 + shift * math.cos(turn), 200 + shift * math.sin(turn), 84, 84, 0.0)
    found = oval_around(oval(degrees), end)
    assert found is not None
    assert (found.x, found.y) == pytest.approx((200, 200), abs=3)
    assert sorted((found.a, found.b)) == pytest.approx([84, 122], abs=4)


def test_a_round_seal_has_no_better_oval() -> None:
    mask = np.zeros((400, 400), np.uint8)
    cv2.circle(mask, (200, 200), 100, (255,), 5)
    found = oval_around(mask, Ellipse(200, 200, 101, 101, 0.0))
    assert found is None or found.ratio > 0.95
