"""Marks against the other marks of their page: no glyph, pen or amount of ink is assumed."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.forms.unlike import MarkPatch, cut_patch, stand_out

HEIGHT, LEFT, RIGHT = 30, 40, 140
Page = NDArray[np.uint8]


def square(page: Page, y: int) -> None:
    cv2.rectangle(page, (110, y - 11), (132, y + 11), (255,), 2)


def brackets(page: Page, y: int) -> None:
    cv2.line(page, (70, y - 13), (70, y + 13), (255,), 3)
    cv2.line(page, (132, y - 13), (132, y + 13), (255,), 3)


def disc(page: Page, y: int) -> None:
    cv2.circle(page, (125, y), 6, (255,), 1)


def hook(page: Page, y: int) -> None:
    cv2.polylines(page, [np.array([[104, y - 4], [114, y + 9], [136, y - 16]])], False, (255,), 3)


def ring(page: Page, y: int) -> None:
    cv2.ellipse(page, (118, y), (24, 17), 10, 0, 360, (255,), 3)


def filled(page: Page, y: int) -> None:
    cv2.circle(page, (125, y), 6, (255,), -1)


def patches(mark: Callable[[Page, int], None], pen: Callable[[Page, int], None] | None, at: int) -> list[MarkPatch]:
    """Eight options below each other, each a little off its place, one of them marked with the pen."""
    page = np.zeros((900, 400), np.uint8)
    rng = np.random.default_rng(5)
    made = []
    for row in range(8):
        y = 80 + 90 * row
        mark(page, y)
        if pen is not None and row == at:
            pen(page, y)
    for row in range(8):
        y, shift = 80 + 90 * row, int(rng.integers(-5, 6))
        made.append(cut_patch("choice", page, (LEFT, y - 20, RIGHT + shift, y + 20), HEIGHT))
    return made


@pytest.mark.parametrize(("mark", "pen"), [(square, hook), (square, ring), (brackets, hook), (disc, filled)])
def test_a_pen_stands_out_whatever_the_empty_mark_looks_like(
    mark: Callable[[Page, int], None], pen: Callable[[Page, int], None]
) -> None:
    weights = [standing.weight for standing in stand_out(patches(mark, pen, at=3))]
    assert weights[3] > 0
    assert all(weight < 0 for index, weight in enumerate(weights) if index != 3)


@pytest.mark.parametrize("mark", [square, brackets, disc])
def test_nothing_stands_out_where_all_are_empty(mark: Callable[[Page, int], None]) -> None:
    assert all(standing.weight <= 0 for standing in stand_out(patches(mark, None, at=0)))


def test_too_few_marks_have_no_usual_look() -> None:
    assert {standing.weight for standing in stand_out(patches(square, hook, at=1)[:3])} == {0}


def test_strokes_of_the_word_are_left_out() -> None:
    page = np.zeros((200, 400), np.uint8)
    cv2.line(page, (RIGHT - 8, 90), (RIGHT + 28, 90), (255,), 3)
    assert cut_patch("choice", page, (LEFT, 70, RIGHT, 110), HEIGHT).bare


def test_a_tick_that_hangs_on_the_word_is_kept() -> None:
    page = np.zeros((200, 400), np.uint8)
    cv2.polylines(page, [np.array([[115, 88], [122, 104], [141, 78]])], False, (255,), 3)
    cv2.rectangle(page, (140, 76), (166, 106), (255,), 3)
    assert not cut_patch("choice", page, (LEFT, 70, RIGHT, 110), HEIGHT).bare


def test_a_border_along_the_tops_of_brackets_is_no_ink_before_the_word() -> None:
    page, alone = np.zeros((300, 400), np.uint8), np.zeros((300, 400), np.uint8)
    for picture in (page, alone):
        brackets(picture, 150)
    top = int(np.flatnonzero(alone.any(axis=1))[0])
    cv2.line(page, (0, top - 3), (400, top - 1), (255,), 3)
    bordered, plain = (cut_patch("kind", each, (LEFT, 135, RIGHT, 165), HEIGHT).ink for each in (page, alone))
    assert plain.sum() - bordered.sum() < 0.15 * plain.sum() and bordered.sum() <= plain.sum()


def test_a_cells_border_that_bends_into_the_zone_is_no_ink_before_the_word() -> None:
    page = np.zeros((300, 200), np.uint8)
    cv2.line(page, (60, 0), (63, 300), (255,), 3)
    square(page, 150)
    with_border = cut_patch("kind", page, (LEFT, 135, RIGHT, 165), HEIGHT)
    alone = np.zeros_like(page)
    square(alone, 150)
    assert np.array_equal(with_border.ink, cut_patch("kind", alone, (LEFT, 135, RIGHT, 165), HEIGHT).ink)
    brackets(alone, 150)
    assert cut_patch("kind", alone, (LEFT, 135, RIGHT, 165), HEIGHT).ink.sum() > with_border.ink.sum()


def test_a_box_that_touches_the_word_behind_it_does_not_bring_the_word_along() -> None:
    page = np.zeros((300, 200), np.uint8)
    square(page, 150)
    alone = cut_patch("kind", page, (LEFT, 135, RIGHT + 3, 165), HEIGHT)
    cv2.line(page, (135, 150), (165, 150), (255,), 2)  # a stroke of the word, which starts left of its supposed edge
    cv2.line(page, (150, 136), (150, 164), (255,), 3)
    page[150, 132:136] = 255
    touching = cut_patch("kind", page, (LEFT, 135, RIGHT + 3, 165), HEIGHT)
    assert abs(float(touching.ink.sum() - alone.ink.sum())) < 0.02 * HEIGHT**2
