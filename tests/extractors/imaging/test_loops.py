"""The third loop of ‰, in print of several sizes, and what stands beside a %."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.imaging.loops import shows_per_mille
from extractors.readers.protocol import Picture
from tests.extractors.pictures import FONT


def printed(text: str, sign: str, size: int = 32, blur: float = 0.8) -> Picture:
    """A sign cut out of its line with half a character on its left and one and a half on its right, enlarged."""
    face = ImageFont.truetype(FONT, size)
    page = Image.new("RGB", (size * 10, size * 2), "white")
    draw = ImageDraw.Draw(page)
    draw.text((size, size * 0.4), text, font=face, fill=(20, 20, 20))
    left = size + draw.textlength(text[: text.index(sign)], font=face)
    line = cv2.GaussianBlur(np.asarray(page)[..., ::-1].copy(), (0, 0), blur)
    crop = line[round(size * 0.35) : round(size * 1.75), round(left - 0.4 * size) : round(left + 1.5 * size)]
    return np.asarray(cv2.resize(crop, None, fx=2.4, fy=2.4, interpolation=cv2.INTER_CUBIC), np.uint8)


@pytest.mark.parametrize("size", [26, 32, 40])
@pytest.mark.parametrize("text", ["0.001‰", "低于0.08‰", "<5‰左右"])
def test_per_mille_is_seen(text: str, size: int) -> None:
    assert shows_per_mille(printed(text, "‰", size))


@pytest.mark.parametrize("size", [26, 32, 40])
@pytest.mark.parametrize("text", ["98.8%", "5%。", "60%以上", "8%8", "6%00", "60%口径"])
def test_per_cent_is_not_taken_for_it(text: str, size: int) -> None:
    assert not shows_per_mille(printed(text, "%", size))


def test_what_is_blurred_shut_is_not_seen() -> None:
    assert not shows_per_mille(printed("0.001‰", "‰", 26, blur=3.5))


def test_an_empty_crop_shows_nothing() -> None:
    assert not shows_per_mille(np.full((40, 60, 3), 255, np.uint8))
