"""A sheet photographed on a warm desk, a sliver of which is left along its edge: its slice is found, and no other."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.seams.slices import find_slices
from pipeline.model.seal import Side

PER_MM = 8.0
HEIGHT, WIDTH = round(297 * PER_MM), round(210 * PER_MM)
RED, WOOD = (60, 60, 210), (50, 75, 107)


def sheet(sliver_mm: tuple[float, float], sliced: bool) -> np.ndarray:
    """A white page whose right edge shows a slice of a seal, and beyond it the desk, bent from one depth to another."""
    page = np.full((HEIGHT, WIDTH, 3), 235, np.uint8)
    depth = np.linspace(*sliver_mm, HEIGHT) * PER_MM
    if sliced:
        centre = (WIDTH + round(15 * PER_MM), HEIGHT // 2)
        cv2.circle(page, centre, round(20 * PER_MM), RED, round(1.2 * PER_MM), cv2.LINE_AA)
        for angle in range(150, 220, 12):
            at = np.deg2rad(angle)
            x, y = (centre[0] + round(16 * PER_MM * np.cos(at)), centre[1] + round(16 * PER_MM * np.sin(at)))
            cv2.rectangle(page, (x - 10, y - 10), (x + 10, y + 10), RED, 3)
    page[np.arange(WIDTH)[None, :] >= WIDTH - depth[:, None]] = WOOD
    return page


@pytest.mark.parametrize("sliver_mm", [(0.0, 1.5), (1.5, 0.3), (1.0, 1.0)])
def test_the_slice_is_found_and_lies_on_the_paper(sliver_mm: tuple[float, float]) -> None:
    (found,) = find_slices(sheet(sliver_mm, sliced=True), PER_MM)
    assert found.side is Side.RIGHT
    assert 0.4 < (found.bbox.y0 + found.bbox.y1) / 2 < 0.6
    beyond = sum(sliver_mm) / 2 / 210
    assert found.bbox.x1 == pytest.approx(1 - beyond, abs=0.7 / 210)
    assert found.width_mm == pytest.approx(5.6 - sum(sliver_mm) / 2, abs=0.8)


@pytest.mark.parametrize("sliver_mm", [(0.0, 1.5), (1.0, 1.0)])
def test_the_desk_alone_is_no_slice(sliver_mm: tuple[float, float]) -> None:
    assert find_slices(sheet(sliver_mm, sliced=False), PER_MM) == ()
