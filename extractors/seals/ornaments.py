"""Rosettes in the corners of a certificate's printed border: rings of one size that form a rectangle's corners."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.geometry import BBox
from pipeline.model.seal import SealMark, Shape

ONE_SIZE = 0.06
"""Rosettes of one border differ in size by no more than this,"""
IN_LINE = 0.15
"""and lie in line by this, both of their size: seals stamped by hand do so with one other at most, not two ways."""
SPREAD = 0.5
"""Share of the page's width and height that lies between two corners of a border at least: four parties' seals, on a
copy that leaves their names unread, stand closer."""


def without_ornaments(marks: Sequence[SealMark], size: tuple[int, ...]) -> list[SealMark]:
    """The seals of a page without rings that bear no name and lie in line with two others like them, one each way.

    Args:
        marks: What was found on the page.
        size: Height and width of the page in pixels.
    """
    rings = [mark for mark in marks if not mark.text and mark.shape is not Shape.RECTANGLE]
    corners = {id(each) for ring in rings for each in _corner(ring, rings, size)}
    return [mark for mark in marks if id(mark) not in corners]


def _corner(ring: SealMark, rings: Sequence[SealMark], size: tuple[int, ...]) -> list[SealMark]:
    """A ring with those beside it and those above or below it, where there are both; else none."""
    alike = [other for other in rings if other is not ring and _as_large(ring.bbox, other.bbox, size)]
    reach = [_off(ring, other, size) for other in alike]
    wide, high = (SPREAD * length / _side(ring.bbox, size) for length in (size[1], size[0]))
    beside = [other for other, (across, down) in zip(alike, reach, strict=True) if down <= IN_LINE and across >= wide]
    above = [other for other, (across, down) in zip(alike, reach, strict=True) if across <= IN_LINE and down >= high]
    return [ring, *beside, *above] if beside and above else []


def _as_large(one: BBox, other: BBox, size: tuple[int, ...]) -> bool:
    return abs(_side(one, size) - _side(other, size)) <= ONE_SIZE * _side(one, size)


def _off(one: SealMark, other: SealMark, size: tuple[int, ...]) -> tuple[float, float]:
    """How far two rings' middles lie apart, across and down, in the first one's size."""
    (x, y), (to_x, to_y), side = one.bbox.center, other.bbox.center, _side(one.bbox, size)
    return abs(x - to_x) * size[1] / side, abs(y - to_y) * size[0] / side


def _side(box: BBox, size: tuple[int, ...]) -> float:
    return max(box.width * size[1], box.height * size[0])
