"""Tables of a born-digital page out of the rulings that its file draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.tables.cells import Grid, find_grids
from extractors.tables.rulings import Mask, Rulings, find_rulings
from pipeline.model.geometry import BBox
from pipeline.rendering import PagePicture

LEAST_THICK = 2
"""Pixels of a ruling on the mask: a hairline has less than one, and runs of ink are sought in whole ones."""


def find_drawn_grids(picture: PagePicture, character_height: float) -> tuple[Rulings, tuple[Grid, ...]]:
    """The page's rulings and the grids they close: the file's own, or those of its rendering where these close none.

    Strokes of large print are no rulings then, and hairlines that the rendering loses are.
    """
    if picture.rulings:
        drawn = find_rulings(picture.image, character_height, ruling_mask(picture.rulings, picture.image.shape[:2]))
        if grids := find_grids(drawn, character_height):
            return drawn, grids
    rendered = find_rulings(picture.image, character_height)
    return rendered, find_grids(rendered, character_height)


def ruling_mask(rulings: Sequence[BBox], shape: tuple[int, ...]) -> Mask:
    """A mask (0 or 255) of so many pixels (height, width) with the rulings, each thick enough to be found."""
    height, width = shape[:2]
    mask = np.zeros((height, width), np.uint8)
    for box in rulings:
        x0, y0 = int(box.x0 * width), int(box.y0 * height)
        x1, y1 = (max(start + LEAST_THICK, round(end)) for start, end in ((x0, box.x1 * width), (y0, box.y1 * height)))
        mask[y0:y1, x0:x1] = 255
    return mask
