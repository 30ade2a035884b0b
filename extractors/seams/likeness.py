"""How like a joined seam is to a whole seal: its slices laid upon it, both rings unrolled, compared piece by piece."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.seals.ink import inked
from extractors.seals.outline import Ellipse, fit_ellipse, outermost
from extractors.seals.ring_strokes import BEST_TURNS, COLUMNS, full_ring, likely_turns, relief, ring_around
from extractors.seals.strips import levelled
from extractors.seals.unroll import OVAL, find_band
from extractors.seams.laying import MARGIN, Laid, Slice, fit, half, halved, lay, squared

Map = NDArray[np.uint8]
Strokes = NDArray[np.float32]

RING = (0.50, 0.93)
"""Relative radii between which letters and serial stand: by that the turn is looked for."""
BELOW = 0.02
"""Radii below its letters' feet that belong to a seal's ring of letters. The rim and the ground inside are every
seal's, and make any two letters more alike than they are."""
STROKE = 0.4
"""Of a full stroke, from which a pixel is ink."""
PIECE, STEP = 48, 16
"""Columns of a piece that is compared by itself (20 degrees, a letter's breadth), and from one to the next."""
SLACK = 4, 3
"""Columns and rows that a piece may lie off once its slices are laid: half a millimetre."""
LEAST_INK = 0.08
"""A piece of the whole seal with less strokes than this bears no letter."""
SEEN = 0.5
"""A piece of which less lies on slices can't be compared."""
FEWEST = 8
"""Pieces that must be there to compare: a third of a ring of letters."""
TILTS = (-0.03, 0.0, 0.03)
"""Radians about each of them."""
OVAL_TURNS = 104
"""Turns of an oval seal that are tried first, twice as far apart as those tilts."""
SAME_SIZE = 0.08
"""Share by which two impressions of an oval seal may differ in size: what a flattened photograph is off, and a rim's
fitted height."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Agreement (correlation, -1 to 1) of the letters in the mean and piece by piece.

    `pieces` begin `STEP` columns of the ring apart, from the joined seal's top on clockwise; None where the whole seal
    bears no letter, or no slice lies. `unseen` of the lettered ones lie on no slice.
    """

    mean: float
    pieces: tuple[float | None, ...]
    unseen: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A joined seam to be compared: its slices from left to right, its radius in pixels, and its ring (`ring_of`)."""

    slices: tuple[Slice, ...]
    radius: int
    ring: Map


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole seal to be compared with: its ink, its outline in it, and its ring (`ring_of`).

    `letters` are the relative radii of their feet and heads.
    """

    ink: Map
    outline: Ellipse
    ring: Map
    letters: tuple[float, float]


def ring_of(ink: Map, circle: Ellipse) -> Map:
    """The ring of text of a seal unrolled out of the map of its ink (`ring_around`)."""
    return ring_around(levelled(ink), circle, RING)


def whole_in(ink: Map) -> Whole | None:
    """The one whole seal that fills a crop; None where its rim can't be followed."""
    height, width = ink.shape
    outline = fit_ellipse(outermost(inked(ink), (width / 2, height / 2), 0.5 * min(height, width)))
    if outline is None:
        return None
    level = levelled(ink)
    band = find_band(level, outline)
    return Whole(ink, outline, ring_around(level, outline, RING), (band.inner - BELOW, band.outer))


def likeness(joined: Parts, whole: Whole) -> Likeness | None:
    """Of a joined seam to a whole seal; None where they can't be laid on one another or too little is left."""
    turn = _turn(joined, whole)
    if turn is None:
        return None
    rim = _rim(whole.outline, joined.radius, turn)
    seal = _squared(whole, rim, turn)
    laid = lay(joined.slices, seal)
    if laid is None:
        return None
    pieces, unseen = _by_pieces(laid, seal, rim, whole.letters)
    told = [each for each in pieces if each is not None]
    return Likeness(round(float(np.mean(told)), 4), pieces, unseen) if len(told) >= FEWEST else None


def _rim(outline: Ellipse, radius: int, turn: float) -> Ellipse:
    """A whole seal's rim turned (radians) and as high as the joined one (pixels, half of it), in its square.

    A round seal is made a circle again; an oval one keeps its form.
    """
    ratio, lean = (outline.ratio, _long(outline) + turn) if _oval(outline) else (1.0, 0.0)
    longer = round(radius / math.hypot(math.sin(lean), ratio * math.cos(lean)))
    middle = longer + MARGIN - 0.5
    return Ellipse(middle, middle, longer, longer * ratio, lean)


def _squared(whole: Whole, rim: Ellipse, turn: float) -> Strokes:
    """A whole seal's strokes turned, its rim as given."""
    outline = whole.outline
    longer = max(outline.a, outline.b)
    around = Ellipse(outline.x, outline.y, longer, longer, 0.0) if _oval(outline) else outline
    return squared(whole.ink, around, round(rim.a), turn)


def _oval(outline: Ellipse) -> bool:
    return outline.ratio < OVAL


def _long(outline: Ellipse) -> float:
    """Direction of an oval's long axis, in radians."""
    return outline.angle if outline.a >= outline.b else outline.angle + math.pi / 2


def _turn(joined: Parts, whole: Whole) -> float | None:
    """Radians by which the whole seal must be turned for the slices to fit it best; None: it is of another size."""
    turns = _oval_turns(joined, whole) if _oval(whole.outline) else _round_turns(joined, whole)
    tilted = [turn + tilt for turn in turns for tilt in TILTS]
    return max(tilted, key=_fitting(joined, whole, halvings=1), default=None)


def _fitting(joined: Parts, whole: Whole, halvings: int) -> Callable[[float], float]:
    """How well the slices fit the whole seal at a turn (radians), both halved so often."""
    scale = 0.5**halvings
    slices = joined.slices
    for _ in range(halvings):
        slices = halved(slices)

    def fits(turn: float) -> float:
        seal = _squared(whole, _rim(whole.outline, joined.radius, turn), turn)
        for _ in range(halvings):
            seal = half(seal)
        return fit(slices, seal, scale)[0]

    return fits


def _round_turns(joined: Parts, whole: Whole) -> list[float]:
    """Turns of a round seal at which the rings agree best, likeliest first."""
    found = likely_turns(*(relief(full_ring(each.ring)) for each in (joined, whole)))
    return [2 * math.pi * turn / COLUMNS for turn in found]


def _oval_turns(joined: Parts, whole: Whole) -> list[float]:
    """Turns of an oval seal at which it is as high as the joined one and fits it best, likeliest first."""
    longer = max(whole.outline.a, whole.outline.b)
    turns = [2 * math.pi * turn / OVAL_TURNS for turn in range(OVAL_TURNS)]
    as_high = [turn for turn in turns if abs(_rim(whole.outline, joined.radius, turn).a / longer - 1) <= SAME_SIZE]
    return sorted(as_high, key=_fitting(joined, whole, halvings=2), reverse=True)[:BEST_TURNS]


def _by_pieces(
    laid: Laid, seal: Strokes, rim: Ellipse, ring: tuple[float, float]
) -> tuple[tuple[float | None, ...], int]:
    """Every lettered piece of the whole ring compared with its place in the laid one, and how many can't be."""
    joined, seen, whole = (
        ring_around(np.asarray(strokes * 255, dtype=np.uint8), rim, ring)
        for strokes in (laid.strokes, laid.covered, seal)
    )
    (along, across), lettered = SLACK, full_ring(whole) > STROKE
    around = np.pad(relief(full_ring(whole)), ((0, 0), (along, along + PIECE)), mode="wrap")
    room, looked_for = np.pad(around, ((across, across), (0, 0))), relief(full_ring(joined))
    pieces: list[float | None] = []
    unseen = 0
    for start in range(0, COLUMNS, STEP):
        columns = np.arange(start, start + PIECE) % COLUMNS
        shown = np.asarray(seen[:, columns] > 127, dtype=np.float32)
        if lettered[:, columns].mean() < LEAST_INK or shown.mean() < SEEN:
            unseen += bool(lettered[:, columns].mean() >= LEAST_INK)
            pieces.append(None)
            continue
        place = np.ascontiguousarray(room[:, start : start + PIECE + 2 * along])
        pieces.append(round(_agreement(looked_for[:, columns], shown, place), 4))
    return tuple(pieces), unseen


def _agreement(piece: Strokes, shown: Strokes, place: Strokes) -> float:
    """Correlation of a piece, where it is shown (1, else 0), with the best it finds in a place a little larger."""
    count = float(shown.sum())
    centred = np.asarray((piece - (piece * shown).sum() / count) * shown, dtype=np.float32)
    product = cv2.matchTemplate(place, centred, cv2.TM_CCORR)
    sums, squares = (cv2.matchTemplate(each, shown, cv2.TM_CCORR) for each in (place, place * place))
    spread = np.maximum(squares - sums * sums / count, 1e-3) * max(float((centred**2).sum()), 1e-3)
    return float((product / np.sqrt(spread)).max())
