"""The forward algorithm beside every way of laying a text on the columns, counted out."""

from __future__ import annotations

from itertools import groupby, product

import numpy as np
import pytest

from extractors.readers.ctc import BLANK, log_likelihoods

RNG = np.random.default_rng(5)


def columns(length: int, characters: int) -> np.ndarray:
    drawn = RNG.random((length, characters)) + 0.05
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def said(way: tuple[int, ...]) -> tuple[int, ...]:
    """What is read along a way: repeats are one, blanks none."""
    return tuple(character for character, _ in groupby(way) if character != BLANK)


@pytest.mark.parametrize("length", [3, 5])
def test_each_text_is_as_likely_as_all_its_ways_together(length: int) -> None:
    drawn = columns(length, 3)
    counted: dict[tuple[int, ...], float] = {}
    for way in product(range(3), repeat=length):
        chance = float(np.prod([drawn[at, character] for at, character in enumerate(way)]))
        counted[said(way)] = counted.get(said(way), 0.0) + chance
    texts = [text for text in counted if text]
    assert np.exp(log_likelihoods(drawn, texts)) == pytest.approx([counted[text] for text in texts])


def test_a_text_that_needs_more_columns_is_impossible_and_harms_no_other() -> None:
    drawn = columns(3, 3)
    alone = log_likelihoods(drawn, [(1, 2)])
    beside = log_likelihoods(drawn, [(1, 2), (1, 1, 1)])
    assert beside[0] == pytest.approx(alone[0]) and beside[1] < -300
