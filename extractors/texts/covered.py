"""Characters under a black seal: its ink may be read as theirs, or hide some of them altogether."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.geometry import BBox
from pipeline.model.text import Line

REACH = 1.1
"""A seal reaches over characters whose middle lies within so many of its half axes of its own."""


def with_covered(lines: Sequence[Line], seals: Sequence[BBox]) -> tuple[Line, ...]:
    """The lines, the characters that lie under one of the seals marked so.

    Args:
        lines: Of one page.
        seals: Boxes of its black seals, in fractions of the page as the characters' are.
    """
    if not seals:
        return tuple(lines)
    return tuple(
        line.model_copy(
            update={
                "chars": tuple(
                    char.model_copy(update={"covered": True})
                    if char.bbox is not None and any(_reaches(seal, char.bbox) for seal in seals)
                    else char
                    for char in line.chars
                )
            }
        )
        for line in lines
    )


def _reaches(seal: BBox, bbox: BBox) -> bool:
    (x, y), (middle_x, middle_y) = bbox.center, seal.center
    across, down = (x - middle_x) / (seal.width / 2), (y - middle_y) / (seal.height / 2)
    return across**2 + down**2 <= REACH**2
