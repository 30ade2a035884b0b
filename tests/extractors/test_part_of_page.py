"""Pictures that state no scale: a part of a page holds seals larger than a whole page of its size could."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.readers.protocol import Picture, Quad
from extractors.reading import read_page
from pipeline.model.geometry import BBox
from pipeline.notices.profile import load_profile
from pipeline.rendering import PagePicture
from samples.stamping import SealSpec
from tests.extractors.pages import NAME, FixedReader, sealed


class NoLines(FixedReader):
    """Finds no lines; reads every seal as the same."""

    def find_lines(self, picture: Picture, longest_side: int) -> tuple[Quad, ...]:
        return ()


@pytest.mark.parametrize("around", [30, 250])
def test_a_seal_in_a_part_of_a_page_is_found(around: int) -> None:
    page, box = sealed(SealSpec(NAME), 900, 1000, 8)
    picture = np.ascontiguousarray(page[box[1] - around : box[3] + around, box[0] - around : box[2] + around])
    height, width = picture.shape[:2]
    (found,) = read_page(PagePicture(picture, None), 1, NoLines(), load_profile()).seals
    place = BBox(around / width, around / height, 1 - around / width, 1 - around / height)
    assert found.bbox.iou(place) > 0.8
    assert found.diameter_mm is None


def test_a_photograph_that_shows_a_part_of_a_page_has_no_scale() -> None:
    """Four by three, as phones take them: a seal of 40 mm would measure 117 mm if that were a sheet of A4."""
    page, box = sealed(SealSpec(NAME), 900, 1000, 8)
    picture = np.ascontiguousarray(page[700:1300, 500:1300])
    (found,) = read_page(PagePicture(picture, None), 1, NoLines(), load_profile()).seals
    place = BBox((box[0] - 500) / 800, (box[1] - 700) / 600, (box[2] - 500) / 800, (box[3] - 700) / 600)
    assert found.bbox.iou(place) > 0.8
    assert found.diameter_mm is None
