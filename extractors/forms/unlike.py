"""How unlike its neighbours the mark before each option is: most boxes of a page are empty and look alike.

No glyph, pen or threshold of ink is assumed: whatever an empty mark looks like on this page (□, ○, [ ], 【 】), a
ticked one differs from most of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.imaging.ink import Mask
from extractors.tables.cells import Box

Patch = NDArray[np.float32]
"""The ink before an option, 0-1, at HEIGHT pixels a character."""

HEIGHT = 24
"""Pixels of a character: strokes are two wide, and a pixel of tolerance is a twentieth of a character."""
WIDE, TALL = 3.4, 1.24
"""A patch in characters; its right edge is the option's word."""
SLACK_X, SLACK_Y = 9, 6
"""Pixels two patches are moved against each other: a word's start is known to a third of a character."""
OVER_EDGE = 0.45
"""Strokes of a word reach over its supposed edge by less than this, in characters; a tick written into it by more."""
TOUCHING = 0.15
"""Ink in a column, in characters, by which a box touches the word behind it: a pen's arm over it is thicker."""
BARE = 0.03
"""Ink in squared character heights below which nothing stands before the option."""
FEW = 4
"""Fewer marks than this have no usual look."""
MANY = 6
"""So many options of one question are compared among themselves; fewer ones with all of the page."""
LESS = 0.3
"""Weight of ink that the others have and a mark lacks: pens add ink, worn boxes lose some."""
OUTSTANDING, USUAL = 1.6, 1.4
"""Times the page's usual distance from which a mark stands out, and below which it does not,"""
NOISE = 0.015
"""with so much, in squared character heights, for scans on which all marks are the same to the pixel."""
OF_FARTHEST = (0.3, 0.45, 0.55)
"""Ticked marks are about as far from the usual as the farthest of their question: less than this share is none, more
may be, more is."""
OF_PAGE = 0.3
"""The farthest of a question counts as at least this share of the page's."""
RUNS_ON = 0.5
"""Character heights that a cell's border runs on above and below a mark's zone,"""
LONG = 0.56
"""over this share of which it is seen at least,"""
RULING = 0.25
"""and its greatest width, in character heights."""
ACROSS = 1.6
"""A border above or below a mark runs on so many character heights; boxes and brackets are narrower."""
FAR = 4.0
"""Times the usual distance, and NOISE, that leave no doubt."""


@dataclass(frozen=True, slots=True)
class MarkPatch:
    """A patch and the question it belongs to."""

    question: str
    ink: Patch

    @property
    def bare(self) -> bool:
        """Whether no mark is there."""
        return float(self.ink.sum()) < BARE * HEIGHT**2


def cut_patch(question: str, ink: Mask, zone: Box, character_height: float) -> MarkPatch:
    """The zone before an option as a patch, its right edge on the patch's.

    Args:
        question: What it is compared with.
        ink: Ink of the page, 0 or 255.
        zone: Pixels (x0, y0, x1, y1) between the word before and the option's own.
        character_height: The page's, pixels.
    """
    x0, y0, x1, y1 = zone
    half = 0.5 * TALL * character_height
    top, bottom = max(0, round((y0 + y1) / 2 - half)), round((y0 + y1) / 2 + half)
    left = max(x0, round(x1 - WIDE * character_height))
    around = max(0, left - round(character_height))
    part = _without_rulings(ink[:, around : x1 + round(character_height)], top, bottom, character_height)
    part = _without_word_before(part, left - around)[:, left - around :]
    size = round(WIDE * HEIGHT), round(TALL * HEIGHT)
    patch = np.zeros((size[1], size[0]), np.float32)
    if x1 - left < 2 or part.size == 0:
        return MarkPatch(question, patch)
    own = _without_word(part, x1 - left, character_height).astype(np.float32) / 255
    scale = HEIGHT / character_height
    small = cv2.resize(own, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    rows, columns = min(size[1], small.shape[0]), min(size[0], small.shape[1])
    patch[:rows, size[0] - columns :] = small[:rows, small.shape[1] - columns :]
    return MarkPatch(question, patch)


def _without_rulings(ink: Mask, top: int, bottom: int, character_height: float) -> Mask:
    """Rows `top` to `bottom` without a cell's borders, which bend into the zone on photographs."""
    first, last = max(0, top - round(RUNS_ON * character_height)), bottom + round(RUNS_ON * character_height)
    beside = _without_border_across(ink[first:last], character_height)
    return _without_border_beside(beside, character_height)[top - first : bottom - first]


def _without_border_across(ink: Mask, character_height: float) -> Mask:
    """The ink without borders above and below, which may touch the mark's ends; a pixel of slope is forgiven."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    border = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, max(3, round(ACROSS * character_height))), np.uint8))
    return np.asarray(cv2.subtract(ink, border), dtype=np.uint8)


def _without_border_beside(tall: Mask, character_height: float) -> Mask:
    """The ink without borders that run on past a mark above and below.

    Where blur breaks one, its pieces in the same columns go too.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(tall, connectivity=8)
    thin = [index for index in range(1, count) if stats[index, cv2.CC_STAT_WIDTH] <= RULING * character_height]
    long = [index for index in thin if stats[index, cv2.CC_STAT_HEIGHT] >= LONG * tall.shape[0]]
    kept = tall.copy()
    for ruling in long:
        x, wide = stats[ruling, cv2.CC_STAT_LEFT], stats[ruling, cv2.CC_STAT_WIDTH]
        for index in thin:
            inside = x - 1 <= stats[index, cv2.CC_STAT_LEFT]
            if inside and stats[index, cv2.CC_STAT_LEFT] + stats[index, cv2.CC_STAT_WIDTH] <= x + wide + 1:
                kept[labels == index] = 0
    return kept


def _without_word_before(part: Mask, edge: int) -> Mask:
    """The part without strokes of the word before the mark that reach over its supposed end at `edge`."""
    count, labels, stats, centers = cv2.connectedComponentsWithStats(part, connectivity=8)
    kept = part.copy()
    for index in range(1, count):
        if centers[index][0] < edge < stats[index, cv2.CC_STAT_LEFT] + stats[index, cv2.CC_STAT_WIDTH]:
            kept[labels == index] = 0
    return kept


def _without_word(part: Mask, edge: int, character_height: float) -> Mask:
    """The part left of the word's edge, without strokes of the word that reach over it.

    Where a box touches the word they are parted at the column with the least ink.
    """
    part = _parted(part, edge, character_height)
    count, labels, stats, centers = cv2.connectedComponentsWithStats(part, connectivity=8)
    own = np.ones(count, np.uint8) * 255
    own[0] = 0
    for index in range(1, count):
        if centers[index][0] > edge and edge - stats[index, cv2.CC_STAT_LEFT] < OVER_EDGE * character_height:
            own[index] = 0
    return np.asarray(own[labels[:, :edge]], dtype=np.uint8)


def _parted(part: Mask, edge: int, character_height: float) -> Mask:
    """The part with a column of paper where a mark touches the word that starts about at `edge`, if one is thin."""
    first = max(0, round(edge - OVER_EDGE * character_height))
    heights = (part[:, first : edge + 1] > 0).sum(axis=0)
    blank = np.flatnonzero(heights == 0)
    first, heights = first + (int(blank[-1]) + 1 if len(blank) else 0), heights[blank[-1] + 1 if len(blank) else 0 :]
    if heights.size < 3 or heights.min() > TOUCHING * character_height:
        return part
    parted = part.copy()
    parted[:, first + int(np.flatnonzero(heights <= heights.min() + 1)[-1])] = 0
    return parted


@dataclass(frozen=True, slots=True)
class Standing:
    """How much a mark stands out from the others: 2 surely, 1 yes, 0 can't be told, -1 no, -2 surely not.

    `distance` is how far it is from the usual, in squared character heights of ink; `apart` whether that is more than
    usual marks are.
    """

    weight: int
    distance: float = 0.0
    apart: bool = False


def stand_out(marks: Sequence[MarkPatch]) -> tuple[Standing, ...]:
    """For each mark how much it stands out."""
    inked = [index for index, mark in enumerate(marks) if not mark.bare]
    if len(inked) < FEW:
        return (Standing(0),) * len(marks)
    apart = _distances([marks[index] for index in inked])
    questions = [marks[index].question for index in inked]
    far = [_distance_to_usual(place, questions, apart) for place in range(len(inked))]
    usual = float(np.median(far))
    standings = {}
    for index, question, distance in zip(inked, questions, far, strict=True):
        own = max(other for other, asked in zip(far, questions, strict=True) if asked == question)
        weight = _weight(distance, usual, max(own, OF_PAGE * max(far)))
        standings[index] = Standing(weight, distance, distance > OUTSTANDING * usual + NOISE)
    return tuple(standings.get(index, Standing(-1)) for index in range(len(marks)))


def _weight(distance: float, usual: float, farthest: float) -> int:
    outstanding = OUTSTANDING * usual + NOISE
    if farthest <= outstanding:
        return -1
    if distance > max(OF_FARTHEST[1] * farthest, outstanding):
        return 2 if distance > max(OF_FARTHEST[2] * farthest, FAR * (usual + NOISE)) else 1
    if distance < OF_FARTHEST[0] * farthest:
        return -2
    return -1 if distance < USUAL * usual + NOISE else 0


def _distances(marks: Sequence[MarkPatch]) -> NDArray[np.float64]:
    """Ink by which each (row) differs from each other one, in squared character heights."""
    thick = [np.asarray(cv2.dilate(mark.ink, np.ones((3, 3))), np.float32) for mark in marks]
    apart = np.zeros((len(marks), len(marks)))
    for one in range(len(marks)):
        for other in range(one):
            apart[one, other], apart[other, one] = _distance(
                (marks[one].ink, thick[one]), (marks[other].ink, thick[other])
            )
    return apart


def _distance(one: tuple[Patch, Patch], other: tuple[Patch, Patch]) -> tuple[float, float]:
    """How each differs from the other: its ink off the other's (a pixel thicker) where they fit best."""
    border = (SLACK_Y, SLACK_Y, SLACK_X, SLACK_X)
    thin, thick = (cv2.copyMakeBorder(each, *border, cv2.BORDER_CONSTANT) for each in one)
    on_other = cv2.matchTemplate(thin, other[1], cv2.TM_CCORR)
    on_one = cv2.matchTemplate(thick, other[0], cv2.TM_CCORR)
    more, less = one[0].sum() - on_other, other[0].sum() - on_one
    best = np.unravel_index(int((more + less).argmin()), more.shape)
    added, lacking = (max(0.0, float(ink[best])) / HEIGHT**2 for ink in (more, less))
    return added + LESS * lacking, lacking + LESS * added


def _distance_to_usual(place: int, questions: Sequence[str], apart: NDArray[np.float64]) -> float:
    """From one mark to those of its question, in the middle; of short questions to the page's third nearest.

    Ticked marks are few: two or three of them may look alike, the third nearest of one is an empty one.
    """
    own = [other for other in range(len(questions)) if other != place and questions[other] == questions[place]]
    if len(own) + 1 >= MANY:
        return float(np.median(apart[place, own]))
    others = np.sort(np.delete(apart[place], place))
    return float(others[min(len(others) - 1, 2 if len(others) >= FEW else 1)])
