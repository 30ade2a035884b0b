from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.imaging import orientation
from extractors.imaging.orientation import find_rotation
from extractors.readers.protocol import Picture, Quad
from tests.extractors.fake_readers import ScriptedReader, SeeingReader, reads_black_heads, recognised
from tests.extractors.pictures import blank, rectangle, text_bars

TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def lying(degrees: int) -> tuple[Picture, tuple[Quad, ...]]:
    """A page that must be turned clockwise by `degrees` to stand upright, and the boxes of its lines."""
    upright, quads = text_bars(blank())
    if degrees == 0:
        return upright, quads
    back = 360 - degrees
    height, width = upright.shape[:2]
    boxes = []
    for quad in quads:
        (x0, y0), (x1, y1) = (map(float, quad[corner]) for corner in (0, 2))
        boxes.append(
            {
                90: rectangle(height - y1, x0, height - y0, x1),
                180: rectangle(width - x1, height - y1, width - x0, height - y0),
                270: rectangle(y0, width - x1, y1, width - x0),
            }[back]
        )
    return np.asarray(cv2.rotate(upright, TURNS[back]), np.uint8), tuple(boxes)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_way_up_by_reading(degrees: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orientation, "_osd", lambda _: pytest.fail("reading told enough"))
    picture, quads = lying(degrees)
    assert find_rotation(picture, quads, SeeingReader(reads_black_heads)) == degrees


@pytest.mark.parametrize(("said", "rotation"), [(180, 180), (0, 0), (None, 0)])
def test_osd_decides_where_reading_does_not(said: int | None, rotation: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orientation, "_osd", lambda _: said)
    picture, quads = text_bars(blank())
    assert find_rotation(picture, quads, ScriptedReader(recognised("模糊的一行字", 0.6))) == rotation


def test_osd_alone_does_not_turn_what_reads_better_as_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orientation, "_osd", lambda _: 180)
    picture, quads = text_bars(blank())
    reader = SeeingReader(
        lambda crop: recognised("一行印出的字", 0.8 if reads_black_heads(crop).confidence > 0.9 else 0.4)
    )
    assert find_rotation(picture, quads, reader) == 0


def test_one_sure_word_among_lines_that_read_as_nothing_is_no_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orientation, "_osd", lambda _: None)
    picture, quads = lying(180)
    nothing, word = recognised("", 0.0), recognised("品品", 0.97)
    seen = iter([word, nothing, nothing, nothing])
    reader = SeeingReader(
        lambda crop: (
            recognised("一行印出的字", 0.99) if reads_black_heads(crop).confidence > 0.9 else next(seen, nothing)
        )
    )
    assert find_rotation(picture, quads, reader) == 180


def test_a_page_without_lines_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orientation, "_osd", lambda _: None)
    assert find_rotation(blank(), (), ScriptedReader("")) == 0
