"""A red seal's ink is told from violet print by the hue of its own rim."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.seals.own_hue import of_own_hue


def pictures() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Redness, violet, the rim's middle, and the violet line across."""
    redness, violet, rim, line = (np.zeros((200, 200), np.uint8) for _ in range(4))
    for picture, strength in ((redness, 160), (violet, 35)):
        cv2.circle(picture, (100, 100), 80, (strength,), 6)
    cv2.line(line, (60, 130), (140, 130), (255,), 6)
    redness[line > 0], violet[line > 0] = 60, 80
    cv2.circle(rim, (100, 100), 80, (255,), 2)
    return redness, violet, rim, line


def test_violet_print_is_taken_out_and_the_rim_stays() -> None:
    redness, violet, rim, line = pictures()
    own = of_own_hue(redness, violet, rim > 0)
    assert not own[line > 0].any()
    assert (own[rim > 0] == redness[rim > 0]).all()


def test_ink_of_the_rims_own_hue_stays() -> None:
    redness, violet, rim, line = pictures()
    violet[line > 0] = 20
    assert (of_own_hue(redness, violet, rim > 0) == redness).all()


def test_without_a_rim_nothing_is_told() -> None:
    redness, violet, _, _ = pictures()
    assert (of_own_hue(redness, violet, np.zeros((200, 200), bool)) == redness).all()
