"""What slices of a seam stamp read as on a copy without colour: a letter or two at the very edge of the sheet."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.text import Line

EDGE_MM = 4.0
"""No print comes this near to a sheet's left or right edge; slices are cut by it."""
FEW = 3
"""Characters that a slice may read as: a cut seal has no line of text."""


def without_slices(lines: Sequence[Line], width: float, pixels_per_mm: float) -> tuple[Line, ...]:
    """The lines without those of few characters at the page's left or right edge.

    Args:
        lines: Of a page without colour.
        width: Of the working picture, in pixels.
        pixels_per_mm: Its scale.
    """
    edge = EDGE_MM * pixels_per_mm / width
    return tuple(line for line in lines if len(line.text) > FEW or (line.row.x0 > edge and line.row.x1 < 1 - edge))
