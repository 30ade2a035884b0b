"""Letters of a seal that lie in another one are left in doubt."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.seals import find_seals
from extractors.seals.crossing import area_of, with_mixed_doubted
from extractors.seals.names import UNCERTAIN, Name
from extractors.seals.outline import Box, Ellipse
from pipeline.model.evidence import Char
from samples.stamping import SealSpec, draw_seal, stamp
from tests.extractors.pages import NAME, PER_MM, FixedReader, sheet, worn

SURE = Char(text="成", confidence=0.99)


def name(count: int) -> Name:
    middles = tuple((at + 0.5) / count for at in range(count))
    return Name("成" * count, 0.99, chars=(SURE,) * count, middles=middles)


def test_letters_in_another_seal_are_doubted_and_no_others() -> None:
    strip = np.zeros((56, 800), np.uint8)
    strip[:, 260:390] = 255  # letters 3 and 4 of eight, 100 columns each
    doubted = with_mixed_doubted(name(8), strip)
    assert [char.confidence for char in doubted.chars] == [0.99] * 2 + [UNCERTAIN] * 2 + [0.99] * 4
    assert doubted.text == "成" * 8 and doubted.confidence < 0.99


def test_a_corner_of_a_letter_is_no_letter() -> None:
    strip = np.zeros((56, 800), np.uint8)
    strip[46:, 300:350] = 255
    assert with_mixed_doubted(name(8), strip) == name(8)


def test_other_seals_cover_what_lies_within_their_outlines() -> None:
    area = area_of([Ellipse(50, 50, 20, 20, 0.0), Box(150, 50, 40, 40, 0.0)], (100, 200))
    assert area[50, 45] and area[50, 69] and area[50, 160] and not area[50, 100] and not area[5, 5]


@pytest.mark.parametrize(("apart", "doubted"), [(0.6, True), (0.9, True), (1.5, False)])
def test_of_two_seals_that_overlap_neither_name_is_sure(apart: float, doubted: bool) -> None:
    rng = np.random.default_rng(3)
    page, shift = sheet(), round(apart * 40 * PER_MM)
    for x in (600, 600 + shift):
        page, _ = stamp(page, draw_seal(SealSpec(NAME), 200, rng), x, 900, 5, 0.8, rng)
    found = find_seals(worn(page), PER_MM, FixedReader())
    assert [mark.text for mark in found] == [NAME, NAME]
    assert [mark.text_confidence <= UNCERTAIN for mark in found] == [doubted] * 2
    assert all(max(char.confidence for char in mark.chars) > 0.98 for mark in found)
