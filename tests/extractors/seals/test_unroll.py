"""Rings unrolled into strips."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from extractors.seals.outline import Ellipse
from extractors.seals.unroll import Band, find_band, unroll


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


CENTRE, RADIUS = 300, 250


def drawn_ring(spread: float, feet: float, heads: float, count: int = 12) -> np.ndarray:
    """A seal of blocks for letters, `spread` radians about its top, between two relative radii."""
    ink = np.zeros((600, 600), np.uint8)
    cv2.circle(ink, (CENTRE, CENTRE), RADIUS, (255,), 12)
    for turn in -math.pi / 2 + np.linspace(-spread / 2, spread / 2, count):
        tall, wide = (heads - feet) * RADIUS, 0.7 * spread / count * RADIUS * (heads + feet) / 2
        middle = CENTRE + (heads + feet) / 2 * RADIUS * np.array([math.cos(turn), math.sin(turn)])
        corners = cv2.boxPoints(((float(middle[0]), float(middle[1])), (wide, tall), math.degrees(turn) + 90))
        cv2.polylines(ink, [corners.astype(np.int32)], True, (255,), 5)
    return ink


def band_of(ink: np.ndarray) -> Band:
    return find_band(ink, Ellipse(CENTRE, CENTRE, RADIUS + 6, RADIUS + 6, 0.0))


@pytest.mark.parametrize("inside", [0.94, 0.92, 0.90])
def test_a_second_thin_circle_is_part_of_the_rim(inside: float) -> None:
    ink = drawn_ring(spread=3.8, feet=0.57, heads=0.85)
    cv2.circle(ink, (CENTRE, CENTRE), round(inside * RADIUS), (200,), 2)
    band = band_of(ink)
    assert 0.83 < band.outer < inside
    assert band.inner < 0.62
    assert band.end - band.start == pytest.approx(3.8, abs=0.5)


def test_a_line_that_reaches_among_the_feet_of_the_ring_is_no_part_of_it() -> None:
    """合同专用章 in the lower half, its ends as far out as the letters' feet."""
    plain = drawn_ring(spread=4.4, feet=0.64, heads=0.88, count=14)
    lined = plain.copy()
    for letter in range(-2, 3):
        x, y = CENTRE + 50 * letter, CENTRE + 130
        cv2.rectangle(lined, (x - 20, y - 23), (x + 20, y + 23), (255,), 5)
    one, other = band_of(plain), band_of(lined)
    assert other.start == pytest.approx(one.start, abs=0.1)
    assert other.end == pytest.approx(one.end, abs=0.1)


def test_a_low_last_letter_is_part_of_the_ring() -> None:
    """心 of …中心: its head is lower than the others'."""
    ink = drawn_ring(spread=4.0, feet=0.62, heads=0.89)
    whole = band_of(ink)
    low = ink.copy()
    yy, xx = np.mgrid[0:600, 0:600]
    turn = (np.arctan2(yy - CENTRE, xx - CENTRE) + math.pi / 2 + math.pi) % (2 * math.pi) - math.pi
    reach = np.hypot(xx - CENTRE, yy - CENTRE) / RADIUS
    low[(turn > 2.0 - 0.17) & (turn < 2.2) & (reach > 0.83) & (reach < 0.93)] = 0
    assert band_of(low).end == pytest.approx(whole.end, abs=0.08)
