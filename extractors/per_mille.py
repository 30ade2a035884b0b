"""‰ that was read as %, told by a look at the sign itself."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.imaging.cutter import PageCutter
from extractors.imaging.loops import shows_per_mille
from extractors.readers.protocol import Picture
from pipeline.model.evidence import Char, Place
from pipeline.model.geometry import BBox

AROUND = 0.5, 1.2
"""What is cut out left of a sign, in its width, and right of its start, in its line's height."""
MARGIN, SCALE = 0.10, 2.4
"""The crop's margin in its own heights, and its enlargement."""


def per_mille_signs(chars: Sequence[Char], place: Place, cutter: PageCutter) -> frozenset[int]:
    """Which of a line's characters, read as %, show a third loop; `place` is the line's."""
    return frozenset(
        index
        for index, char in enumerate(chars)
        if char.text == "%" and char.bbox is not None and shows_per_mille(_sign(char.bbox, place, cutter))
    )


def _sign(bbox: BBox, place: Place, cutter: PageCutter) -> Picture:
    """A sign with what lies around it, for its place in its line is known to half a character."""
    right = bbox.x0 + AROUND[1] * bbox.height * cutter.aspect
    around = BBox(bbox.x0 - AROUND[0] * bbox.width, bbox.y0, right, bbox.y1)
    return cutter.cut(place.model_copy(update={"bbox": around}), MARGIN, SCALE)
