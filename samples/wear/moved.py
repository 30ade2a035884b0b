"""A worn picture together with how its points moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Points = NDArray[np.float64]
Move = Callable[[Points], Points]


def stay(points: Points) -> Points:
    """Nothing moves."""
    return points


@dataclass(frozen=True, slots=True)
class Worn:
    """A picture, and where a point (x, y in pixels) of the page before now stands."""

    image: Image
    move: Move = stay

    def then(self, image: Image, move: Move = stay) -> Worn:
        """The next effect upon this one."""
        before = self.move
        return Worn(image, lambda points: move(before(points)))


def by_matrix(matrix: NDArray[np.float64]) -> Move:
    """The move of a homography (3 x 3) or an affine map (2 x 3)."""
    full = matrix if matrix.shape == (3, 3) else np.vstack([matrix, [0, 0, 1]])

    def move(points: Points) -> Points:
        mapped = np.column_stack([points, np.ones(len(points))]) @ full.T
        return np.asarray(mapped[:, :2] / mapped[:, 2:], dtype=np.float64)

    return move
