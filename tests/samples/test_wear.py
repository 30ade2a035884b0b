"""Wear moves marks where it says, and stored pages come back upright."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from samples.packing import zipped
from samples.scanfile import scan_pdf
from samples.wear.blur import illegible
from samples.wear.levels import LEVELS, Level, Scan, encoded, worn

WIDTH, HEIGHT = 827, 1169
DOTS = np.array([[120.0, 150.0], [700.0, 200.0], [410.0, 600.0], [650.0, 1000.0]])
REACH = 16


def dotted() -> np.ndarray:
    page = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    for x, y in DOTS:
        cv2.circle(page, (int(x), int(y)), 9, (0, 0, 0), -1)
    return page


def upright(scan: Scan) -> np.ndarray:
    return np.rot90(scan.image, -scan.rotation // 90)


def assert_dots(image: np.ndarray, scan: Scan) -> None:
    grey = image if image.ndim == 2 else image.min(axis=2)
    height, width = grey.shape
    assert (width, height) == scan.upright
    for x, y in scan.move(DOTS):
        window = grey[int(y) - REACH : int(y) + REACH, int(x) - REACH : int(x) + REACH]
        dark = np.argwhere(window < 110)
        assert len(dark) > 60
        middle = dark.mean(axis=0) - REACH
        assert np.abs(middle).max() < 3


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("seed", range(8))
def test_marks_follow_every_geometric_wear(level: Level, seed: int) -> None:
    scan = worn(dotted(), level, bool(seed % 2), np.random.default_rng(seed))
    assert_dots(upright(scan), scan)


def test_wear_is_the_same_for_a_seed() -> None:
    first, second = (worn(dotted(), "phone", False, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(first.image, second.image)


@pytest.mark.parametrize(("level", "black"), [("office", False), ("grey", False), ("grey", True)])
@pytest.mark.parametrize("sideways", [False, True])
def test_a_scan_file_shows_the_page_as_stored(level: Level, black: bool, sideways: bool) -> None:
    scan = replace(worn(dotted(), level, black, np.random.default_rng(3)), sideways=sideways)
    document = pdfium.PdfDocument(scan_pdf([scan, scan], 100))
    assert len(document) == 2
    shown = document[1].render(scale=100 / 72).to_numpy()[..., :3]
    shown = cv2.resize(shown, (scan.image.shape[1], scan.image.shape[0]))
    assert_dots(np.rot90(shown, -scan.rotation // 90), scan)


def test_a_sideways_photo_carries_its_exif_mark() -> None:
    scan = replace(worn(dotted(), "phone", False, np.random.default_rng(4)), sideways=True)
    with Image.open(io.BytesIO(encoded(scan))) as picture:
        assert picture.getexif()[0x0112] == 6
        shown = np.asarray(ImageOps.exif_transpose(picture))
    assert_dots(np.rot90(shown, -scan.rotation // 90), scan)


def test_gbk_names_are_stored_without_the_utf8_flag() -> None:
    data = zipped([("承诺书/陰謀.pdf", b"x")], gbk=True)
    with zipfile.ZipFile(io.BytesIO(data), metadata_encoding="gb18030") as archive:
        assert archive.namelist() == ["承诺书/陰謀.pdf"]
        assert not archive.infolist()[0].flag_bits & 0x800


@pytest.mark.parametrize("height", [34, 44])
def test_large_print_is_out_of_focus_as_much_as_small(height: int) -> None:
    def sharpness(pixels: int) -> float:
        page = Image.new("RGB", (1654, 2339), "white")
        font = ImageFont.truetype("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", pixels)
        for line in range(20):
            ImageDraw.Draw(page).text((200, 200 + 2 * pixels * line), "揭榜单位应当如实填写", font=font, fill="black")
        blurred = illegible(np.asarray(page), 200.0)
        small = cv2.resize(blurred, None, fx=22 / pixels, fy=22 / pixels, interpolation=cv2.INTER_AREA)
        return float(np.percentile(np.abs(cv2.Laplacian(small[..., 0], cv2.CV_32F)), 99))

    assert sharpness(height) <= 2.5 * sharpness(22)
