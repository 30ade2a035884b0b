"""Letters lost from a ring's line, looked at one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extractors.readers.protocol import Picture, RecognisedChar, RecognisedLine
from extractors.seals.names import Name, name_in
from extractors.seals.slots import CERTAIN, with_covered_letters, with_missing_letters

WHOLE = "四川瀚海科技有限公司"


class LetterReader:
    """Reads every single letter as the same."""

    name = "letter"

    def __init__(self, text: str, confidence: float = 0.8) -> None:
        self._line = RecognisedLine(
            text, confidence, tuple(RecognisedChar(char, confidence, "", 0.0, 0.2, 0.8, "瀚") for char in text)
        )
        self.asked = 0

    def read_crops(self, crops: Sequence[Picture]) -> tuple[RecognisedLine, ...]:
        self.asked += len(crops)
        return tuple(self._line for _ in crops)


def read_without(*lost: int) -> Name:
    step = 1 / len(WHOLE)
    chars = tuple(
        RecognisedChar(char, 0.99, "", 0.0, step * (at + 0.2), step * (at + 0.8))
        for at, char in enumerate(WHOLE) if at not in lost
    )  # fmt: skip
    return name_in(RecognisedLine("".join(char.text for char in chars), 0.99, chars))


def strip(*empty: int) -> np.ndarray:
    ink = np.full((56, 560), 200, np.uint8)
    for at in empty:
        ink[:, 56 * at : 56 * (at + 1)] = 0
    return ink


def test_a_letter_lost_inside_is_put_in_with_doubt_and_what_else_it_may_be() -> None:
    name = with_missing_letters(read_without(2), [strip(), strip()], LetterReader("翰"))
    assert name.text == "四川翰海科技有限公司" and not name.lost
    assert name.chars[2].confidence <= CERTAIN and "瀚" in name.chars[2].candidates


def test_letters_at_the_ends_are_put_in_only_if_they_read_well() -> None:
    assert with_missing_letters(read_without(0, 1), [strip()], LetterReader("四")).text == "四四瀚海科技有限公司"
    faint = with_missing_letters(read_without(0, 1), [strip()], LetterReader("四", 0.2))
    assert (faint.text, faint.lost) == ("瀚海科技有限公司", True)


def test_where_no_ink_is_or_digits_stand_there_is_no_letter() -> None:
    nobody = LetterReader("翰")
    assert with_missing_letters(read_without(2), [strip(2)], nobody).text == "四川海科技有限公司"
    assert nobody.asked == 0
    assert with_missing_letters(read_without(2), [strip()], LetterReader("510")).text == "四川海科技有限公司"


def test_letters_read_by_chance_under_print_count_as_hidden_by_it() -> None:
    name = read_without()
    unsure = tuple(
        char.model_copy(update={"confidence": 0.2 if at in (2, 5, 7) else 0.99}) for at, char in enumerate(name.chars)
    )
    print_over = strip(0, 1, 2, 3, 4, 6, 8, 9)  # print lies over 5 and 7
    assert with_covered_letters(replace(name, chars=unsure), print_over).hidden == 2
    assert with_covered_letters(name, print_over).hidden == 0
    assert with_covered_letters(replace(name, chars=unsure, hidden=1), strip(*range(10))).hidden == 1
