"""1 and l in an e-mail address."""

from __future__ import annotations

import pytest

from extractors.forms.flow import Flow
from extractors.forms.lookalikes import told_by_context
from pipeline.model.evidence import Char


def read(text: str, confidence: float = 0.8) -> Flow:
    chars = tuple(Char(text=char, confidence=confidence) for char in text)
    return Flow(text, chars, (None,) * len(text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1imiao@hu1uo-ai.examp1e.com", "limiao@huluo-ai.example.com"),
        ("zhang1@example.com", "zhang1@example.com"),  # names end in figures
        ("wang2015@a1.example.com", "wang2015@a1.example.com"),
        ("li18@e\nxamp\n1e.com", "li18@e\nxamp\nle.com"),
        ("li20l5@example.com", "li2015@example.com"),
        ("li21a@example.com", "li21a@example.com"),
    ],
)
def test_unsure_ones_are_told_by_what_stands_around_them(text: str, told: str) -> None:
    flow = told_by_context(read(text))
    assert flow.text == told == "".join(char.text for char in flow.chars)
    changed = [char for before, char in zip(text, flow.chars, strict=True) if before != char.text]
    assert all(char.runner_up in "1l" and char.confidence == 0.8 for char in changed)


def test_what_was_surely_read_stays() -> None:
    assert told_by_context(read("w1nner@example.com", 0.99)).text == "w1nner@example.com"
