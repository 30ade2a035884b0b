from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.tables.cells import find_grids
from extractors.tables.rulings import find_rulings
from tests.extractors.pictures import BLACK, blank, write
from tests.extractors.tables.drawn import CHARACTER, Plan, Wear, draw, exactness

LONGER = Plan((60, 200, 420, 640), (60, 110, 160, 210))


def test_a_label_that_touches_a_dashed_ruling_neither_ends_it_nor_parts_its_cell() -> None:
    """The strokes of two tight lines lead from ruling to ruling, and some stand by themselves."""
    picture = draw((LONGER,), Wear(gap=8, every=24), size=(700, 300))
    picture = write(picture, "三证合一码", 70, 87, CHARACTER)
    assert exactness(find_grids(find_rulings(picture, CHARACTER), CHARACTER), (LONGER,)) == 1.0


@pytest.mark.parametrize("wear", [Wear(gap=8, every=24), Wear(gap=5, every=9, thickness=3)], ids=["dashed", "dotted"])
def test_figures_below_each_other_are_no_ruling(wear: Wear) -> None:
    """1 is as thin as a dash and hardly longer, and stands in the middle of every row."""
    picture = draw((LONGER,), wear, size=(700, 300))
    for y in LONGER.down[:-1]:
        picture = write(picture, "1", 300, y + 12, CHARACTER)
    assert exactness(find_grids(find_rulings(picture, CHARACTER), CHARACTER), (LONGER,)) == 1.0


def test_strokes_and_dashes_of_print_are_no_rulings() -> None:
    picture = blank(700, 300)
    for index, text in enumerate(
        ("一是检测，一是装备，一是软件", "1 1 1 1 1 1 1 1 1 1", "工业——视觉——检测——系统", "：：：：：：：：：：")
    ):
        picture = write(picture, text, 60, 40 + 30 * index, CHARACTER)
    rulings = find_rulings(picture, CHARACTER)
    assert not rulings.horizontal.any()
    assert not rulings.vertical.any()


def test_dust_is_no_ruling() -> None:
    picture = blank(900, 900)
    places = np.random.default_rng(3).integers(10, 890, (1500, 2))
    for x, y in places.tolist():
        cv2.circle(picture, (x, y), 2, BLACK, -1)
    rulings = find_rulings(picture, CHARACTER)
    assert not find_grids(rulings, CHARACTER)
    assert not rulings.vertical.any()
