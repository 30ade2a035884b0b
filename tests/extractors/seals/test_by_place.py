"""Several looks at one ring made one name, letter by letter where each stands."""

from __future__ import annotations

from extractors.readers.protocol import RecognisedChar, RecognisedLine
from extractors.seals.by_place import name_by_place

WHOLE = "四川瀚海科技有限公司"


def look(letters: dict[int, tuple[str, float]] | None = None, only: range = range(len(WHOLE))) -> RecognisedLine:
    """A look at the whole ring that read some letters otherwise (by place), and saw no others than `only`."""
    step = 1 / (len(WHOLE) + 1)
    chars = []
    for at, letter in enumerate(WHOLE):
        text, confidence = (letters or {}).get(at, (letter, 0.98))
        if at in only and text:
            middle = step * (at + 1)
            chars.append(RecognisedChar(text, confidence, "", 0.0, middle - 0.3 * step, middle + 0.3 * step, "瀚"))
    return RecognisedLine("".join(char.text for char in chars), 0.9, tuple(chars))


def test_what_one_look_does_not_see_others_do() -> None:
    name = name_by_place([look(only=range(3, 8)), look({2: ("翰", 0.4)}), look(), look(only=range(5))])
    assert (name.text, name.lost) == (WHOLE, False)
    assert name.chars[8].confidence < 0.6 < 0.9 < name.chars[4].confidence


def test_a_letter_is_the_one_that_the_looks_are_together_surest_of() -> None:
    name = name_by_place(
        [look({2: ("翰", 0.5)}), look({2: ("輸", 0.45)}), look({2: ("瀚", 0.6)}), look({2: ("翰", 0.3)})]
    )
    assert name.text[2] == "翰" and "瀚" in name.chars[2].candidates and name.chars[2].confidence < 0.3


def test_a_place_that_no_look_reads_is_lost_where_it_is() -> None:
    name = name_by_place([look({4: ("", 0.0)}), look({4: ("", 0.0)})])
    assert (name.text, name.lost) == (WHOLE[:4] + WHOLE[5:], True)
    assert name.middles[4] - name.middles[3] > 1.8 * (name.middles[3] - name.middles[2])


def test_what_few_looks_see_beyond_the_ends_is_no_letter() -> None:
    beyond = look({0: ("時", 0.9), 9: ("I", 0.9)})
    bare = look({0: ("", 0.0), 9: ("", 0.0)})
    assert name_by_place([beyond, bare, bare]).text == WHOLE[1:-1]
    assert name_by_place([look({9: ("I", 0.9)})] * 3).text == WHOLE[:-1]


def test_figures_of_the_serial_are_no_letters() -> None:
    assert name_by_place([look({0: ("5", 0.9)}), look({0: ("5", 0.9)})]).text == WHOLE[1:]


def test_a_ring_without_chinese_is_read_as_a_whole() -> None:
    chars = tuple(RecognisedChar(c, 0.9, "", 0.0, 0.1 * i, 0.1 * i + 0.05) for i, c in enumerate("ACME"))
    assert name_by_place([RecognisedLine("ACME", 0.9, chars)]).text == "ACME"
    assert name_by_place([RecognisedLine("", 0.0, ())]).text == ""
