"""How likely a text is in the output of a network trained with CTC: the forward algorithm (Graves and others, 2006)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BLANK = 0
FLOOR = 1e-5
"""Least probability of a character in a column: a stroke laid over one must not rule it out."""


def log_likelihoods(columns: NDArray[np.floating], texts: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """The logarithm of each text's probability, over all ways in which its characters may lie on the columns.

    Args:
        columns: Probabilities, columns x characters; character 0 is the blank.
        texts: Each as indices of its characters; none may be empty.
    """
    lengths = np.array([len(text) for text in texts])
    states = np.full((len(texts), 2 * int(lengths.max()) + 1), BLANK)
    for row, text in enumerate(texts):
        states[row, 1 : 2 * len(text) : 2] = text
    skips = np.zeros(states.shape)
    skips[:, 2:] = (states[:, 2:] != BLANK) & (states[:, 2:] != states[:, :-2])
    probabilities = np.maximum(columns.astype(np.float64), FLOOR)
    reached, scale = np.zeros(states.shape), 0.0
    reached[:, :2] = probabilities[0][states[:, :2]]
    for column in probabilities[1:]:
        step = reached.copy()
        step[:, 1:] += reached[:, :-1]
        step[:, 2:] += reached[:, :-2] * skips[:, 2:]
        step *= column[states]
        most = step.max()
        reached, scale = step / most, scale + np.log(most)
    rows = np.arange(len(texts))
    ends = reached[rows, 2 * lengths] + reached[rows, 2 * lengths - 1]
    return np.asarray(np.log(np.maximum(ends, np.finfo(np.float64).tiny)) + scale)
