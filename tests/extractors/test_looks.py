"""Votes among looks: what stands for the one sign that an address must have."""

from __future__ import annotations

import pytest

from extractors.looks import Look, outvoting, with_its_at
from pipeline.model.evidence import Char


def look(text: str) -> Look:
    return Look("paddle", "full", text, tuple(Char(text=char, confidence=0.9) for char in text))


@pytest.mark.parametrize(
    ("read", "seen", "told"),
    [
        ("xu_wei@xuhe-ai.example.org", "xu_weioxuhe-ai.example.org", "xu_wei@xuhe-ai.example.org"),
        ("xu_wei@xuhe-ai.example.org", "xu_weioxuhc-ai.example.org", "xu_wei@xuhc-ai.example.org"),
        ("xu_wei@xuhe-ai.example.org", "xu_wei@xuhe-ai.examp1e.org", "xu_wei@xuhe-ai.examp1e.org"),
        ("xu_wei@xuhe-ai.example.org", "xu_weixuhe-ai.example.org", "xu_weixuhe-ai.example.org"),
        ("ResNet@v2", "ResNetov2", "ResNetov2"),
        ("@", "o", "o"),
    ],
)
def test_an_address_has_its_at_in_every_look(read: str, seen: str, told: str) -> None:
    found = with_its_at(look(seen), read)
    assert found.text == told == "".join(char.text for char in found.chars)


def test_looks_without_it_no_longer_outvote_an_address() -> None:
    read = "leisun@xuhe-ai.example.org"
    looks = [look("leisunoxuhe-ai.example.org")] * 3
    assert outvoting(read, looks) is not None
    assert outvoting(read, [with_its_at(each, read) for each in looks]) is None
