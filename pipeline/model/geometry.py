"""Boxes on a page. One convention, said once: fractions 0-1 of the page as shown upright, origin top left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

DECIMALS = 5


@dataclass(frozen=True, slots=True)
class BBox:
    """An upright rectangle in fractions of the upright stored page: x to the right, y down."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width as a fraction of the page's width."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height as a fraction of the page's height."""
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        """Area as a fraction of the page's; 0 for an inverted box."""
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def center(self) -> tuple[float, float]:
        """The middle, (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def intersection(self, other: BBox) -> BBox:
        """What both cover; its `area` is 0 where they don't meet."""
        return BBox(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))

    def iou(self, other: BBox) -> float:
        """Intersection over union, 0-1."""
        shared = self.intersection(other)
        if shared.width <= 0 or shared.height <= 0:
            return 0.0
        return shared.area / (self.area + other.area - shared.area)

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def rounded(self) -> tuple[float, float, float, float]:
        """The box as written out: clamped to the page, five decimals (a hundredth of a pixel at 300 dpi)."""
        x0, y0, x1, y1 = (round(min(1.0, max(0.0, value)), DECIMALS) for value in (self.x0, self.y0, self.x1, self.y1))
        return x0, y0, x1, y1


def union(boxes: Iterable[BBox]) -> BBox:
    """The smallest box that covers all.

    Raises:
        ValueError: There are no boxes.
    """
    listed = list(boxes)
    if not listed:
        raise ValueError("the union of no boxes")
    return BBox(
        min(box.x0 for box in listed),
        min(box.y0 for box in listed),
        max(box.x1 for box in listed),
        max(box.y1 for box in listed),
    )
