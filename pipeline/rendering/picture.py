"""A page as pixels, and the limits within which pages are made."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.model.geometry import BBox

DEFAULT_DPI = 200.0
"""For pages without a scan's own resolution: small print of forms still has 20 pixels a character."""
LEAST_DPI, MOST_DPI = 150.0, 300.0
"""A scan is shown at its own resolution within these: below, characters are too small; above, nothing is gained."""
MOST_PIXELS = 40_000_000
"""No page picture is larger: A3 at 400 dpi, 120 MB."""
LONGEST_SIDE = 5000
"""Pixels, for pictures of unknown scale: a phone's 12-megapixel photo (4000) stays, a 108-megapixel one is reduced."""
MOST_PAGES = 2000
"""Of one file. A task book with all its evidence has a few hundred."""
PAPER_SHORT_SIDE_IN = (3.0, 17.0)
"""Inches a sheet's short side may have (an invoice's slip to A2); a scale that says otherwise is not believed."""

Pixels = NDArray[np.uint8]
"""height x width x 3, BGR, 0-255."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as shown, EXIF orientation and PDF /Rotate applied.

    `dpi` is the physical scale of `image`, None where nobody knows it. `words` come from the file's text layer, boxes
    in fractions of the page. `born_digital`: visible text, and no picture covers most of the page. `scanned`: a picture
    covers the page (always so for image files). `picture_share` is the part of the page under pictures, 0-1; text in
    them is not among `words`.
    """

    image: Pixels
    dpi: float | None
    words: tuple[tuple[str, BBox], ...] = ()
    born_digital: bool = False
    scanned: bool = True
    picture_share: float = 1.0
    grey: bool = False
    """Stored without any colour: a grey or black-and-white scan, not a colour scan of a page of print."""
    rulings: tuple[BBox, ...] = ()
    """Of a born-digital page: the straight strokes it draws, as thin boxes in fractions of the page."""


LEAST_BELIEVED, SCREEN = 90, 96
"""Dots an inch: 72 and 96 are what programs write when they know nothing, 98 and 100 are a fax's."""


def believed_dpi(dpi: float | None, short_side: int) -> float | None:
    """The scale if a sheet of paper can have it: `short_side` pixels at `dpi` make a sheet's short side."""
    if not dpi or not math.isfinite(dpi) or dpi < LEAST_BELIEVED or abs(dpi - SCREEN) < 0.5:
        return None
    least, most = PAPER_SHORT_SIDE_IN
    return float(dpi) if least <= short_side / dpi <= most else None


def fitting_scale(width: float, height: float, scale: float) -> float:
    """`scale`, or the largest below it at which `width` x `height` stays within the limit of pixels."""
    pixels = width * height * scale * scale
    return scale if pixels <= MOST_PIXELS else scale * math.sqrt(MOST_PIXELS / pixels)
