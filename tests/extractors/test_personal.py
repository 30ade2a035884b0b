from __future__ import annotations

from extractors.personal import looked_without_identity_numbers, without_identity_numbers
from pipeline.model.evidence import Char, Reading, Source
from tests.extractors.records import line, page, table

NUMBER, SHOWN = "11010519491231002X", "110*************2X"
LABELS = ("身份证",)


def test_nothing_of_a_number_is_left_in_a_pages_reading() -> None:
    misread = line(f"身份证号{NUMBER[:-2]}8X")
    own = line(f"身份证号{NUMBER}", 0.1, 0.2).model_copy(update={"others": (misread,)})
    read = without_identity_numbers(page([own], table([["号码", NUMBER]])).reading, LABELS)
    assert NUMBER[3:-2] not in read.model_dump_json()
    assert f"身份证号{SHOWN}" in {each.text for each in read.lines}
    assert read.tables[0].cells[1].text == SHOWN
    (masked, *_) = [each for each in read.lines if SHOWN in each.text]
    assert "".join(char.text for char in masked.chars) == masked.text


def test_its_place_is_where_its_characters_stand() -> None:
    own = line(f"身份证号{NUMBER}", 0.1, 0.2)
    (box,) = without_identity_numbers(page([own]).reading, LABELS).personal
    boxes = [char.bbox for char in own.chars[4:] if char.bbox]
    assert (box.x0, box.x1) == (boxes[0].x0, boxes[-1].x1)


def test_a_page_without_numbers_stays_itself() -> None:
    reading = page([line("13800000002"), line("91510100MA61XXXX0X", 0.1, 0.2)]).reading
    assert without_identity_numbers(reading, LABELS) is reading


def test_a_second_look_is_masked_too() -> None:
    chars = tuple(Char(text=char, confidence=0.9, runner_up="8", candidates="83") for char in NUMBER)
    looked = Reading(value=NUMBER, raw=NUMBER, source=Source.PAPER, chars=chars)
    found = looked_without_identity_numbers(looked, looked, LABELS)
    assert (found.raw, found.value) == (SHOWN, SHOWN)
    assert found.chars[5] == Char(text="*", confidence=0.9) and found.chars[0] == chars[0]


def test_what_was_masked_before_is_masked_though_it_is_misread_now() -> None:
    before = Reading(value=f"负责人{SHOWN}", raw=f"负责人{SHOWN}", source=Source.PAPER)
    misread = f"负责人{NUMBER[:-2]}8X"
    looked = Reading(value=misread, raw=misread, source=Source.PAPER)
    assert looked_without_identity_numbers(looked, before, LABELS).raw == "负责人110*************8X"
    assert looked_without_identity_numbers(looked, looked, LABELS).raw == misread
