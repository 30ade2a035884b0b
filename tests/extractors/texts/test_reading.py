from __future__ import annotations

import numpy as np

from extractors.imaging.frame import PageFrame
from extractors.readers.protocol import RecognisedLine
from extractors.texts.reading import read_lines
from pipeline.model.geometry import BBox
from pipeline.model.text import Layer, Line
from tests.extractors.fake_readers import ScriptedReader, recognised
from tests.extractors.pictures import blank, rectangle

FRAME = PageFrame(np.eye(3), (400, 400), (400, 400))
QUAD = rectangle(100, 100, 300, 120)


def read(
    *answers: str | RecognisedLine,
    coloured: bool = False,
    stamps: tuple[BBox, ...] = (),
    cleared: Layer = Layer.WITHOUT_RED,
) -> tuple[tuple[Line, ...], ScriptedReader]:
    full, mask = blank(400, 400), np.zeros((400, 400), np.uint8)
    full[90:130, 90:310] = (60, 60, 200)
    if coloured:
        mask[100:120, 100:200] = 255
    reader = ScriptedReader(*answers)
    return read_lines((QUAD,), full, blank(400, 400), mask, stamps, FRAME, reader, cleared), reader


def test_a_line_with_its_characters_places() -> None:
    (line,), reader = read("某某公司")
    assert (line.text, line.layer) == ("某某公司", Layer.FULL)
    assert line.bbox.rounded() == (0.25, 0.25, 0.75, 0.3)
    assert [char.bbox.rounded() for char in line.chars if char.bbox][1] == (0.375, 0.25, 0.5, 0.3)
    assert len(reader.seen) == 1


def test_under_coloured_ink_both_layers_are_read_and_the_surer_one_kept() -> None:
    (line,), reader = read(recognised("某菜公司", 0.7), recognised("某某公司", 0.9), coloured=True)
    assert (line.text, line.layer) == ("某某公司", Layer.FULL)
    assert [(other.text, other.layer) for other in line.others] == [("某菜公司", Layer.WITHOUT_RED)]
    assert reader.seen[0].mean() > 250 and reader.seen[1].mean() < 150  # first without the ink, then with it


def test_the_layer_without_ink_wins_a_tie() -> None:
    (line,), _ = read(recognised("某某公司", 0.9), recognised("某菜公司", 0.92), coloured=True)
    assert line.text == "某某公司" and line.others[0].text == "某菜公司"


def test_layers_that_agree_leave_nothing_beside() -> None:
    (line,), _ = read("某某公司", "某某公司", coloured=True)
    assert line.others == ()


def test_the_stamps_own_letters_are_no_text() -> None:
    stamp = BBox(0.2, 0.2, 0.8, 0.4)
    assert read(recognised("公章编号", 0.6), stamps=(stamp,))[0] == ()
    (printed,), _ = read(recognised("某某公司", 0.95), stamps=(stamp,))
    assert printed.text == "某某公司"


def test_stains_are_no_text() -> None:
    assert read(recognised("丶", 0.3))[0] == ()
    assert read("")[0] == ()
    assert [line.text for line in read(recognised("看不太清", 0.4))[0]] == ["看不太清"]


def test_ink_that_reads_as_nothing_is_read_once_more_tighter() -> None:
    clear = blank(400, 400)
    clear[104:116, 120:160] = 0
    reader = ScriptedReader("", "否")
    none = np.zeros((400, 400), np.uint8)
    (line,) = read_lines((QUAD,), clear, clear, none, (), FRAME, reader)
    assert line.text == "否"
    assert reader.seen[1].shape[0] / reader.seen[1].shape[1] < reader.seen[0].shape[0] / reader.seen[0].shape[1]
    reader = ScriptedReader("", "否")
    assert read_lines((QUAD,), blank(400, 400), blank(400, 400), none, (), FRAME, reader) == ()
    assert len(reader.seen) == 1


def test_a_lone_letter_that_reads_like_a_stain_is_read_once_more_tighter() -> None:
    clear = blank(400, 400)
    clear[104:116, 120:160] = 0
    none = np.zeros((400, 400), np.uint8)
    (line,) = read_lines((QUAD,), clear, clear, none, (), FRAME, ScriptedReader(recognised("s", 0.4), "S"))
    assert line.text == "S"
    worse = ScriptedReader(recognised("s", 0.4), recognised("8", 0.3))
    assert read_lines((QUAD,), clear, clear, none, (), FRAME, worse) == ()


def test_under_a_black_seal_the_fuller_of_two_sure_readings_counts() -> None:
    whole = (BBox(0.2, 0.2, 0.8, 0.8),)
    answers = recognised("2021年月4日", 0.99), recognised("2021年11月4日", 0.9)
    (line,), _ = read(*answers, coloured=True, stamps=whole, cleared=Layer.WITHOUT_SEAL)
    assert (line.text, line.layer, line.others[0].text) == ("2021年11月4日", Layer.FULL, "2021年月4日")
    answers = recognised("二〇二一年", 0.95), recognised("二百〇二一年", 0.7)
    (line,), _ = read(*answers, coloured=True, stamps=whole, cleared=Layer.WITHOUT_SEAL)
    assert (line.text, line.layer) == ("二〇二一年", Layer.WITHOUT_SEAL)


def test_print_that_only_reads_with_a_black_seal_on_it_is_kept() -> None:
    answers = recognised("四川", 0.4), recognised("四川某某公司", 0.95)
    (line,), _ = read(*answers, coloured=True, stamps=(BBox(0.2, 0.2, 0.8, 0.8),), cleared=Layer.WITHOUT_SEAL)
    assert line.text == "四川某某公司"


def test_a_piece_of_a_line_found_twice_is_no_line_of_its_own() -> None:
    quads = (QUAD, rectangle(200, 102, 290, 118), rectangle(310, 100, 390, 120), QUAD.copy())
    reader = ScriptedReader("联系电话13800000000", "00000000", "00000000", "联系电话13800000000")
    pictures = blank(400, 400), blank(400, 400), np.zeros((400, 400), np.uint8)
    lines = read_lines(quads, *pictures, (), FRAME, reader)
    assert [(line.text, round(line.bbox.x0, 2)) for line in lines] == [
        ("联系电话13800000000", 0.25),
        ("00000000", 0.78),
    ]
