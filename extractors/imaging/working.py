"""The working picture: flattened, upright, straight; and the frame that leads back to the stored page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.imaging.frame import Matrix, PageFrame, turned, turned_size
from extractors.imaging.ink import Mask
from extractors.readers.protocol import Picture, Quad


@dataclass(frozen=True, slots=True)
class Flat:
    """A picture before it is turned: the stored one, or a photograph's page cut out; `matrix` leads to the stored."""

    picture: Picture
    matrix: Matrix
    stored_size: tuple[int, int]


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
    target = turned_size(size, rotation)
    return np.asarray(
        cv2.warpPerspective(mask, _forward(size, rotation, skew), target, flags=cv2.INTER_NEAREST), np.uint8
    )


def straighten(flat: Flat, rotation: int, skew: float, quads: Sequence[Quad]) -> Working:
    """Turn by `rotation` (90s, clockwise) and then by `-skew` degrees about the middle; quads come along."""
    size = (flat.picture.shape[1], flat.picture.shape[0])
    forward = _forward(size, rotation, skew)
    width, height = turned_size(size, rotation)
    picture = cv2.warpPerspective(
        flat.picture, forward, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    to_page = turned(flat.matrix @ np.linalg.inv(forward), rotation, flat.stored_size)
    frame = PageFrame(to_page, (width, height), turned_size(flat.stored_size, rotation))
    moved = tuple(_move(quad, forward, rotation) for quad in quads)
    return Working(np.asarray(picture, dtype=np.uint8), frame, moved)


def _forward(size: tuple[int, int], rotation: int, skew: float) -> Matrix:
    width, height = turned_size(size, rotation)
    tilt = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0), [0, 0, 1]])
    return np.asarray(tilt @ turned(np.eye(3), rotation, size), dtype=np.float64)


def _move(quad: Quad, forward: Matrix, rotation: int) -> Quad:
    points = cv2.perspectiveTransform(quad[None].astype(np.float64), forward)[0]
    return np.asarray(np.roll(points, rotation // 90, axis=0), dtype=np.float32)
