"""1 and l, @ and o, a full stop and a space in an e-mail address."""

from __future__ import annotations

import pytest

from extractors.forms.flow import Flow
from extractors.forms.lookalikes import told_by_context
from pipeline.model.evidence import Char


def read(text: str, confidence: float = 0.8, may_be: dict[int, str] | None = None) -> Flow:
    others = may_be or {}
    chars = tuple(
        Char(text=char, confidence=confidence, candidates=others.get(index, "")) for index, char in enumerate(text)
    )
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


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("段某某\nduan@example.com", "duan@example.com"),
        ("duan@example.\ncom\n总监", "duan@example.\ncom"),
        ("段某某duan@example.com", "段某某duan@example.com"),
        ("段某某\n见附页", "段某某\n见附页"),
    ],
)
def test_lines_of_the_next_row_are_no_part_of_an_address(text: str, address: str) -> None:
    assert told_by_context(read(text, 0.99)).text == address


def test_what_was_surely_read_stays() -> None:
    assert told_by_context(read("w1nner@example.com", 0.99)).text == "w1nner@example.com"


@pytest.mark.parametrize(
    ("text", "may_be", "told"),
    [
        ("wangoexample.com", {4: "e@aø"}, "wang@example.com"),
        ("bossoscoa.com.cn", {1: "0aeu@", 4: "0@ea", 7: "0aeuo@"}, "boss@scoa.com.cn"),  # the likeliest of three
        ("bossoscoa.com.cn", {1: "0@", 4: "e@"}, "bossoscoa.com.cn"),  # either may be it
        ("wangoexample.com", {4: "ea0cuqwsd@"}, "wangoexample.com"),  # unlikely to be it
        ("o@example.com", {0: "@"}, "o@example.com"),
        ("oexample.com", {0: "@"}, "oexample.com"),  # no name before it
        ("wang.exampleocom", {12: "@"}, "wang.exampleocom"),  # no full stop behind it
        ("li@example com", {10: ".-"}, "li@example.com"),
        ("li@example com", {10: "-."}, "li@example com"),
    ],
)
def test_what_an_address_must_have_is_found_among_what_its_signs_may_be(
    text: str, may_be: dict[int, str], told: str
) -> None:
    flow = told_by_context(read(text, may_be=may_be))
    assert flow.text == told
    changed = [index for index, char in enumerate(flow.chars) if char.text != text[index]]
    assert [flow.chars[index].runner_up for index in changed] == [text[index] for index in changed]
