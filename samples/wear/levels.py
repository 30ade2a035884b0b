"""The levels of wear: office scan, phone photo, grey and black-and-white copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from samples.wear.grain import grained
from samples.wear.light import edge_shadowed, shadowed
from samples.wear.moved import Image, Move, Worn
from samples.wear.photo import photographed
from samples.wear.skew import skewed
from samples.wear.tone import bilevel, greyed

Level = Literal["office", "phone", "grey"]
LEVELS: tuple[Level, ...] = ("office", "phone", "grey")
SIDEWAYS_SHARE = 0.05
EXIF_SIDEWAYS = bytes.fromhex("ffe1002245786966000049492a0008000000010012010300010000000600000000000000")
"""An EXIF block that says orientation 6: to be shown a quarter turn clockwise."""
TURNED_SHARE = 0.06
"""Share of pages that were fed the wrong way round."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A stored page: its picture as stored (two-dimensional if colourless), and how the print came to lie in it.

    `rotation` is the degrees clockwise that turn the stored picture upright; `move` maps printed pixels to pixels of
    the upright stored picture; `upright` is that picture's (width, height). `quality` is the JPEG's.
    """

    image: Image
    rotation: int
    move: Move
    upright: tuple[int, int]
    quality: int
    bilevel: bool = False
    sideways: bool = False
    """Stored a quarter turn counter-clockwise, with the file's own mark (EXIF, /Rotate) that viewers undo it by."""


def worn(image: Image, level: Level, black: bool, rng: np.random.Generator, blank: bool = False) -> Scan:
    """A printed and stamped page as it is stored; `black` makes the grey level black-and-white."""
    page = Worn(image)
    if level == "phone":
        page = grained(shadowed(photographed(page, rng), rng), rng, float(rng.uniform(2, 5)))
        quality = int(rng.integers(68, 88))
    else:
        page = grained(skewed(page, rng), rng, float(rng.uniform(1.5, 6)))
        page = edge_shadowed(page, rng) if rng.random() < 0.3 else page
        quality = int(rng.integers(60, 86))
    if level == "grey":
        page = bilevel(page, rng) if black else greyed(page, rng)
    upright = page.image.shape[1], page.image.shape[0]
    turns = int(rng.integers(1, 4)) if rng.random() < TURNED_SHARE and not blank else 0
    stored = np.ascontiguousarray(np.rot90(page.image, turns))
    # np.rot90 turns counter-clockwise, so the same number of quarter turns clockwise brings it back.
    black = level == "grey" and black
    return Scan(stored, 90 * turns % 360, page.move, upright, quality, black, bool(rng.random() < SIDEWAYS_SHARE))


def encoded(scan: Scan, exif: bool = True) -> bytes:
    """The stored picture as JPEG; with `exif` a sideways one carries the camera's mark, without it only its pixels."""
    image = np.ascontiguousarray(np.rot90(scan.image)) if scan.sideways else scan.image
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, scan.quality])
    if not done:
        raise RuntimeError("a page could not be encoded")
    picture = bytes(data)
    return picture[:2] + EXIF_SIDEWAYS + picture[2:] if scan.sideways and exif else picture
