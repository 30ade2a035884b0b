"""Ticks by a coloured pen on a form printed in black: told by their colour, whatever they made of box and word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.tables.cells import Box
from pipeline.model.text import CheckBox

Mask = NDArray[np.uint8]

PENNED = 0.1
"""A coloured pen's ink about a box that is a tick, in squared character heights: half a thin one."""
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
    strokes = _pen_ink(answers, pens)
    made = []
    for answer, box, (near, far) in zip(answers, boxes, strokes, strict=True):
        same = [ink for other, (ink, _) in zip(answers, strokes, strict=True) if other.question == answer.question]
        few = len(same) > 1 and sum(ink >= PENNED for ink in same) <= max(1, len(same) // 3)
        if few and near >= max(PENNED, max(same) / 2):
            made.append(box.model_copy(update={"ticked": True, "fill": max(box.fill, THROUGH)}))
        elif far >= PENNED > near and 0 < box.fill <= UNCLEAR:
            made.append(box.model_copy(update=EMPTY if answer.empty else UNDECIDED))
        else:
            made.append(box)
    return tuple(made)


def _pen_ink(answers: Sequence[Answer], pens: Mask) -> list[tuple[float, float]]:
    """A coloured pen's ink where each box before a word stands, and left of there; in squared character heights.

    A stroke that reaches into the next line's box is the box's at whose height its middle lies.
    """
    if not answers or not cv2.countNonZero(pens):
        return [(0.0, 0.0)] * len(answers)
    count, strokes, _, middles = cv2.connectedComponentsWithStats(pens, connectivity=8)
    near = np.stack([np.bincount(_about_box(strokes, answer).ravel(), minlength=count) for answer in answers])
    near[:, 0] = 0
    away = np.abs(np.array([[answer.zone[1] + answer.zone[3]] for answer in answers]) / 2 - middles[:, 1])
    nearest = np.where(near > 0, away, np.inf).argmin(axis=0)
    own = np.where(np.arange(len(answers))[:, None] == nearest, near, 0).sum(axis=1)
    far = [cv2.countNonZero(_before_box(pens, answer)) for answer in answers]
    return [
        (int(ink) / each.height**2, left / each.height**2) for each, ink, left in zip(answers, own, far, strict=True)
    ]


def _about_box(picture: NDArray[Any], answer: Answer) -> NDArray[Any]:
    """Where an answer's box stands, up to where a tick's arm may reach over its word."""
    _, y0, x1, y1 = answer.zone
    return picture[y0:y1, max(0, x1 - round(BOX_REACH * answer.height)) : x1 + round(WORD_REACH * answer.height)]


def _before_box(picture: Mask, answer: Answer) -> Mask:
    """The rest of an answer's zone, left of there."""
    x0, y0, x1, y1 = answer.zone
    return picture[y0:y1, x0 : max(x0, x1 - round(BOX_REACH * answer.height))]
