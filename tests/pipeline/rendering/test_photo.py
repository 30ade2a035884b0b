from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from pipeline.errors import UnreadableInput
from pipeline.rendering import PagePicture, open_media
from tests.pipeline.rendering.pages import jpeg, write


def first_page(path: Path) -> PagePicture:
    with open_media(path) as media:
        return media.page(1)


def red_corner(picture: PagePicture) -> tuple[int, int]:
    """Which quarter is red: (0 top | 1 bottom, 0 left | 1 right)."""
    red = (picture.image[:, :, 2] > 200) & (picture.image[:, :, 0] < 100)
    rows, columns = red.nonzero()
    height, width = red.shape
    return int(rows.mean() > height / 2), int(columns.mean() > width / 2)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (0, 1)), (3, (1, 1)), (4, (1, 0)), (5, (0, 0)), (6, (0, 1)), (7, (1, 1)), (8, (1, 0))],
)
def test_exif_orientation_is_applied(tmp_path: Path, orientation: int, corner: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = first_page(write(tmp_path, "a.jpg", jpeg(400, 600, exif=exif)))
    assert red_corner(picture) == corner
    assert picture.image.shape[:2] == ((600, 400) if orientation < 5 else (400, 600))
    assert picture.scanned and not picture.born_digital and picture.words == ()


@pytest.mark.parametrize(
    ("size", "dpi", "shown", "shown_dpi"),
    [
        ((1654, 2339), (200, 200), (2339, 1654), 200),
        ((4960, 7016), (600, 600), (3508, 2480), 300),
        ((1654, 2339), (72, 72), (2339, 1654), None),
        ((664, 1693), (96, 96), (1693, 664), None),
        ((827, 1170), (100, 100), (1170, 827), 100),
        ((400, 600), (300, 300), (600, 400), None),
        ((1728, 1145), (204, 98), (2383, 1728), 204),
        ((8000, 2000), (0, 0), (1250, 5000), None),
    ],
)
def test_scale(
    tmp_path: Path, size: tuple[int, int], dpi: tuple[int, int], shown: tuple[int, int], shown_dpi: float | None
) -> None:
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, "TIFF", dpi=dpi, compression="tiff_lzw")
    picture = first_page(write(tmp_path, "a.tif", out.getvalue()))
    assert picture.image.shape[:2] == pytest.approx(shown, abs=1)
    assert picture.dpi == (None if shown_dpi is None else pytest.approx(shown_dpi, abs=0.5))


def test_a_camera_s_dpi_means_nothing(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[33434] = 0.01
    assert first_page(write(tmp_path, "a.jpg", jpeg(2480, 3508, exif=exif, dpi=(300, 300), quality=20))).dpi is None


def test_every_page_of_a_tiff(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    pages = [Image.new("RGB", (60, 80), (shade, 0, 0)) for shade in (10, 120, 250)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    with open_media(path) as media:
        assert media.page_count == 3
        assert [int(media.page(number).image[5, 5, 2]) for number in (3, 1, 2)] == [250, 10, 120]
        with pytest.raises(UnreadableInput):
            media.page(4)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_colour_mode_comes_out_as_bgr(tmp_path: Path, mode: str) -> None:
    image = Image.fromarray(np.full((90, 70), 30000, np.uint16)) if mode == "I;16" else Image.new(mode, (70, 90))
    path = tmp_path / "a.tif"
    image.save(path)
    picture = first_page(path)
    assert picture.image.shape == (90, 70, 3) and picture.image.dtype == np.uint8


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (50, 60), (0, 0, 0, 0)).save(path)
    assert first_page(path).image.min() == 255


def test_heic(tmp_path: Path) -> None:
    path = tmp_path / "a.heic"
    pillow_heif.from_pillow(Image.new("RGB", (64, 96), (255, 0, 0))).save(path)
    assert first_page(path).image.shape == (96, 64, 3)


def test_a_picture_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (60_000, 20_000)).save(path)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(UnreadableInput, match="过大"):
        first_page(path)
