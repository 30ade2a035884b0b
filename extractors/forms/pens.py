"""Ticks by a coloured pen on a form printed in black: told by their colour, whatever they made of box and word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.forms.zones import on_next_lines
from extractors.tables.cells import Box
from pipeline.model.text import CheckBox

Mask = NDArray[np.uint8]

PENNED = 0.1
"""A coloured pen's ink about a box that is a tick, in squared character heights: half a thin one."""
PARTED = 0.25
"""Character heights by which print parts a stroke."""
BOX_REACH, WORD_REACH = 1.8, 0.6
"""Character heights left of a word's start where its box stands, and right of it where a tick's arm may reach."""
UNCLEAR = 0.2
"""What ink beside a box counts: a tick, unless the reader is sure of an empty box."""
THROUGH = 0.3
"""What a stroke counts that runs through a box's outline and out of it: a tick, whatever was read."""
EMPTY: Mapping[str, object] = {"ticked": False, "fill": 0.0, "boxed": True}
UNDECIDED: Mapping[str, object] = {"ticked": None}
"""What is known of a box beside which the ink is another's: surely read as □, or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An option: the zone before its word in pixels, its characters' height, whether □ was surely read before it."""

    question: str
    zone: Box
    height: float
    empty: bool


def as_penned(answers: Sequence[Answer], boxes: Sequence[CheckBox], pens: Mask) -> tuple[CheckBox, ...]:
    """The boxes (one an answer), those a coloured pen was put to ticked; `pens`: coloured ink that is no stamp's.

    Only where it marks few of a question's options: of a form printed in colour it would mark them all. What a pen
    wrote farther from a word than a box stands is another option's, or a note.
    """
    strokes = _strokes(answers, pens)
    made = []
    for answer, box, stroke in zip(answers, boxes, strokes, strict=True):
        same = [one.own for other, one in zip(answers, strokes, strict=True) if other.question == answer.question]
        few = len(same) > 1 and sum(ink >= PENNED for ink in same) <= max(1, len(same) // 3)
        if box.ticked is False and _is_next_to_a_tick(answer, answers, boxes, strokes):
            made.append(box)
        elif few and stroke.own >= max(PENNED, max(same) / 2):
            made.append(box.model_copy(update={"ticked": True, "fill": max(box.fill, THROUGH)}))
        elif few and stroke.others >= PENNED > stroke.own:
            made.append(box.model_copy(update={"ticked": False}))
        elif stroke.before >= PENNED > stroke.own and 0 < box.fill <= UNCLEAR:
            made.append(box.model_copy(update=EMPTY if answer.empty else UNDECIDED))
        else:
            made.append(box)
    return tuple(made)


def _is_next_to_a_tick(
    one: Answer, answers: Sequence[Answer], boxes: Sequence[CheckBox], strokes: Sequence[_Stroke]
) -> bool:
    """Whether an answer to the same question, right above or below, is ticked by its ink and by the pen's."""
    return any(
        other is not one
        and other.question == one.question
        and box.ticked is True
        and stroke.own >= PENNED
        and on_next_lines(other.zone, one.zone, max(other.height, one.height))
        for other, box, stroke in zip(answers, boxes, strokes, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A coloured pen's ink where a box stands, its own and other boxes', and left of there.

    In squared character heights.
    """

    own: float = 0.0
    others: float = 0.0
    before: float = 0.0


def _strokes(answers: Sequence[Answer], pens: Mask) -> list[_Stroke]:
    """What a pen left at each box; a stroke that reaches into another's is the box's at whose height its middle is."""
    if not answers or not cv2.countNonZero(pens):
        return [_Stroke()] * len(answers)
    gap = max(3, round(PARTED * max(answer.height for answer in answers))) | 1
    whole = cv2.morphologyEx(pens, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    count, strokes, _, middles = cv2.connectedComponentsWithStats(whole)
    strokes[pens == 0] = 0
    near = np.stack([np.bincount(_about_box(strokes, answer).ravel(), minlength=count) for answer in answers])
    near[:, 0] = 0
    away = np.abs(np.array([[answer.zone[1] + answer.zone[3]] for answer in answers]) / 2 - middles[:, 1])
    nearest = np.where(near > 0, away, np.inf).argmin(axis=0)
    own = np.where(np.arange(len(answers))[:, None] == nearest, near, 0).sum(axis=1)
    return [
        _Stroke(int(ink) / area, int(there - ink) / area, cv2.countNonZero(_before_box(pens, answer)) / area)
        for answer, ink, there in zip(answers, own, near.sum(axis=1), strict=True)
        for area in [answer.height**2]
    ]


def _about_box(picture: NDArray[Any], answer: Answer) -> NDArray[Any]:
    """Where an answer's box stands, up to where a tick's arm may reach over its word."""
    _, y0, x1, y1 = answer.zone
    return picture[y0:y1, max(0, x1 - round(BOX_REACH * answer.height)) : x1 + round(WORD_REACH * answer.height)]


def _before_box(picture: Mask, answer: Answer) -> Mask:
    """The rest of an answer's zone, left of there."""
    x0, y0, x1, y1 = answer.zone
    return picture[y0:y1, x0 : max(x0, x1 - round(BOX_REACH * answer.height))]
