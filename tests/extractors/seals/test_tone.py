"""Grey copies: a seal that was red told from black print by its tone."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.seals.tone import lighter_ink, without_print
from tests.extractors.pages import PER_MM

RIM, PRINT = 120, 230


def ring_and_line(rim: int = RIM) -> tuple[np.ndarray, np.ndarray]:
    """A ring with a line of print across, blurred as scanners do; and where the ring's middle runs."""
    dark, middle = np.zeros((400, 400), np.uint8), np.zeros((400, 400), np.uint8)
    cv2.circle(dark, (200, 200), 150, (rim,), 8)
    cv2.putText(dark, "PRINT OVER", (10, 210), 0, 1.8, (PRINT,), 4)
    cv2.circle(middle, (200, 200), 150, (255,), 1)
    return cv2.GaussianBlur(dark, (0, 0), 0.8), middle > 0


def test_lighter_ink_is_the_seals_and_not_prints_pale_edge() -> None:
    dark, _ = ring_and_line()
    mask = lighter_ink(dark, PER_MM)
    assert mask is not None
    ring = np.zeros_like(dark)
    cv2.circle(ring, (200, 200), 150, (255,), 10)
    assert (mask[ring == 0] > 0).mean() < 0.002
    assert (mask[ring > 0] > 0).mean() > 0.5


def test_a_page_of_one_tone_has_no_lighter_ink() -> None:
    dark, _ = ring_and_line()
    assert lighter_ink(np.where(dark > 60, 255, 0).astype(np.uint8), PER_MM) is None


def test_print_over_a_seal_goes_with_its_pale_edge() -> None:
    dark, middle = ring_and_line()
    told = without_print(dark, middle, PER_MM)
    assert told is not None
    cleared = told[0]
    inside = np.zeros_like(dark)
    cv2.circle(inside, (200, 200), 130, (255,), -1)
    assert (dark[inside > 0] > 60).mean() > 0.05
    assert (cleared[inside > 0] > 60).mean() < 0.01
    assert abs(float(np.median(cleared[middle])) - float(np.median(dark[middle]))) < 10


def test_a_black_rim_is_left_with_its_print() -> None:
    dark, middle = ring_and_line(PRINT)
    assert without_print(dark, middle, PER_MM) is None
