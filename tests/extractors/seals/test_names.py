"""A seal's name: several looks made one, letters kept apart from what is not the name."""

from __future__ import annotations

from extractors.readers.protocol import RecognisedChar, RecognisedLine
from extractors.seals.names import Name, name_in, outvote, spelt


def read(text: str, *unsure: tuple[int, float, str]) -> RecognisedLine:
    """A line evenly spaced; unsure letters by index, probability and what else they may be."""
    doubts = {index: (confidence, others) for index, confidence, others in unsure}
    step = 1 / len(text)
    chars = tuple(
        RecognisedChar(
            char,
            doubts.get(index, (0.99, ""))[0],
            doubts.get(index, (0.99, " "))[1][0],
            0.1 if index in doubts else 0.0,
            step * (index + 0.2),
            step * (index + 0.8),
            doubts.get(index, (0.99, ""))[1],
        )
        for index, char in enumerate(text)
    )
    return RecognisedLine(text, 0.9, chars)


def name(text: str, *unsure: tuple[int, float, str]) -> Name:
    return name_in(read(text, *unsure))


def test_the_likeliest_letter_of_three_looks_wins() -> None:
    looks = [
        name("四川瀚海公司", (2, 0.4, "翰")),
        name("四川翰海公司", (2, 0.5, "瀚")),
        name("四川瀚海公司", (2, 0.7, "翰")),
    ]
    assert outvote(looks).text == "四川瀚海公司"


def test_what_a_letter_may_be_is_kept_of_all_looks() -> None:
    voted = outvote([name("四川翰海公司", (2, 0.5, "輸瀚")), name("四川翰海公司", (2, 0.5, "幹"))])
    assert set("輸瀚幹") <= set(voted.chars[2].candidates)


def test_a_look_that_lost_a_letter_does_not_shorten_the_name() -> None:
    assert outvote([name("四川瀚海公司"), name("四川海公司"), name("四川瀚海公司")]).text == "四川瀚海公司"


def test_latin_letters_at_the_ends_of_a_chinese_name_are_a_serial_upside_down() -> None:
    assert name("SISI四川瀚海公司").text == "四川瀚海公司"
    assert name("ABC").text == "ABC"


def test_nothing_read_stays_nothing() -> None:
    assert outvote([Name("", 0.0), Name("", 0.0)]).text == ""


def test_brackets_are_half_width() -> None:
    assert spelt(read("（").chars[0]).text == "("
