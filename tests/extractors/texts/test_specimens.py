"""1 and l told by the page's own specimens."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.imaging.frame import PageFrame
from extractors.readers.protocol import Picture
from extractors.texts.specimens import told_by_specimens
from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox
from pipeline.model.text import Line

WIDTH, HEIGHT, STEP, TALL = 600, 300, 20, 36
FRAME = PageFrame(np.eye(3), (WIDTH, HEIGHT), (WIDTH, HEIGHT))


def flagged(picture: Picture, x: int, y: int) -> None:
    cv2.line(picture, (x, y), (x, y + 24), (0, 0, 0), 3)
    cv2.line(picture, (x, y), (x - 6, y + 6), (0, 0, 0), 2)
    cv2.line(picture, (x - 6, y + 24), (x + 6, y + 24), (0, 0, 0), 2)


def plain(picture: Picture, x: int, y: int) -> None:
    cv2.line(picture, (x, y), (x, y + 24), (0, 0, 0), 3)


def page(*rows: tuple[str, str], alike: bool = False, unsure: float = 0.7) -> tuple[tuple[Line, ...], Picture]:
    """Lines given as what is printed and what was read; all 1 and l are read unsurely."""
    picture = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    lines = []
    for row, (printed, read) in enumerate(rows):
        top = 20 + row * 50
        chars = []
        for index, (ink, text) in enumerate(zip(printed, read, strict=True)):
            x = 30 + index * STEP
            if ink in "1l":
                (flagged if ink == "1" or alike else plain)(picture, x, top + 6)
            else:
                cv2.rectangle(picture, (x - 5, top + 12), (x + 5, top + 30), (0, 0, 0), 2)
            box = BBox((x - 3) / WIDTH, top / HEIGHT, (x + 3) / WIDTH, (top + TALL) / HEIGHT)
            chars.append(Char(text=text, confidence=unsure if text in "1lI" else 0.999, bbox=box))
        bbox = BBox(20 / WIDTH, top / HEIGHT, (40 + len(read) * STEP) / WIDTH, (top + TALL) / HEIGHT)
        lines.append(Line(text=read, confidence=0.9, bbox=bbox, chars=tuple(chars)))
    return tuple(lines), np.asarray(cv2.GaussianBlur(picture, (3, 3), 0.8), np.uint8)


NUMBER, WORDS = ("13812345671", "13812345671"), ("sample.pla", "sample.p1a")


@pytest.mark.parametrize(
    ("printed", "read", "told"),
    [
        ("zhang1@qq.com", "zhangl@qq.com", "zhang1@qq.com"),
        ("wangl@qq.com", "wang1@qq.com", "wangl@qq.com"),
        ("wangl@qq.com", "wangI@qq.com", "wangl@qq.com"),
        ("zhang1@qq.com", "zhang1@qq.com", "zhang1@qq.com"),
        ("A1", "AI", "AI"),  # no small letters: not asked about
    ],
)
def test_a_one_looks_like_the_pages_other_ones(printed: str, read: str, told: str) -> None:
    lines, picture = page(NUMBER, WORDS, (printed, read))
    line = told_by_specimens(lines, picture, FRAME)[2]
    assert line.text == told == "".join(char.text for char in line.chars)
    changed = [place for place, (one, two) in enumerate(zip(read, told, strict=True)) if one != two]
    assert all(line.chars[place].runner_up == read[place] for place in changed)


def test_surely_read_twins_stay() -> None:
    lines, picture = page(NUMBER, WORDS, ("zhang1@qq.com", "zhangl@qq.com"), unsure=0.999)
    assert told_by_specimens(lines, picture, FRAME) == lines


def test_a_face_that_prints_both_alike_tells_nothing() -> None:
    lines, picture = page(NUMBER, WORDS, ("zhang1@qq.com", "zhangl@qq.com"), alike=True)
    assert told_by_specimens(lines, picture, FRAME) == lines


def test_without_specimens_of_both_nothing_is_told() -> None:
    lines, picture = page(NUMBER, ("zhang1@qq.com", "zhangl@qq.com"))
    assert told_by_specimens(lines, picture, FRAME) == lines
