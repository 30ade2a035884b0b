from __future__ import annotations

import numpy as np
import pytest

from extractors.imaging.print_size import print_size
from extractors.readers.protocol import Picture
from tests.extractors.pictures import blank, ruled, write

TEXT = "人工智能产业创新任务揭榜单位申报材料"


def printed(size: int, scale: int = 1) -> Picture:
    picture = blank(900 * scale, 1270 * scale)
    for row in range(12):
        picture = write(picture, TEXT, 60 * scale, (60 + row * 60) * scale, size * scale)
    return ruled(picture, *((40, y, 860, y) for y in range(50, 800, 60)))


@pytest.mark.parametrize("size", [12, 20, 32])
@pytest.mark.parametrize("turned", [False, True])
def test_the_size_of_print(size: int, turned: bool) -> None:
    picture = printed(size)
    if turned:
        picture = np.ascontiguousarray(np.rot90(picture))
    assert print_size(picture) == pytest.approx(size, rel=0.2)


def test_a_large_picture_is_measured_in_its_own_pixels() -> None:
    assert print_size(printed(20, scale=3)) == pytest.approx(60, rel=0.2)


def test_hardly_any_print_has_no_size() -> None:
    assert print_size(write(blank(900, 1270), "空白", 100, 100, 30)) is None
