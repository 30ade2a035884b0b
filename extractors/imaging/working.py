"""The working picture: flattened, upright, straight; and the frame that leads back to the stored page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.imaging.frame import Matrix, PageFrame, turned, turned_size
from extractors.imaging.ink import Mask
from extractors.readers.protocol import Picture, Quad

AROUND = 5
"""Pixels around coloured ink that its layers still differ in: the filter's reach and the blur of moving."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A picture before it is turned: the stored one, or a photograph's page cut out; `matrix` leads to the stored."""

    picture: Picture
    matrix: Matrix
    stored_size: tuple[int, int]

    @property
    def photographed(self) -> bool:
        """Whether the page was cut out of a photograph."""
        return not np.array_equal(self.matrix, np.eye(3))


@dataclass(frozen=True, slots=True)
class Working:
    """The working picture, its frame, and the quads of its lines."""

    picture: Picture
    frame: PageFrame
    quads: tuple[Quad, ...]


def turned_quads(flat: Flat, rotation: int, quads: Sequence[Quad]) -> tuple[Quad, ...]:
    """Quads on the picture turned by `rotation`, before any tilt is taken out."""
    size = (flat.picture.shape[1], flat.picture.shape[0])
    return tuple(_move(quad, _forward(size, rotation, 0.0), rotation) for quad in quads)


def straighten_mask(mask: Mask, rotation: int, skew: float) -> Mask:
    """A mask of the flat picture as it lies on the working picture."""
    size = (mask.shape[1], mask.shape[0])
    moved = cv2.warpAffine(
        mask, _forward(size, rotation, skew)[:2], turned_size(size, rotation), flags=cv2.INTER_NEAREST
    )
    return np.asarray(moved, np.uint8)


def straighten(flat: Flat, rotation: int, skew: float, quads: Sequence[Quad]) -> Working:
    """Turn by `rotation` (90s, clockwise) and then by `-skew` degrees about the middle; quads come along."""
    size = (flat.picture.shape[1], flat.picture.shape[0])
    forward = _forward(size, rotation, skew)
    target = turned_size(size, rotation)
    to_page = turned(flat.matrix @ np.linalg.inv(forward), rotation, flat.stored_size)
    frame = PageFrame(to_page, target, turned_size(flat.stored_size, rotation))
    moved = tuple(_move(quad, forward, rotation) for quad in quads)
    return Working(_moved(flat.picture, forward, target), frame, moved)


def straighten_again(working: Picture, other: Picture, changed: Mask, rotation: int, skew: float) -> Picture:
    """Another layer of the flat picture as it lies on the working picture; only where it differs is it moved.

    Args:
        working: The straightened picture.
        other: The layer, of the flat picture's size.
        changed: Where it differs, or just beside it, on the working picture (height x width).
        rotation: As the picture was turned.
        skew: As it was straightened, degrees.
    """
    x, y, width, height = cv2.boundingRect(changed)
    if not width:
        return working
    left, top = max(0, x - AROUND), max(0, y - AROUND)
    right, bottom = min(working.shape[1], x + width + AROUND), min(working.shape[0], y + height + AROUND)
    forward = _forward((other.shape[1], other.shape[0]), rotation, skew)
    shift = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], dtype=np.float64)
    layer = working.copy()
    layer[top:bottom, left:right] = _moved(other, shift @ forward, (right - left, bottom - top))
    return layer


def _moved(picture: Picture, forward: Matrix, size: tuple[int, int]) -> Picture:
    moved = cv2.warpAffine(picture, forward[:2], size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, dtype=np.uint8)


def _forward(size: tuple[int, int], rotation: int, skew: float) -> Matrix:
    width, height = turned_size(size, rotation)
    tilt = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0), [0, 0, 1]])
    return np.asarray(tilt @ turned(np.eye(3), rotation, size), dtype=np.float64)


def _move(quad: Quad, forward: Matrix, rotation: int) -> Quad:
    points = cv2.perspectiveTransform(quad[None].astype(np.float64), forward)[0]
    return np.asarray(np.roll(points, rotation // 90, axis=0), dtype=np.float32)
