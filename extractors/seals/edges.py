"""Which edges of a picture a seam stamp may lie on, as far as its proportions say how the sheet lies."""

from __future__ import annotations

from pipeline.model.seal import Side

LONGER = 1.2
"""A picture so much longer one way is a sheet, upright or lying; of another no edge is surely without seams."""
BESIDE, ABOVE = frozenset({Side.LEFT, Side.RIGHT}), frozenset({Side.TOP, Side.BOTTOM})


def seam_sides(size: tuple[int, ...]) -> frozenset[Side]:
    """The edges that are a portrait sheet's left and right, of a picture of a size (height, width)."""
    height, width = size[:2]
    if height >= LONGER * width:
        return BESIDE
    return ABOVE if width >= LONGER * height else BESIDE | ABOVE


def sides_cut(box: tuple[float, float, float, float], size: tuple[int, ...]) -> frozenset[Side]:
    """The edges that a box (x0, y0, x1, y1) reaches over, of a picture of a size (height, width)."""
    height, width = size[:2]
    over = {Side.LEFT: box[0] < 0, Side.TOP: box[1] < 0, Side.RIGHT: box[2] > width, Side.BOTTOM: box[3] > height}
    return frozenset(side for side, reaches in over.items() if reaches)
