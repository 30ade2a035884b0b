"""Seals and slices of seam stamps of one page, in boxes of the stored page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.imaging.frame import PageFrame
from extractors.readers.protocol import LineReader, Picture, Quad
from extractors.seals import find_seals, view_of
from extractors.seams import find_slices
from pipeline.model.geometry import BBox
from pipeline.model.seal import SealMark, SliceMark


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
    return Marks(
        tuple(
            seal.model_copy(update={"bbox": _on_page(seal.bbox, frame)})
            for seal in find_seals(picture, pixels_per_mm, reader, view, lines)
        ),
        tuple(
            mark.model_copy(update={"bbox": _on_page(mark.bbox, frame)})
            for mark in find_slices(picture, pixels_per_mm, view)
        ),
    )


def _on_page(bbox: BBox, frame: PageFrame) -> BBox:
    """A box in fractions of the working picture as fractions of the stored page."""
    width, height = frame.working_size
    return frame.to_page((bbox.x0 * width, bbox.y0 * height, bbox.x1 * width, bbox.y1 * height))
