"""The homographies between the stored upright page and the working picture, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import Picture
from pipeline.model.document import Page, PageReading
from pipeline.model.geometry import BBox

Matrix = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in pixels of the working picture."""
Cut = Callable[[Page, Box, tuple[int, int]], Picture]
"""Gives a box of a page's working picture (in fractions of it; white beyond) at a width and height in pixels."""


@dataclass(frozen=True, slots=True)
class PageFrame:
    """`matrix` (3 x 3) takes pixels of the working picture to pixels of the stored page turned upright."""

    matrix: Matrix
    working_size: tuple[int, int]
    page_size: tuple[int, int]

    @classmethod
    def of(cls, reading: PageReading) -> PageFrame:
        """The frame in which a page was read; one that was not read has none (ValueError)."""
        matrix = np.asarray(reading.frame, dtype=np.float64).reshape(3, 3)
        return cls(matrix, reading.working_size, (reading.width, reading.height))

    def to_page(self, box: Box) -> BBox:
        """A box of the working picture as fractions of the upright page: the hull of its corners."""
        x0, y0, x1, y1 = box
        corners = np.array([[[x0, y0], [x1, y0], [x1, y1], [x0, y1]]], dtype=np.float64)
        points = cv2.perspectiveTransform(corners, self.matrix)[0]
        return self._fractions(points)

    def to_working(self, bbox: BBox) -> Box:
        """A box of the upright page in pixels of the working picture: the hull of its corners."""
        width, height = self.page_size
        corners = np.array(
            [
                [
                    [bbox.x0 * width, bbox.y0 * height],
                    [bbox.x1 * width, bbox.y0 * height],
                    [bbox.x1 * width, bbox.y1 * height],
                    [bbox.x0 * width, bbox.y1 * height],
                ]
            ],
            dtype=np.float64,
        )
        points = cv2.perspectiveTransform(corners, np.linalg.inv(self.matrix))[0]
        return (
            float(points[:, 0].min()),
            float(points[:, 1].min()),
            float(points[:, 0].max()),
            float(points[:, 1].max()),
        )

    def _fractions(self, points: NDArray[np.float64]) -> BBox:
        width, height = self.page_size
        xs = np.clip(points[:, 0] / width, 0.0, 1.0)
        ys = np.clip(points[:, 1] / height, 0.0, 1.0)
        return BBox(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))


def turned(matrix: Matrix, degrees: int, size: tuple[int, int]) -> Matrix:
    """`matrix` (something -> stored pixels) continued to the stored page turned clockwise; `size` before turning."""
    width, height = size
    turns = {
        0: np.eye(3),
        90: np.array([[0, -1, height], [1, 0, 0], [0, 0, 1]]),
        180: np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]]),
        270: np.array([[0, 1, 0], [-1, 0, width], [0, 0, 1]]),
    }
    return np.asarray(turns[degrees] @ matrix, dtype=np.float64)


def turned_size(size: tuple[int, int], degrees: int) -> tuple[int, int]:
    """Width and height after turning."""
    return (size[1], size[0]) if degrees in (90, 270) else size
