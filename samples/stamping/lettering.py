"""Fonts and single glyphs for seals and handwriting."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Mask = NDArray[np.uint8]
"""Ink on a white ground as coverage: height x width, 0 none - 255 full."""

FONTS = Path("/usr/share/fonts")
FACES: dict[str, tuple[str, ...]] = {
    "song": ("truetype/arphic/uming.ttc", "opentype/noto/NotoSerifCJK-Regular.ttc"),
    "bold": ("opentype/noto/NotoSerifCJK-Bold.ttc",),
    "light": ("truetype/arphic-gbsn00lp/gbsn00lp.ttf", "opentype/noto/NotoSerifCJK-Regular.ttc"),
    "hei": ("truetype/wqy/wqy-zenhei.ttc", "opentype/noto/NotoSansCJK-Regular.ttc"),
    "kai": ("truetype/arphic/ukai.ttc", "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"),
    "script": ("truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", "truetype/arphic-gkai00mp/gkai00mp.ttf"),
    "brush": ("truetype/arphic-gkai00mp/gkai00mp.ttf", "truetype/lxgw-wenkai/LXGWWenKai-Light.ttf"),
}
"""Styles and the files that give them, best first."""
COMPLETE = ("opentype/noto/NotoSerifCJK-Regular.ttc",)
"""Faces that hold the rare characters of names, which GB 2312 fonts lack."""
UNASSIGNED = "\uffff"
GLYPH = 160
"""Pixels of the square a glyph is drawn in before it is scaled to its place."""


def faces(style: str) -> tuple[Path, ...]:
    """The installed font files of a style, best first, then those that hold every Chinese character.

    Raises:
        FileNotFoundError: None of the style's own fonts is installed.
    """
    own = tuple(FONTS / name for name in FACES[style] if (FONTS / name).is_file())
    if not own:
        raise FileNotFoundError(f"no font for the style {style}: {', '.join(FACES[style])}")
    return own + tuple(FONTS / name for name in COMPLETE if (FONTS / name).is_file())


@lru_cache(maxsize=4096)
def glyph(character: str, style: str, tight: bool = False) -> Mask:
    """A character in its em square (`tight`: cut to its ink), as coverage; from the first face that has it."""
    drawn = (_drawn(character, path) for path in faces(style))
    ink = next((ink for ink in drawn if ink is not None), np.zeros((2 * GLYPH, 2 * GLYPH), np.uint8))
    if tight and ink.any():
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        return np.ascontiguousarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    half = GLYPH // 2
    return np.ascontiguousarray(ink[half : half + GLYPH, half : half + GLYPH])


def _drawn(character: str, path: Path) -> Mask | None:
    """The character in the middle of twice its em square; None where the font lacks it (nothing, or its own box)."""
    font = ImageFont.truetype(str(path), GLYPH)
    ink, unknown = _ink(character, font), _ink(UNASSIGNED, font)
    return ink if ink.any() and not np.array_equal(ink, unknown) else None


def _ink(character: str, font: ImageFont.FreeTypeFont) -> Mask:
    picture = Image.new("L", (GLYPH * 2, GLYPH * 2), 0)
    ImageDraw.Draw(picture).text((GLYPH, GLYPH), character, font=font, fill=255, anchor="mm")
    return np.asarray(picture, dtype=np.uint8)
