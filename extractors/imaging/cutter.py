"""Places cut out of a page's stored picture the way the page reading saw them: upright, flattened, straight."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.imaging.crops import cut_quad
from extractors.imaging.frame import Box, PageFrame
from extractors.imaging.line_course import line_quad
from extractors.readers.protocol import Picture
from pipeline.model.document import PageReading
from pipeline.model.evidence import Place
from pipeline.model.geometry import BBox

OUTWARDS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
"""Which way each corner of a quad moves as it grows."""


class PageCutter:
    """Cuts places out of one page's picture: turned upright, flattened, straight, as the page reading saw it."""

    def __init__(self, stored: Picture, reading: PageReading) -> None:
        self._frame = PageFrame(
            np.asarray(reading.frame, dtype=np.float64).reshape(3, 3),
            reading.working_size,
            (reading.width, reading.height),
        )
        self._upright = turn(stored, reading.rotation)
        self.colourless = reading.colourless
        """Whether the page is a grey or black-and-white copy."""
        self.aspect = reading.height / reading.width
        """The upright page's height over its width: what heights in fractions of it are in fractions of its width."""

    def cut(self, place: Place, slack: float, scale: float, chars: Sequence[BBox] = ()) -> Picture:
        """The place with a margin of `slack` times its height, enlarged.

        Args:
            place: Where it stands.
            slack: The margin, in heights of the place, or of the line.
            scale: The enlargement.
            chars: Boxes on the page of the characters of the one line that stands there: it is cut along its course.
        """
        boxes = [self._frame.to_working(char) for char in chars]
        course = line_quad(self._frame.to_working(place.bbox), boxes)
        margin = slack * float(course[3][1] - course[0][1])
        corners = course.astype(np.float64) + margin * OUTWARDS
        quad = cv2.perspectiveTransform(corners[np.newaxis], self._frame.matrix)[0]
        return cut_quad(self._upright, np.asarray(quad, dtype=np.float32), scale)

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
