"""Seals and slices of seam stamps of one page, in boxes of the stored page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.imaging.frame import PageFrame
from extractors.readers.protocol import LineReader, Picture, Quad
from extractors.seals import find_seals, view_of
from extractors.seals.edges import seam_sides
from extractors.seams import find_slices
from pipeline.model.geometry import BBox
from pipeline.model.seal import SealMark, SliceMark

PART = 0.7
"""Share of a slice that lies in a seal: it is that seal's."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What was stamped on a page."""

    seals: tuple[SealMark, ...] = ()
    slices: tuple[SliceMark, ...] = ()


def find_marks(
    picture: Picture, pixels_per_mm: float | None, frame: PageFrame, reader: LineReader, lines: Sequence[Quad] = ()
) -> Marks:
    """Seals and slices on a working picture; `lines` are where its lines of text are."""
    view = view_of(picture, pixels_per_mm)
    seals = find_seals(picture, pixels_per_mm, reader, view, lines)
    slices = [
        mark
        for mark in find_slices(picture, pixels_per_mm, view)
        if mark.side in seam_sides(picture.shape) or not any(_is_part(mark, seal) for seal in seals)
    ]
    return Marks(
        tuple(seal.model_copy(update={"bbox": _on_page(seal.bbox, frame)}) for seal in seals),
        tuple(mark.model_copy(update={"bbox": _on_page(mark.bbox, frame)}) for mark in slices),
    )


def _is_part(mark: SliceMark, seal: SealMark) -> bool:
    """Whether what looks like a slice is what is left of a seal that the page's end cut, where no seam stamp lies."""
    return mark.bbox.intersection(seal.bbox).area >= PART * mark.bbox.area


def _on_page(bbox: BBox, frame: PageFrame) -> BBox:
    """A box in fractions of the working picture as fractions of the stored page."""
    width, height = frame.working_size
    return frame.to_page((bbox.x0 * width, bbox.y0 * height, bbox.x1 * width, bbox.y1 * height))
