from __future__ import annotations

from extractors.texts.layer import lines_of_words
from pipeline.model.geometry import BBox
from pipeline.model.text import Layer

ASPECT = 1.414


def word(text: str, x: float, y: float = 0.1, width: float = 0.02) -> tuple[str, BBox]:
    return text, BBox(x, y, x + width * len(text), y + 0.014)


def test_words_beside_each_other_are_one_line() -> None:
    (line,) = lines_of_words([word("有限公司", 0.18), word("成都某某", 0.1)], ASPECT)
    assert line.text == "成都某某有限公司"
    assert line.layer is Layer.TEXT and line.confidence == 1.0
    assert line.bbox.rounded() == (0.1, 0.1, 0.26, 0.114)
    assert "".join(char.text for char in line.chars) == line.text
    boxes = [char.bbox for char in line.chars if char.bbox is not None]
    assert boxes[1].x0 == boxes[0].x1


def test_a_small_gap_is_a_blank_and_a_wide_one_another_cell() -> None:
    close = lines_of_words([word("deep", 0.1, width=0.01), word("learning", 0.145, width=0.01)], ASPECT)
    assert [line.text for line in close] == ["deep learning"]
    apart = lines_of_words([word("单位名称", 0.1), word("成都某某", 0.3)], ASPECT)
    assert [line.text for line in apart] == ["单位名称", "成都某某"]


def test_rows_stay_apart() -> None:
    found = lines_of_words([word("下一行", 0.1, 0.13), word("第一行", 0.1, 0.1)], ASPECT)
    assert [line.text for line in found] == ["第一行", "下一行"]
    assert lines_of_words([], ASPECT) == ()
