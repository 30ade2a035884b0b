from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model.geometry import BBox
from pipeline.rendering import open_media
from tests.pipeline.rendering.pages import FULL_PICTURE, TEXT, jpeg, pdf, write

STROKE = b"0.5 w 59.5 421 m 297.5 421 l S "
"""From a tenth to a half of the page's width, at half its height."""


def rulings(folder: Path, content: bytes, extra: str = "", image: bytes = b"") -> tuple[BBox, ...]:
    with open_media(write(folder, "a.pdf", pdf(content + TEXT, extra=extra, image=image))) as media:
        return media.page(1).rulings


def corners(box: BBox) -> tuple[float, ...]:
    return tuple(round(value, 2) for value in (box.x0, box.y0, box.x1, box.y1))


@pytest.mark.parametrize(
    "content",
    [
        STROKE,
        b"59.5 420.8 238 0.5 re f ",
        b"q 2 0 0 2 0 0 cm 0.25 w 29.75 210.5 m 148.75 210.5 l S Q ",
        b"q 0.1 0 0 0.1 0 0 cm 5 w 595 4210 m 2975 4210 l S Q ",
        b"[3 2] 0 d " + STROKE,
    ],
    ids=["stroke", "bar", "enlarged", "shrunk", "dashed"],
)
def test_rulings_as_writers_draw_them(tmp_path: Path, content: bytes) -> None:
    (box,) = rulings(tmp_path, content)
    assert corners(box) == (0.1, 0.5, 0.5, 0.5)
    assert 0 < box.height < 0.002


def test_a_box_has_four_rulings_and_a_polygon_those_that_lie_straight(tmp_path: Path) -> None:
    assert len(rulings(tmp_path, b"59.5 421 238 100 re S ")) == 4
    assert len(rulings(tmp_path, b"59.5 421 m 297.5 421 l 297.5 521 l h S ")) == 2
    assert len(rulings(tmp_path, b"59.5 421 m 297.5 421 l 297.5 521 l 59.5 521 l h S ")) == 4


@pytest.mark.parametrize(
    "content",
    [
        b"59.5 421 m 297.5 500 l S ",
        b"59.5 421 m 100 500 200 500 297.5 421 c S ",
        b"1 1 1 RG " + STROKE,
        b"59.5 421 238 100 re f ",
        b"12 w " + STROKE[6:],
        b"59.5 421 238 1 re W n ",
    ],
    ids=["slanting", "curve", "white", "ground", "beam", "clip"],
)
def test_what_is_no_ruling(tmp_path: Path, content: bytes) -> None:
    assert rulings(tmp_path, content) == ()


def test_rulings_turn_with_the_page(tmp_path: Path) -> None:
    upright = b"BT /F1 24 Tf 0 1 -1 0 300 200 Tm (Hello world) Tj ET "
    (box,) = rulings(tmp_path, STROKE + upright * 3, extra="/Rotate 90")
    assert corners(box) == (0.5, 0.1, 0.5, 0.5)


def test_over_a_scan_nothing_counts(tmp_path: Path) -> None:
    assert rulings(tmp_path, FULL_PICTURE + STROKE, image=jpeg(1240, 1754)) == ()
