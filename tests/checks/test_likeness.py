"""Texts nearly the same are found without comparing all with all, and none is missed."""

from __future__ import annotations

from itertools import combinations
from random import Random

from rapidfuzz.fuzz import ratio

from checks.likeness import near_pairs

WORDS = "面向智慧交通的边缘计算芯片采用自主架构支持多种神经网络模型具有高能效比与低时延特点广泛用于城市治理"


def test_finds_what_comparing_all_with_all_finds() -> None:
    rng = Random(7)
    texts = ["".join(rng.choices(WORDS, k=rng.randint(80, 140))) for _ in range(40)]
    for share in (2, 5, 8, 11, 14, 18, 25):
        texts += [_worn(text, share, rng) for text in texts[:8]]
    for least in (80.0, 90.0, 95.0):
        alike = {(a, b) for a, b in combinations(range(len(texts)), 2) if ratio(texts[a], texts[b]) >= least}
        assert alike
        assert set(near_pairs(texts, least)) == alike


def test_bound_holds_at_the_very_edge() -> None:
    one, other = "甲乙丙丁戊己庚辛壬癸" * 10, "甲乙丙丁戊己庚辛壬" * 10 + "子丑寅卯辰巳午未申酉"
    assert ratio(one, other) == 90.0
    assert list(near_pairs([one, other], 90.0)) == [(0, 1)]


def test_few_texts() -> None:
    assert list(near_pairs([], 90.0)) == []
    assert list(near_pairs(["芯片"], 90.0)) == []


def _worn(text: str, share: int, rng: Random) -> str:
    """The text with about `share` percent of its characters changed."""
    return "".join(rng.choice(WORDS) if rng.randrange(100) < share else char for char in text)
