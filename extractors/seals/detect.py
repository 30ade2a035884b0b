"""A page's seals: ink by colour, outlines, then what is written on each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import LineReader, Picture, Quad
from extractors.seals.candidates import VISIBLE, Candidate, Scale, find_candidates
from extractors.seals.crossing import area_of
from extractors.seals.fingerprint import fingerprint
from extractors.seals.ink import (
    LITTLE_COLOUR,
    NO_COLOUR,
    Inks,
    Map,
    Paper,
    inked,
    inks_of,
    paper_of,
    violet_of,
)
from extractors.seals.legend import Legend, Overprint, joined, read_ring
from extractors.seals.ornaments import without_ornaments
from extractors.seals.outline import Box, Ellipse
from extractors.seals.own_hue import of_own_hue
from extractors.seals.print_across import print_across, print_going_on
from extractors.seals.purpose import purpose_of, split_owner
from extractors.seals.rectangles import read_rectangle
from extractors.seals.tone import lighter_ink, without_print
from extractors.seals.unroll import OVAL
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, SealMark, Shape

WORKING_PER_MM = 4.0
"""Pixels a millimetre of the picture that is searched: a rim of 1 mm stays four pixels wide."""
SHARP_PER_MM = 8.0
"""At this scale (200 dpi) a stroke of print is darker inside than a seal's; smaller, it pales at its edges alike."""
COVERED = 85
"""A pixel of the working scale has ink if a third of it has."""
WORKING_SIDE = 1188
"""Longest side searched when the scale is not known: an A4 page at the working scale."""
PAGE_MM = 297.0
LEAST_INK = 60
"""Pixels of ink at the working scale: less cannot be a chop's frame."""
CROP_MARGIN = 0.08
SURE_RING = 0.78
"""A rim borne out like this is a seal even when nothing on it can be read."""
SURE_RING_WITHOUT_COLOUR = 0.86
LIKELY_RING = 0.7
"""A coloured rim borne out like this may put its ink among another seal's letters."""
LETTER_LOST = 0.3
"""Confidence in a name with a gap in it, or ink before or after it, that was not read."""
USUAL_MM = 40.0
"""Diameter of a round seal whose page's scale is not known."""
SAME = 0.4
"""Boxes that share this much of what they cover are one seal's."""
RIM = 0.055
"""Width of a rim in radii: about a millimetre."""
CHOP = 6
"""Without colour a frame around more characters than a name chop bears is a cell of a table."""
LEAST_TEXT = 0.55
"""Mean confidence from which a ring's text helps to say that it is a seal."""


@dataclass(frozen=True, slots=True)
class View:
    """A page at the working scale: its inks, the factor from the page to it, and the paper."""

    inks: Inks
    factor: float
    scale: Scale
    paper: Paper
    red: Map
    blue: Map
    """Where there is red and blue ink: masks of 0 and 255."""
    lighter: Map | None
    """On a page with next to no colour, where there is ink lighter than print."""
    colour: float
    """Share of its pixels that have coloured ink."""

    @property
    def colourless(self) -> bool:
        """A grey or black-and-white scan."""
        return self.colour < NO_COLOUR


def find_seals(
    image: Picture,
    pixels_per_mm: float | None,
    reader: LineReader,
    view: View | None = None,
    lines: Sequence[Quad] = (),
) -> tuple[SealMark, ...]:
    """The seals on an upright BGR page, from top to bottom.

    Args:
        image: The page.
        pixels_per_mm: Its scale; None = not known.
        reader: Reads the unrolled rings.
        view: `view_of` the same page, where another step needs it too.
        lines: Where the page's lines of text are, in its pixels: told from seals by that where tone does not tell.
    """
    view = view or view_of(image, pixels_per_mm)
    marks: list[SealMark] = []
    found = [(ink, candidate) for ink, candidates in candidates_of(view) for candidate in candidates]
    for ink, candidate in found:
        box = _box(candidate, view)
        if any(box.iou(other.bbox) >= SAME for other in marks):
            continue
        mark = _read(image, candidate, ink, view, reader, lines, _crossing(box, found, view))
        if mark is not None:
            marks.append(mark)
    kept = without_ornaments(marks, image.shape)
    return tuple(sorted(kept, key=lambda mark: (mark.bbox.y0, mark.bbox.x0)))


def view_of(image: Picture, pixels_per_mm: float | None) -> View:
    """The page scaled down, its inks taken apart."""
    longer = max(image.shape[:2])
    known = pixels_per_mm is not None
    factor = min(1.0, WORKING_PER_MM / pixels_per_mm if pixels_per_mm else WORKING_SIDE / longer)
    small = image if factor == 1.0 else cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    per_mm = pixels_per_mm * factor if pixels_per_mm else longer * factor / PAGE_MM
    picture = np.asarray(small, dtype=np.uint8)
    paper = paper_of(picture)
    inks = inks_of(picture, paper)
    red, blue = inked(inks.red), inked(inks.blue)
    share = cv2.countNonZero(cv2.bitwise_or(red, blue)) / red.size
    lighter = _lighter(image, paper, picture.shape, pixels_per_mm) if share < LITTLE_COLOUR else None
    return View(inks, factor, Scale(per_mm, known), paper, red, blue, lighter, share)


def _lighter(image: Picture, paper: Paper, size: tuple[int, ...], pixels_per_mm: float | None) -> Map | None:
    """Ink lighter than print, told apart where strokes are still sharp, at the working scale."""
    factor = min(1.0, SHARP_PER_MM / pixels_per_mm) if pixels_per_mm else 1.0
    sharp = image if factor == 1.0 else cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    mask = lighter_ink(
        inks_of(np.asarray(sharp, dtype=np.uint8), paper).dark, pixels_per_mm * factor if pixels_per_mm else None
    )
    if mask is None:
        return None
    small = cv2.resize(mask, (size[1], size[0]), interpolation=cv2.INTER_AREA)
    return np.where(small > COVERED, np.uint8(255), np.uint8(0))


def candidates_of(view: View) -> list[tuple[Ink, tuple[Candidate, ...]]]:
    """Candidates by ink: the colours; on a page with next to no colour also what is dark."""
    found = []
    if view.lighter is not None:
        found.append((Ink.BLACK, find_candidates(view.lighter, view.scale)))
    if view.colour < LITTLE_COLOUR:
        found.append((Ink.BLACK, find_candidates(inked(view.inks.dark), view.scale, blobs=False)))
    if view.colourless:
        return found
    for ink, mask in ((Ink.RED, view.red), (Ink.BLUE, view.blue)):
        if cv2.countNonZero(mask) >= LEAST_INK:
            found.append((ink, find_candidates(mask, view.scale, ink=view.inks.of(ink))))
    return found


def _crossing(box: BBox, found: Sequence[tuple[Ink, Candidate]], view: View) -> list[Ellipse | Box]:
    """Outlines, in pixels of the page, of what is likely another seal and reaches into a box."""
    return [
        other.outline.scaled(1 / view.factor)
        for ink, other in found
        if other.support >= (SURE_RING_WITHOUT_COLOUR if ink is Ink.BLACK else LIKELY_RING)
        and 0 < box.iou(_box(other, view)) < SAME
    ]


def _read(
    image: Picture,
    candidate: Candidate,
    ink: Ink,
    view: View,
    reader: LineReader,
    lines: Sequence[Quad],
    crossing: Sequence[Ellipse | Box],
) -> SealMark | None:
    outline = candidate.outline.scaled(1 / view.factor)
    x0, y0, x1, y1 = outline.box()
    margin = CROP_MARGIN * max(x1 - x0, y1 - y0)
    height, width = image.shape[:2]
    left, top = max(0, int(x0 - margin)), max(0, int(y0 - margin))
    right, bottom = min(width, int(x1 + margin) + 1), min(height, int(y1 + margin) + 1)
    if right - left < 12 or bottom - top < 12:
        return None
    crop = image[top:bottom, left:right]
    place, whole = (left, top, right, bottom), (height, width)
    strength = inks_of(crop, view.paper, place, whole).of(ink)
    if isinstance(outline, Box):
        legend = read_rectangle(strength, outline.moved(-left, -top), reader)
    else:
        ring = outline.moved(-left, -top)
        others = area_of([other.moved(-left, -top) for other in crossing], strength.shape) if crossing else None
        per_mm = view.scale.pixels_per_mm / view.factor if view.scale.known else 2 * ring.radius / USUAL_MM
        if ink is Ink.BLACK:
            moved = [np.asarray(quad - np.array([left, top]), dtype=np.float32) for quad in lines]
            strength, overprint = _without_print(strength, ring, per_mm, moved)
            legend = read_ring(strength, ring, reader, overprint, others)
        else:
            if ink is Ink.RED:
                strength = of_own_hue(strength, violet_of(crop, view.paper, place, whole), _rim(ring, strength.shape))
            legend = read_ring(strength, ring, reader, None, others)
    if not is_believed(candidate, legend, ink):
        return None
    return _mark(_box(candidate, view), candidate, legend, ink, view, fingerprint(strength))


def _without_print(dark: Map, ring: Ellipse, per_mm: float, lines: Sequence[Quad]) -> tuple[Map, Overprint]:
    """A black seal's ink without the print across it: by tone, or with all that lines of print cover, and what was."""
    told = without_print(dark, _rim(ring, dark.shape), per_mm)
    if told is not None:
        cleared, printed = told
        return cleared, Overprint(dark, printed, by_tone=True, maybe=np.zeros_like(dark))
    across = print_across(lines, ring, dark.shape)
    return np.where(across > 0, np.uint8(0), dark), Overprint(
        dark, across, by_tone=False, maybe=print_going_on(lines, ring, dark.shape)
    )


def _box(candidate: Candidate, view: View) -> BBox:
    """A candidate's box in fractions of the page."""
    height, width = view.red.shape
    x0, y0, x1, y1 = candidate.outline.box()
    return BBox(max(0.0, x0 / width), max(0.0, y0 / height), min(1.0, x1 / width), min(1.0, y1 / height))


def _rim(ring: Ellipse, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Where the middle of a ring's rim runs."""
    drawn = np.zeros(shape, np.uint8)
    inset = 1 - RIM / 2
    axes = round(ring.a * inset), round(ring.b * inset)
    cv2.ellipse(drawn, (round(ring.x), round(ring.y)), axes, math.degrees(ring.angle), 0, 360, (255,), 2)
    return drawn > 0


def is_believed(candidate: Candidate, legend: Legend, ink: Ink) -> bool:
    """Whether outline and legend together make a seal."""
    said = legend.confidence >= LEAST_TEXT and len(legend.owner) >= 2
    if isinstance(candidate.outline, Box):
        return said and not (ink is Ink.BLACK and len(legend.owner) > CHOP)
    sure = SURE_RING_WITHOUT_COLOUR if ink is Ink.BLACK else SURE_RING
    return (said and len(legend.owner) >= 3) or (candidate.support >= sure and candidate.visible >= VISIBLE)


def _mark(box: BBox, candidate: Candidate, legend: Legend, ink: Ink, view: View, print_: str) -> SealMark:
    shape = _shape(candidate.outline)
    owner, special = split_owner(legend.owner)
    inner = joined([*([special] if special else []), *legend.inner])
    return SealMark(
        bbox=box,
        shape=shape,
        diameter_mm=_diameter(candidate.outline, view.scale),
        colour=ink,
        confidence=round(min(1.0, 0.5 * candidate.support + 0.5 * max(legend.confidence, 0.4)), 4),
        text=owner,
        text_confidence=round(_least(legend), 4),
        chars=legend.chars[: len(owner)],
        lost=legend.lost,
        hidden=legend.hidden,
        inner=inner,
        inner_unsure=legend.inner_unsure,
        serial=legend.serial,
        purpose=purpose_of(owner, inner or "", shape),
        fingerprint=print_,
    )


def _least(legend: Legend) -> float:
    """The least sure character's probability; low where a letter could not be read at all."""
    least = min((char.confidence for char in legend.chars), default=legend.confidence)
    return min(least, LETTER_LOST) if legend.lost else least


def _shape(outline: Ellipse | Box) -> Shape:
    if isinstance(outline, Box):
        return Shape.RECTANGLE
    return Shape.ROUND if outline.ratio >= OVAL else Shape.OVAL


def _diameter(outline: Ellipse | Box, scale: Scale) -> float | None:
    """Long axis or side in mm; None where the page's scale is not known."""
    if not scale.known:
        return None
    long = max(outline.width, outline.height) if isinstance(outline, Box) else 2 * max(outline.a, outline.b)
    return round(long / scale.pixels_per_mm, 1)
