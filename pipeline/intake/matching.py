"""Which filing belongs to which package: one assignment over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein
from scipy.optimize import linear_sum_assignment

from pipeline.model.application import Application
from pipeline.values import fold

KEYS = ("applicant", "uscc", "product")
NEAR = 60.0
"""Of 100: below, two texts have no more in common than any two companies of a city; it counts as nothing."""
SLIPS = {"applicant": 1, "uscc": 2, "product": 1}
"""Characters by which two values may differ and still agree: a reader's slips. Sister companies differ by two."""
SLIP_LENGTH = 8
"""Shorter values must be equal."""
EARLIER = 1e-6
"""Advantage of the earlier package and filing, so that equals are always settled alike."""

Scores = NDArray[np.float64]


def match_packages(papers: Mapping[str, Application], online: Sequence[Application]) -> dict[str, Application | None]:
    """The filing of each package, by identity, each filing used once; None where nothing agrees.

    The assignment makes likeness of unit name, credit code and product greatest over all packages together; a pair in
    which none of the three agrees is then taken apart.
    """
    names = sorted(papers)
    matched: dict[str, Application | None] = dict.fromkeys(names)
    if not names or not online:
        return matched
    keys = {key: ([_value(papers[name], key) for name in names], [_value(filing, key) for filing in online])
            for key in KEYS}  # fmt: skip
    total: Scores = sum((_likeness(*values) for values in keys.values()), np.zeros((len(names), len(online))))
    order = np.add.outer(np.arange(len(names)), np.arange(len(online))) / (len(names) + len(online))
    rows, columns = linear_sum_assignment(total - EARLIER * order, maximize=True)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if any(_agree(key, papers_values[row], filed[column]) for key, (papers_values, filed) in keys.items()):
            matched[names[row]] = online[column]
    return matched


def holders_of(papers: Mapping[str, Application], matched: Mapping[str, Application | None]) -> dict[str, str]:
    """Of packages without a filing those whose filing another package of the same application has, by that one's name.

    The same application: credit code and product agree with that filing.
    """
    held = [(name, filing) for name, filing in sorted(matched.items()) if filing is not None]
    left = [name for name in sorted(papers) if matched.get(name) is None]
    found = ((name, next((other for other, filing in held if _is_of(papers[name], filing)), "")) for name in left)
    return {name: holder for name, holder in found if holder}


def _is_of(paper: Application, filing: Application) -> bool:
    return all(_agree(key, _value(paper, key), _value(filing, key)) for key in ("uscc", "product"))


def _value(application: Application, key: str) -> str:
    """The folded value of a key: the form's, else that of the first place where it is mentioned."""
    text = application.text(key)
    if not text:
        text = next((mention.reading.text for mention in application.mentions if mention.key == key), "")
    return fold(text)


def _likeness(papers: Sequence[str], filed: Sequence[str]) -> Scores:
    """How alike each pair is, 0-1; equal is 1, and what is not even near counts 0, as does a blank."""
    scores = process.cdist(papers, filed, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.float64) / 100
    # Squared, so that one exact agreement outweighs two loose likenesses of names that all end in 科技有限公司.
    scores = scores**2
    scores[[not text for text in papers], :] = 0
    scores[:, [not text for text in filed]] = 0
    return np.asarray(scores, dtype=np.float64)


def _agree(key: str, paper: str, filed: str) -> bool:
    if not paper or not filed:
        return False
    slips = SLIPS[key] if min(len(paper), len(filed)) >= SLIP_LENGTH else 0
    return Levenshtein.distance(paper, filed, score_cutoff=slips) <= slips
