"""Pictures that state no scale: a part of a page holds seals larger than a whole page of its size could."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.readers.protocol import Picture, Quad
from extractors.reading import read_page
from pipeline.model.geometry import BBox
from pipeline.notices.profile import load_profile
from pipeline.rendering import PagePicture
from samples.stamping import SealSpec
from tests.extractors.fake_readers import SeeingReader, recognised
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


def test_a_short_line_at_the_edge_of_a_part_of_a_page_is_read() -> None:
    """Where the sheet ends is not known: what stands there is as likely a label as a seam stamp's slice."""
    picture = np.full((800, 700, 3), 252, np.uint8)
    boxes = [(3, 60), *((200, y) for y in range(60, 700, 60))]
    for x, y in boxes:
        cv2.putText(picture, "AB", (x, y + 30), 0, 1.2, (20, 20, 20), 3)
    quads = [np.array([[x, y], [x + 60, y], [x + 60, y + 34], [x, y + 34]], np.float32) for x, y in boxes]
    reader = SeeingReader(lambda _: recognised("姓名"), quads)
    lines = read_page(PagePicture(picture, None), 1, reader, load_profile()).lines
    assert min(line.row.x0 for line in lines) < 0.05
