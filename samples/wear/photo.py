"""A page photographed by hand: mild curl, perspective, and a table around it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.wear.moved import Points, Worn, by_matrix

LARGEST_CURL = 0.006
"""Of the page's height: the middle of the sheet lifts by a few millimetres."""
MARGIN = 0.06
CORNER_SHIFT = 0.035
"""Of the page's width: how far a corner leaves its place."""


def photographed(page: Worn, rng: np.random.Generator) -> Worn:
    """The page curled, seen from an angle, upon a desk; a little of the desk shows all around."""
    height, width = page.image.shape[:2]
    margin = MARGIN * width
    size = (round(width + 2 * margin), round(height + 2 * margin))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    moved = corners + margin + rng.uniform(-CORNER_SHIFT, CORNER_SHIFT, (4, 2)) * width
    matrix = np.asarray(cv2.getPerspectiveTransform(corners, moved.astype(np.float32)), dtype=np.float64)
    lift = float(rng.uniform(-LARGEST_CURL, LARGEST_CURL)) * height

    def curl(points: Points) -> Points:
        lifted = points.copy()
        lifted[:, 1] += lift * np.sin(np.pi * points[:, 0] / width)
        return lifted

    straight = by_matrix(matrix)
    image = _seen(page.image, matrix, lift, size, rng)
    return page.then(image, lambda points: straight(curl(points)))


def _seen(
    image: NDArray[np.uint8], matrix: NDArray[np.float64], lift: float, size: tuple[int, int], rng: np.random.Generator
) -> NDArray[np.uint8]:
    height, width = image.shape[:2]
    grid = np.indices((size[1], size[0]), dtype=np.float32)
    back = np.linalg.inv(matrix).astype(np.float32)
    x, y = grid[1], grid[0]
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    source_x = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth
    source_y = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
    source_y -= lift * np.sin(np.pi * np.clip(source_x, 0, width) / width)
    paper = cv2.remap(
        image, source_x, source_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(0, 0, 0)
    )
    inside = ((source_x >= 0) & (source_x < width - 1) & (source_y >= 0) & (source_y < height - 1))[..., None]
    return np.where(inside, paper, _desk(size, rng)).astype(np.uint8)


def _desk(size: tuple[int, int], rng: np.random.Generator) -> NDArray[np.uint8]:
    base = np.array(DESKS[int(rng.integers(len(DESKS)))], dtype=np.float32)
    coarse = rng.normal(0, 7, (size[1] // 40 + 2, 3)).astype(np.float32)
    grain = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
    return np.clip(base + grain[..., None], 0, 255).astype(np.uint8)


DESKS = ((60, 92, 132), (70, 70, 74), (40, 52, 66), (128, 140, 150))
"""BGR of wood, dark laminate, walnut, grey cloth."""
