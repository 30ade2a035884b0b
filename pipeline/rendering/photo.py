"""Image files as pages: JPEG, PNG, BMP, TIFF with several pages, HEIC, GIF, WebP (Pillow)."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import numpy as np
import pillow_heif
from PIL import Image

from pipeline.errors import UnreadableInput
from pipeline.rendering.picture import (
    LONGEST_SIDE,
    MOST_DPI,
    MOST_PAGES,
    PagePicture,
    believed_dpi,
    fitting_scale,
)

pillow_heif.register_heif_opener()

MOST_STORED_PIXELS = 400_000_000
"""Width times height as the file states it, before anything is unpacked: twice a 200-megapixel phone's."""
MOST_UNPACKED_PIXELS = 130_000_000
"""For formats that can't be unpacked at a smaller size (all but JPEG)."""
CAMERA_TAGS = (33434, 33437, 37386)
"""EXIF exposure time, aperture, focal length: a camera took it, and its dpi means nothing."""
EXIF_DIRECTORY = 0x8769
GREY_MODES = ("1", "L", "LA", "I", "I;16", "I;16B")
"""Pillow's names of pictures stored without colour."""
ORIENTATION_TAG = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each EXIF orientation."""
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, KeyError, OverflowError, struct.error)
"""What Pillow's decoders raise on bytes that are not what they say."""


class PhotoMedia:
    """An image file; only TIFF has several pages. It is opened anew for each page, so that none stays in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with _opened(path) as image:
                self.page_count = _frames(image)
        except Image.DecompressionBombError as error:
            raise UnreadableInput("图片尺寸过大，无法打开") from error
        except DAMAGE as error:
            raise UnreadableInput("图片已损坏或格式不支持，无法打开") from error
        if self.page_count > MOST_PAGES:
            raise UnreadableInput(f"图片文件有{self.page_count}页，超过上限{MOST_PAGES}页")

    def __enter__(self) -> PhotoMedia:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing stays open between pages."""

    def page(self, number: int, dpi: float | None = None) -> PagePicture:
        """Page `number` (from 1); a scan finer than 300 dpi is reduced to that, or to `dpi` if that is asked.

        Raises:
            UnreadableInput: The picture is damaged or too large.
        """
        try:
            with _opened(self.path) as image:
                if number > 1:
                    image.seek(number - 1)
                return _page(image, dpi)
        except (Image.DecompressionBombError, MemoryError) as error:
            raise UnreadableInput(f"第{number}页图片尺寸过大，无法显示") from error
        except DAMAGE as error:
            raise UnreadableInput(f"第{number}页图片已损坏，无法显示") from error


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own bomb warning; the limits above decide
        with Image.open(path) as image:
            yield image


def _frames(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def _page(image: Image.Image, asked: float | None) -> PagePicture:
    pixels = image.width * image.height
    if pixels > (MOST_STORED_PIXELS if image.format == "JPEG" else MOST_UNPACKED_PIXELS):
        raise Image.DecompressionBombError(f"{pixels} pixels")
    scale, grey = _stated_scale(image), image.mode in GREY_MODES
    width, height, dpi = _shown_size(image.size, scale, asked)
    if image.format == "JPEG":
        image.draft("RGB", (width, height))
    shown = _colours(image)
    if shown.size != (width, height):
        shown = shown.resize((width, height), Image.Resampling.BOX, reducing_gap=2.0)
    shown.info, orientation = {}, image.getexif().get(ORIENTATION_TAG)
    if orientation in TURNS:
        shown = shown.transpose(TURNS[orientation])
    return PagePicture(np.ascontiguousarray(np.asarray(shown)[:, :, ::-1]), dpi, grey=grey)


def _stated_scale(image: Image.Image) -> tuple[float, float] | None:
    """The dpi across and down that a scanner wrote; None for cameras and for scales that no paper can have."""
    exif = image.getexif()
    if any(tag in exif or tag in exif.get_ifd(EXIF_DIRECTORY) for tag in CAMERA_TAGS):
        return None
    try:
        across, down = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    believed = across > 0 and down > 0 and believed_dpi(max(across, down), round(_short_side(image.size, across, down)))
    return (across, down) if believed else None


def _short_side(size: tuple[int, int], across: float, down: float) -> float:
    finest = max(across, down)
    return min(size[0] * finest / across, size[1] * finest / down)


def _shown_size(
    size: tuple[int, int], scale: tuple[float, float] | None, asked: float | None
) -> tuple[int, int, float | None]:
    """Width and height to show, with square pixels (a fax has 204 x 98 dpi), and their dpi."""
    if scale is None:
        factor = fitting_scale(*size, min(1.0, LONGEST_SIDE / max(size)))
        return max(1, round(size[0] * factor)), max(1, round(size[1] * factor)), None
    inches = size[0] / scale[0], size[1] / scale[1]
    dpi = fitting_scale(*inches, min(max(scale), asked or MOST_DPI))
    return max(1, round(inches[0] * dpi)), max(1, round(inches[1] * dpi)), dpi


def _colours(image: Image.Image) -> Image.Image:
    """The picture in RGB; what is transparent becomes white, 16-bit greys keep their span."""
    if image.mode == "RGB":
        return image
    if image.mode.startswith("I"):
        grey = np.asarray(image, dtype=np.float32)
        span = 65535.0 if grey.max(initial=0) > 255 else 255.0
        return Image.fromarray(np.clip(grey / span * 255, 0, 255).astype(np.uint8)).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
    return image.convert("RGB")
