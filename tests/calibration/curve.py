"""The statistics of calibration: bins with their intervals, isotonic and logistic curves, the doubt threshold.

Points are (confidence 0-1, right or not).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np

Point = tuple[float, bool]

EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
"""Bounds of the bins: nearly all readings are very sure ones."""
Z = 1.96
"""Two-sided 95 %."""
STEPS = 60
"""Newton's steps: the fit of two numbers settles within a dozen."""
RIDGE = 1e-3
"""Keeps the logistic curve finite where no answer is wrong."""
OFF_ENDS = 1e-6
"""Confidences are kept this far from 0 and 1, where their logits end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """So many answers, of which so many right."""

    total: int
    right: int

    @property
    def share(self) -> float:
        """Right answers as a share."""
        return self.right / self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin(Counted):
    """Answers whose confidence is above `low` (the first: from it on) up to `high`; `mean` of their confidences."""

    low: float
    high: float
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Counted):
    """A step of the isotonic curve: the answers from confidence `start` on."""

    start: float


@dataclass(frozen=True, slots=True)
class Logistic:
    """P(right) = 1 / (1 + exp(-(level + slope * logit(confidence))))."""

    level: float
    slope: float

    def at(self, confidence: float) -> float:
        """The probability that an answer of this confidence is right."""
        return 1 / (1 + math.exp(-(self.level + self.slope * _logit(confidence))))

    def reaching(self, share: float) -> float | None:
        """The confidence from which on answers are right with this probability; None where the curve falls."""
        if self.slope <= 0:
            return None
        return 1 / (1 + math.exp(-(_logit(share) - self.level) / self.slope))


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); 0 and 1 where nothing was asked."""
    if total == 0:
        return 0.0, 1.0
    share, spread = count / total, Z * Z / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def bins(points: Sequence[Point], edges: Sequence[float] = EDGES) -> list[Bin]:
    """The bins that hold any answers, from unsure to sure."""
    found = []
    for low, high in pairwise(edges):
        inside = [point for point in points if low < point[0] <= high or (low == edges[0] == point[0])]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            right = sum(answer for _, answer in inside)
            found.append(Bin(low=low, high=high, mean=mean, total=len(inside), right=right))
    return found


def expected_error(points: Sequence[Point]) -> float:
    """How far confidence is off the share of right answers, bin by bin, weighed by answers (ECE)."""
    return sum(each.total * abs(each.share - each.mean) for each in bins(points)) / max(1, len(points))


def isotonic(points: Sequence[Point]) -> list[Block]:
    """The curve of right answers that never falls with confidence (pool adjacent violators)."""
    blocks: list[Block] = []
    for confidence, group in groupby(sorted(points), key=itemgetter(0)):
        answers = [right for _, right in group]
        blocks.append(Block(start=confidence, total=len(answers), right=sum(answers)))
        while len(blocks) > 1 and blocks[-2].share >= blocks[-1].share:
            last, before = blocks.pop(), blocks.pop()
            total, right = before.total + last.total, before.right + last.right
            blocks.append(Block(start=before.start, total=total, right=right))
    return blocks


def logistic(points: Sequence[Point]) -> Logistic:
    """The logistic curve over the confidences' logits, by maximum likelihood (Platt 1999)."""
    features = np.array([[1.0, _logit(confidence)] for confidence, _ in points])
    right = np.array([float(answer) for _, answer in points])
    weights = np.array([0.0, 1.0])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(features @ weights, -40, 40)))
        slope = features.T @ (right - likely) - RIDGE * weights
        bend = (features * (likely * (1 - likely))[:, None]).T @ features + RIDGE * np.eye(2)
        step = np.linalg.solve(bend, slope)
        weights = weights + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            break
    return Logistic(float(weights[0]), float(weights[1]))


def doubt_threshold(points: Sequence[Point], just_wrong: float, most_wrong: float) -> float | None:
    """The least confidence, rounded up to hundredths, from which on an answer may be believed; None: there is none.

    Both curves must say that an answer of just this confidence is wrong at most so often (`just_wrong`), and of all
    answers from it on the upper bound of the wrong ones' share must keep to `most_wrong`.
    """
    if not points:
        return None
    smooth = logistic(points).reaching(1 - just_wrong)
    stepped = next((block.start for block in isotonic(points) if block.share >= 1 - just_wrong), None)
    if smooth is None or stepped is None:
        return None
    for hundredth in range(math.ceil(round(100 * max(smooth, stepped), 6)), 101):
        wrong, total = believed(points, hundredth / 100)
        if total and wilson(wrong, total)[1] <= most_wrong:
            return hundredth / 100
    return None


def believed(points: Sequence[Point], threshold: float) -> tuple[int, int]:
    """Of the answers at or above a threshold, the wrong ones and all."""
    above = [right for confidence, right in points if confidence >= threshold]
    return len(above) - sum(above), len(above)


def doubted(points: Sequence[Point], threshold: float) -> tuple[int, int]:
    """Of the right answers, those below a threshold and all."""
    right = [confidence for confidence, answer in points if answer]
    return sum(confidence < threshold for confidence in right), len(right)


def _logit(share: float) -> float:
    kept = min(max(share, OFF_ENDS), 1 - OFF_ENDS)
    return math.log(kept / (1 - kept))
