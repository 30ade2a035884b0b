"""Draws seals, seam stamps and handwriting, and puts them on pages the way ink lies on print."""

from samples.stamping.handwriting import draw_signature, draw_tick
from samples.stamping.impression import stamp
from samples.stamping.pen_marks import draw_pen_mark
from samples.stamping.seal import SealSpec, draw_seal
from samples.stamping.seam import seam_slices, stamp_slice

__all__ = [
    "SealSpec",
    "draw_pen_mark",
    "draw_seal",
    "draw_signature",
    "draw_tick",
    "seam_slices",
    "stamp",
    "stamp_slice",
]
