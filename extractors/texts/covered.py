"""Characters under a black seal: its ink may be read as theirs, or hide some of them altogether."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.geometry import BBox
from pipeline.model.text import Line

REACH = 1.1
"""A seal reaches over what lies within so many of its half axes of its own middle."""
BEYOND = (0.5, 1.5)
"""Where a line's next characters would stand, in characters beyond its end."""


def with_covered(lines: Sequence[Line], seals: Sequence[BBox]) -> tuple[Line, ...]:
    """The lines, the characters that lie under one of the seals marked so.

    Where a line ends at a seal it may go on under it: its last character there is marked too.

    Args:
        lines: Of one page.
        seals: Boxes of its black seals, in fractions of the page as the characters' are.
    """
    if not seals:
        return tuple(lines)
    return tuple(_marked(line, seals) for line in lines)


def _marked(line: Line, seals: Sequence[BBox]) -> Line:
    covered = {
        index for index, char in enumerate(line.chars) if char.bbox is not None and _is_under(char.bbox.center, seals)
    }
    covered |= {0} if _runs_under(line, line.bbox.x0, -1, seals) else set()
    covered |= {len(line.chars) - 1} if _runs_under(line, line.bbox.x1, 1, seals) else set()
    chars = tuple(
        char.model_copy(update={"covered": True}) if index in covered else char for index, char in enumerate(line.chars)
    )
    return line.model_copy(update={"chars": chars})


def _runs_under(line: Line, end: float, way: int, seals: Sequence[BBox]) -> bool:
    """Whether a seal lies where the line would go on beyond its left (-1) or right (1) end."""
    pitch = line.bbox.width / max(1, len(line.chars))
    return any(_is_under((end + way * by * pitch, line.bbox.center[1]), seals) for by in BEYOND)


def _is_under(point: tuple[float, float], seals: Sequence[BBox]) -> bool:
    return any(_reaches(seal, point) for seal in seals)


def _reaches(seal: BBox, point: tuple[float, float]) -> bool:
    across = (point[0] - seal.center[0]) / (seal.width / 2)
    down = (point[1] - seal.center[1]) / (seal.height / 2)
    return across**2 + down**2 <= REACH**2
