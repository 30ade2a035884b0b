"""Comparing readings: properties that hold for whatever stands in a box."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.alignment import align, key_of, without_prompts
from checks.certainty import Certainty, Ground, Span, certainty, of_grounds
from checks.comparison import compare
from checks.significance import is_grave
from checks.weighing import weigh
from pipeline.model.evidence import Char, Reading, Source
from pipeline.model.finding import Outcome

KINDS = [
    "name",
    "person",
    "title",
    "email",
    "mobile",
    "fax",
    "amount",
    "count",
    "code",
    "text",
    "product",
    "address",
    "cell",
]
TEXT = st.text(alphabet="成都甲乙科技（()，。、.5O0o1lI-/ 万元年月日%≥未末己已\n", max_size=24)


def paper(raw: str, looks: int = 2, certain: bool = True) -> Reading:
    chars = tuple(Char(text=char, confidence=0.9) for char in raw)
    marks = (certain,) * len(raw) if looks > 1 else ()
    return Reading(value=raw, raw=raw, source=Source.PAPER, chars=chars, looks=looks, certain=marks)


def online(raw: str) -> Reading:
    return Reading(value=raw, raw=raw, source=Source.ONLINE)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KINDS), TEXT, TEXT)
def test_spans_stay_inside_the_raw_text_and_equality_is_mutual(kind: str, one: str, other: str) -> None:
    left, right = paper(one), online(other)
    comparison = compare(left, right, kind)
    assert comparison.equal == compare(right, left, kind).equal == (key_of(kind, one) == key_of(kind, other))
    for difference in comparison.differences:
        for span in difference.ground.spans:
            assert 0 <= span.start <= span.end <= len(span.reading.raw)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(KINDS), TEXT, TEXT)
def test_doubt_is_the_papers(kind: str, one: str, other: str) -> None:
    levels = {
        wanted: {of_grounds([each.ground]) for each in compare(reading, online(other), kind).differences}
        for wanted, reading in (
            (Certainty.SURE, paper(one)),
            (Certainty.UNSURE, paper(one, certain=False)),
            (Certainty.UNSEEN, paper(one, looks=1)),
        )
        if one
    }
    assert all(found <= {wanted} for wanted, found in levels.items())


@pytest.mark.parametrize(
    ("kind", "raw", "value", "place"),
    [
        ("amount", "1,234.5万元", "1234.6", "5"),
        ("code", "9151 0100-A", "91510100B", "A"),
        ("text", "甲、乙2丙", "甲乙3丙", "2"),
    ],
)
def test_the_difference_points_at_its_character(kind: str, raw: str, value: str, place: str) -> None:
    reading = paper(raw).model_copy(update={"value": {"code": "91510100A", "amount": "1234.5"}.get(kind, raw)})
    (difference,) = compare(reading, online(value), kind).differences
    span = difference.ground.spans[0]
    assert raw[span.start : span.end] == place


def test_what_is_left_out_rests_on_its_neighbours_and_their_like() -> None:
    reading = paper("150007")
    (difference,) = compare(reading, online("1500007"), "amount").differences
    span = difference.ground.spans[0]
    assert reading.raw[span.start : span.end] == "50007"


def test_prompts_are_no_part_of_an_answer() -> None:
    raw = "指上一个财年(提供证明 材料) 5000"
    kept = without_prompts(raw, ("指上一个财年（提供证明材料）",))
    assert "".join(raw[index] for index in kept).strip() == "5000"
    assert align(paper(raw), "amount", ("指上一个财年（提供证明材料）",)).key == "5000"


def test_certainty_of_a_span() -> None:
    reading = paper("甲乙丙").model_copy(update={"certain": (True, False, True)})
    assert certainty(Span(reading, 0, 1)) is Certainty.SURE
    assert certainty(Span(reading, 0, 2)) is Certainty.UNSURE
    assert certainty(Span(paper("甲", looks=1), 0, 1)) is Certainty.UNSEEN
    assert certainty(Span(reading.model_copy(update={"certain": (True,)}), 0, 1)) is Certainty.UNSURE
    assert of_grounds([Ground((Span(reading, 1, 2),)), Ground((Span(reading, 2, 3),))]) is Certainty.SURE


@pytest.mark.parametrize(
    ("left", "right", "piece", "grave"),
    [
        ("设计与销售", "设计和销售", (2, 3, 2, 3), False),
        ("共5项专利", "共6项专利", (1, 2, 1, 2), True),
        ("共5项专利", "共5件专利", (2, 3, 2, 3), True),
        ("支持ai训练", "支持aj训练", (3, 4, 3, 4), True),
        ("主营芯片", "主营芯片设计销售", (4, 4, 4, 8), True),
        ("主营芯片", "主营芯片设计", (4, 4, 4, 6), False),
        ("与川大合作", "与川太合作", (2, 3, 2, 3), True),
    ],
)
def test_what_is_grave_in_running_text(left: str, right: str, piece: tuple[int, int, int, int], grave: bool) -> None:
    assert is_grave(left, right, piece, names=("川大",)) is grave


def doubted(raw: str, at: int, candidates: str) -> Reading:
    """A paper value looked at twice, one character of which stayed in doubt."""
    reading = paper(raw)
    chars = tuple(
        char.model_copy(update={"candidates": candidates}) if index == at else char
        for index, char in enumerate(reading.chars)
    )
    return reading.model_copy(update={"chars": chars, "certain": tuple(index != at for index in range(len(raw)))})


@pytest.mark.parametrize(
    ("filed", "candidates", "level"),
    [
        ("潘海", "或彣域", Certainty.SURE),  # whatever it is, no look thought of 海
        ("潘或", "或彣域", Certainty.UNSURE),
        ("潘海", "", Certainty.UNSURE),  # nobody knows what else it may be
        ("潘海成", "或彣域", Certainty.UNSURE),  # not character for character
    ],
)
def test_a_character_in_doubt_is_surely_another_where_no_look_thought_of_the_filed_one(
    filed: str, candidates: str, level: Certainty
) -> None:
    filing = Reading(value=filed, raw=filed, source=Source.ONLINE)
    differences = compare(doubted("潘彧", 1, candidates), filing, "person").differences
    assert of_grounds(each.ground for each in differences) is level


def test_characters_told_apart_by_a_hair_need_both_readers() -> None:
    surely = doubted("1imiao@example.org", 0, "lI|").model_copy(update={"certain": (True,) * 18})
    for filed, level in (("limiao@example.org", Certainty.UNSURE), ("7imiao@example.org", Certainty.SURE)):
        filing = Reading(value=filed, raw=filed, source=Source.ONLINE)
        differences = compare(surely, filing, "email").differences
        assert of_grounds(each.ground for each in differences) is level


@pytest.mark.parametrize(
    ("paper_text", "filed", "certain", "outcome"),
    [
        ("面向Al芯片的平台", "面向AI芯片的平台", False, Outcome.PASSED),  # some faces print them alike
        ("面向Al芯片的平台", "面向AI芯片的平台", True, Outcome.FAILED),  # both engines are sure
        ("面向AR芯片的平台", "面向AI芯片的平台", False, Outcome.FAILED),
        ("覆盖15家单位", "覆盖16家单位", True, Outcome.FAILED),
    ],
)
def test_in_running_text_letters_printed_alike_count_only_where_they_are_sure(
    paper_text: str, filed: str, certain: bool, outcome: Outcome
) -> None:
    found = paper(paper_text, certain=certain)
    filing = Reading(value=filed, raw=filed, source=Source.ONLINE)
    ruling = weigh("X101", "unit_profile", compare(found, filing, "text"), found=found, expected=filing)
    assert ruling.outcome is outcome


@pytest.mark.parametrize(
    ("kind", "paper_text", "filed", "certain", "outcome"),
    [
        ("product", "TinyInfer平台", "Tinylnfer平台", False, Outcome.PASSED),
        ("product", "TinyInfer平台", "Tinylnfer平台", True, Outcome.FAILED),
        ("cell", "NVIDIA IO吞吐", "NVIDlA IO吞吐", False, Outcome.PASSED),
        ("cell", "能效6.25T0PS/W", "能效6.25TOPS/W", False, Outcome.PASSED),  # a figure inside a word
        ("cell", "能效6.25TOPS/W", "能效6.26TOPS/W", False, Outcome.FAILED),
        ("email", "a0b@example.org", "aob@example.org", False, Outcome.FAILED),
        ("email", "1imiao@example.org", "limiao@example.org", False, Outcome.FAILED),  # a figure counts
        ("phone", "1380000001O", "13800000010", False, Outcome.FAILED),
    ],
)
def test_in_a_box_letters_printed_alike_count_only_where_they_are_sure_and_figures_always(
    kind: str, paper_text: str, filed: str, certain: bool, outcome: Outcome
) -> None:
    found = paper(paper_text, certain=certain)
    filing = Reading(value=filed, raw=filed, source=Source.ONLINE)
    ruling = weigh("X101", "box", compare(found, filing, kind), found=found, expected=filing)
    assert ruling.outcome is outcome
