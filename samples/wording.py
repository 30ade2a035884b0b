"""Running text: sentences of a bank filled with names, numbers and terms until a length is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from samples.banks import bank

SLOTS = 8
"""Tries at a fresh sentence before a bank counts as used up."""


def paragraph(openings: Sequence[str], sentences: Sequence[str], facts: Facts, rng: Random, shortest: int) -> str:
    """An opening and as many different sentences as make at least `shortest` characters (or all there are)."""
    text = facts.fill(rng.choice(openings), rng)
    for sentence in rng.sample(sentences, len(sentences)):
        if len(text) >= shortest:
            break
        text += facts.fill(sentence, rng)
    return text


class Facts:
    """What the slots of sentences are filled with for one applicant."""

    def __init__(self, fixed: Mapping[str, str], techniques: Sequence[str], uses: Sequence[str]) -> None:
        self._fixed = dict(fixed)
        self._techniques = tuple(techniques)
        self._uses = tuple(uses)

    def fill(self, sentence: str, rng: Random) -> str:
        """The sentence with its slots filled; numbers are drawn anew for each sentence."""
        technique, technique2 = rng.sample(self._techniques, 2)
        use, use2 = rng.sample(self._uses, 2)
        drawn = {
            "technique": technique, "technique2": technique2, "use": use, "use2": use2,
            "n": str(rng.randint(2, 9)), "pct": str(rng.randint(12, 95)), "month": str(rng.randint(1, 12)),
            "year": str(rng.randint(2012, 2020)), "latin": rng.choice(bank("sentences")["latin"]),
        }  # fmt: skip
        return sentence.format_map({**drawn, **self._fixed})


def unit_profile(facts: Facts, rng: Random, shortest: int) -> str:
    """揭榜单位简介: 200-480 characters."""
    words = bank("sentences")["unit_profile"]
    return paragraph(words["open"], words["body"], facts, rng, shortest)[:480]


def product_summary(facts: Facts, rng: Random, shortest: int) -> str:
    """揭榜产品概述: 300-950 characters."""
    words = bank("sentences")["product_summary"]
    return paragraph(words["open"], words["body"], facts, rng, shortest)[:950]


TASKBOOK_PARTS = {
    "brief": "brief", "basis.foundation": "foundation", "basis.progress": "progress", "plan.goal": "goal",
    "plan.tasks": "tasks", "plan.organisation": "organisation", "plan.risks": "risks", "other": "other",
}  # fmt: skip
"""Ids of the profile's task book parts, and the banks that fill them."""


def taskbook(facts: Facts, rng: Random, goal: str, sentences: int) -> dict[str, str]:
    """The parts of a task book by the profile's ids; `goal` is the sentence that repeats the indicators."""
    texts = {}
    for part, name in TASKBOOK_PARTS.items():
        words: list[str] = bank("sentences")[name]
        many = 1 if part == "other" else min(sentences, len(words))
        chosen = words[:many] if part == "plan.tasks" else rng.sample(words, many)
        texts[part] = "".join(facts.fill(sentence, rng) for sentence in chosen) + (goal if part == "plan.goal" else "")
    return texts
