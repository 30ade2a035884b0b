"""Small pictures of pages, drawn."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extractors.readers.protocol import Picture, Quad

FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
BLACK, RED, BLUE = (30, 30, 30), (60, 50, 205), (190, 70, 40)
"""BGR."""


def blank(width: int = 600, height: int = 848, colour: tuple[int, int, int] = (255, 255, 255)) -> Picture:
    return np.full((height, width, 3), colour, np.uint8)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def write(picture: Picture, text: str, x: int, y: int, size: int, colour: tuple[int, int, int] = BLACK) -> Picture:
    """The picture with text whose top left corner stands at x, y."""
    out = picture.copy()
    left, top, right, bottom = (round(edge) for edge in _font(size).getbbox(text))
    x0, y0 = max(0, x + left - 1), max(0, y + top - 1)
    part = out[y0 : y + bottom + 2, x0 : x + right + 2]
    if part.size:
        image = Image.fromarray(np.ascontiguousarray(part[..., ::-1]))  # the whole page would be turned about each time
        ImageDraw.Draw(image).text((x - x0, y - y0), text, font=_font(size), fill=colour[::-1])
        part[:] = np.asarray(image)[..., ::-1]
    return out


def rectangle(x0: float, y0: float, x1: float, y1: float) -> Quad:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


def ruled(picture: Picture, *rulings: tuple[int, int, int, int], thickness: int = 2) -> Picture:
    """The picture with straight lines x0, y0, x1, y1."""
    out = picture.copy()
    for x0, y0, x1, y1 in rulings:
        cv2.line(out, (x0, y0), (x1, y1), BLACK, thickness)
    return out


def text_bars(picture: Picture) -> tuple[Picture, tuple[Quad, ...]]:
    """Ten stand-ins for lines of text: grey bars with a black head at their left end; and their boxes."""
    out, quads = picture.copy(), []
    height, width = picture.shape[:2]
    for index in range(10):
        x, y = round(0.15 * width), round(height * (0.1 + 0.08 * index))
        cv2.rectangle(out, (x, y), (x + 120, y + 18), (150, 150, 150), -1)
        cv2.rectangle(out, (x, y), (x + 30, y + 18), (0, 0, 0), -1)
        quads.append(rectangle(x, y, x + 120, y + 18))
    return out, tuple(quads)
