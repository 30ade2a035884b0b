"""What was read, held against what was printed: which characters are right, and which are asked about at all."""

from __future__ import annotations

import pytest

from pipeline.model.evidence import Char, Reading, Source
from tests.calibration.answers import Kind, of_looks, of_page, right_characters


def reading(raw: str, value: str | None = None, agreed: tuple[float, ...] = ()) -> Reading:
    chars = tuple(Char(text=char, confidence=0.9) for char in raw)
    return Reading(
        value=raw if value is None else value, raw=raw, source=Source.PAPER, chars=chars, confidence=0.9, agreed=agreed
    )


@pytest.mark.parametrize(
    ("said", "due", "right"),
    [
        ("成都甲公司", "成都甲公司", [True] * 5),
        ("成都田公司", "成都甲公司", [True, True, False, True, True]),
        ("成都公司", "成都甲公司", [True] * 4),
        ("（甲）", "(甲)", [True] * 3),
        ("AI", "Al", [True, False]),
    ],
)
def test_characters_at_their_places(said: str, due: str, right: list[bool | None]) -> None:
    assert right_characters(said, due) == right


def test_what_a_value_took_along_from_its_neighbours_is_not_asked() -> None:
    assert right_characters("单位成都甲公司章", "成都甲公司") == [None, None, True, True, True, True, True, None]
    assert told("单位成都田公司", "单位成都田公司", "成都甲公司", "name") == [
        ("成", True), ("都", True), ("田", False), ("公", True), ("司", True),
    ]  # fmt: skip


def test_of_a_doubled_character_one_is_wrong() -> None:
    found = right_characters("成都甲甲公司", "成都甲公司")
    assert sum(found) == 5 and not all(found[2:4])


def told(raw: str, value: str, due: str, kind: str) -> list[tuple[str, bool]]:
    answers = of_page(reading(raw, value), due, kind, "key")
    return [(each.subject.rpartition(" ")[2], each.right) for each in answers if each.kind is Kind.PAGE_CHARACTER]


def test_of_a_number_its_figures_alone_count() -> None:
    assert told("1,200万元", "1200", "1200", "amount") == [(char, True) for char in "1200"]
    assert told("1,280万元", "1280", "1200", "amount") == [("1", True), ("2", True), ("8", False), ("0", True)]


def test_signs_count_in_addresses_alone() -> None:
    assert told("a.b", "a.b", "a.b", "email") == [("a", True), (".", True), ("b", True)]
    assert told("甲、乙", "甲、乙", "甲、乙", "text") == [("甲", True), ("乙", True)]


def test_a_value_is_as_sure_as_its_least_sure_character() -> None:
    answers = list(of_looks(reading("甲 乙", agreed=(0.99, 0.0, 0.7)), "甲 丙", "text", "key"))
    value = next(each for each in answers if each.kind is Kind.AGREED_VALUE)
    assert (value.confidence, value.right) == (0.7, False)
    characters = [(each.confidence, each.right) for each in answers if each.kind is Kind.AGREED_CHARACTER]
    assert characters == [(0.99, True), (0.7, False)]


def test_what_was_not_looked_at_again_is_not_asked() -> None:
    assert list(of_looks(reading("甲乙"), "甲乙", "text", "key")) == []


def test_running_text_counts_by_its_characters_alone() -> None:
    answers = list(of_page(reading("甲乙"), "甲丙", "text", "unit_profile"))
    assert [(each.kind, each.right) for each in answers] == [(Kind.PAGE_CHARACTER, True), (Kind.PAGE_CHARACTER, False)]
