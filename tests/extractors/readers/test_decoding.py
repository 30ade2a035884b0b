from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.readers.paddle import CharacterDecode, _own_columns
from tests.extractors.fake_readers import recognised

CHARACTERS = ("blank", "王", "玉", "1")


def columns(*best: tuple[int, float], second: int = 2, share: float = 0.05) -> NDArray[np.float32]:
    """Probabilities, a row a column: the best character's and `share` for the second."""
    out = np.zeros((len(best), len(CHARACTERS)), np.float32)
    for row, (index, probability) in enumerate(best):
        out[row, second] = share
        out[row, index] = probability
    return out


def test_characters_with_their_probability_runner_up_and_column() -> None:
    decode = CharacterDecode(CHARACTERS)
    (line,), (mean,) = decode([columns((0, 0.9), (1, 0.7), (1, 0.9), (0, 0.8), (3, 0.6))[None]])
    assert line.text == "王1"
    first, second = line.chars
    assert first.confidence == pytest.approx(0.9)
    assert first.runner_up == "玉" and first.runner_up_confidence == pytest.approx(0.05)
    assert [first.x0, first.x1] == pytest.approx([0.2, 0.6])
    assert [second.x0, second.x1] == pytest.approx([0.8, 1.0])
    assert mean == line.confidence == pytest.approx(0.75)


def test_a_character_written_twice_is_two_and_a_wide_one_is_one() -> None:
    decode = CharacterDecode(CHARACTERS)
    lines, _ = decode([np.stack([columns((3, 0.9), (0, 0.9), (3, 0.9)), columns((3, 0.9), (3, 0.9), (3, 0.9))])])
    assert [line.text for line in lines] == ["11", "1"]


def test_nothing_but_blanks_is_nothing() -> None:
    (line,), _ = CharacterDecode(CHARACTERS)([columns((0, 0.9), (0, 0.9))[None]])
    assert (line.text, line.confidence, line.chars) == ("", 0.0, ())


def test_columns_are_told_in_the_crop_and_not_in_its_padding() -> None:
    scaled = _own_columns(recognised("王小"), 1.6)
    assert [edge for char in scaled.chars for edge in (char.x0, char.x1)] == pytest.approx([0.0, 0.8, 0.8, 1.0])
    assert scaled.text == "王小"
