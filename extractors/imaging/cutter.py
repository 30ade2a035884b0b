"""Places cut out of a page's stored picture the way the page reading saw them: upright, flattened, straight."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import cv2
import numpy as np

from extractors.imaging.crops import cut_quad
from extractors.imaging.frame import Box, PageFrame
from extractors.imaging.line_course import line_quad
from extractors.readers.protocol import Picture
from extractors.seals.lifting import lift_seals
from pipeline.model.document import PageReading
from pipeline.model.evidence import Place
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink

OUTWARDS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
"""Which way each corner of a quad moves as it grows."""


class PageCutter:
    """Cuts places out of one page's picture: turned upright, flattened, straight, as the page reading saw it."""

    def __init__(self, stored: Picture, reading: PageReading) -> None:
        self._frame = PageFrame.of(reading)
        self._upright = turn(stored, reading.rotation)
        self._black_seals = tuple(seal.bbox for seal in reading.seals if seal.colour is Ink.BLACK)
        self._pixels_per_mm = reading.pixels_per_mm
        self.colourless = reading.colourless
        """Whether the page is a grey or black-and-white copy."""
        self.aspect = reading.height / reading.width
        """The upright page's height over its width: what heights in fractions of it are in fractions of its width."""

    def is_under_black_seal(self, place: Place) -> bool:
        """Whether a seal that has no colour lies over a place, so that it can be lifted off."""
        if not self._pixels_per_mm:
            return False
        shared = (place.bbox.intersection(seal) for seal in self._black_seals)
        return any(part.width > 0 and part.height > 0 for part in shared)

    def cut(
        self, place: Place, slack: float, scale: float, chars: Sequence[BBox] = (), *, lifted: bool = False
    ) -> Picture:
        """The place with a margin of `slack` times its height, enlarged.

        Args:
            place: Where it stands.
            slack: The margin, in heights of the place, or of the line.
            scale: The enlargement.
            chars: Boxes on the page of the characters of the one line that stands there: it is cut along its course.
            lifted: Whether black seals are lifted off the print first.
        """
        boxes = [self._frame.to_working(char) for char in chars]
        course = line_quad(self._frame.to_working(place.bbox), boxes)
        margin = slack * float(course[3][1] - course[0][1])
        corners = course.astype(np.float64) + margin * OUTWARDS
        quad = cv2.perspectiveTransform(corners[np.newaxis], self._frame.matrix)[0]
        picture = self._without_black_seals if lifted else self._upright
        return cut_quad(picture, np.asarray(quad, dtype=np.float32), scale)

    @cached_property
    def _without_black_seals(self) -> Picture:
        """The upright page, its black seals lifted off as the page reading did."""
        height, width = self._upright.shape[:2]
        boxes = [(box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height) for box in self._black_seals]
        enlarged = float(np.sqrt(abs(np.linalg.det(self._frame.matrix[:2, :2]))))
        return lift_seals(self._upright, boxes, (self._pixels_per_mm or 1.0) * enlarged)[0]

    def straight(self, box: Box, size: tuple[int, int]) -> Picture:
        """A box of the working picture (in fractions of it), `size` pixels wide and high; white beyond the page."""
        width, height = self._frame.working_size
        x0, y0, x1, y1 = box[0] * width, box[1] * height, box[2] * width, box[3] * height
        scale = np.array([[(x1 - x0) / size[0], 0, x0], [0, (y1 - y0) / size[1], y0], [0, 0, 1]])
        cut = cv2.warpPerspective(
            self._upright,
            self._frame.matrix @ scale,
            size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderValue=(255, 255, 255),
        )
        return np.asarray(cut, dtype=np.uint8)


def turn(picture: Picture, degrees: int) -> Picture:
    """A picture turned clockwise by a multiple of 90 degrees."""
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return picture if degrees == 0 else np.asarray(cv2.rotate(picture, codes[degrees]), dtype=np.uint8)
