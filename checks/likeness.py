"""Which of many texts are nearly the same, found without comparing every one with every other character by character.

Two texts of lengths n and m and likeness r (of 1) differ by at most (1 - r) (n + m) characters put in or left out, so
their counts of each character differ by no more than that in all. Counts are compared at once for many texts, and
what passes is compared in full: nothing is missed. Counting characters by a few hundred classes only lets more pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio
from scipy.spatial.distance import cdist

CLASSES = 251
"""Classes of characters that are counted: a prime, so that neighbours in Unicode fall into different ones."""
ROUNDING = 1e-6
"""Counts are whole; what is allowed is not, and comes of a product."""
BLOCK = 256
"""Texts held against all others at once: 4 MB of distances for 2,000 texts."""


def near_pairs(texts: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
    """The pairs (first < second) of texts whose likeness is at least `least` percent."""
    counts = _counts(texts)
    lengths = counts.sum(axis=1)
    for start in range(0, len(texts), BLOCK):
        apart = cdist(counts[start : start + BLOCK], counts, "cityblock")
        allowed = (1 - least / 100) * np.add.outer(lengths[start : start + BLOCK], lengths)
        for row, second in np.argwhere(apart <= allowed + ROUNDING).tolist():
            first = start + row
            if first < second and ratio(texts[first], texts[second], score_cutoff=least) >= least:
                yield first, second


def _counts(texts: Sequence[str]) -> NDArray[np.float64]:
    """How often each class of characters stands in each text: texts x classes."""
    counts = np.zeros((len(texts), CLASSES))
    for row, text in enumerate(texts):
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        counts[row] = np.bincount(codes % CLASSES, minlength=CLASSES)
    return counts
