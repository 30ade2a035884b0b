"""Ticks on drawn pictures: whatever glyph the form prints and whatever the pen did to it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from extractors.forms.options import option_spans
from extractors.forms.ticks import PageInk, measure_ticks
from extractors.imaging.frame import PageFrame
from extractors.readers.protocol import Picture
from extractors.tables.cells import Grid, GridCell
from extractors.tables.rulings import find_rulings
from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox
from pipeline.model.text import CheckBox, Line
from tests.extractors.pictures import BLACK, BLUE, blank, write

WIDTH, HEIGHT, SIZE, TOP = 700, 300, 24, 140
FRAME = PageFrame(np.eye(3), (WIDTH, HEIGHT), (WIDTH, HEIGHT))
STROKES = {"☑": ([(-6, -1), (-2, 5), (6, -6)],), "☒": ([(-7, -7), (7, 7)], [(-7, 7), (7, -7)])}
"""What these signs have more than □: the fonts at hand lack them."""
OPTIONS = ("国有企业", "民营企业", "事业单位", "是", "否")


def box_of(index: int) -> tuple[int, int]:
    """Middle of the character in pixels."""
    return 40 + SIZE * index + SIZE // 2, TOP + SIZE // 2 + 2


def printed(text: str) -> tuple[Picture, Line]:
    """The text printed, and its line as a reader gives it: boxes read as □ (or left out as ' ')."""
    picture = blank(WIDTH, HEIGHT)
    for index, char in enumerate(text):  # one by one, so that each stands where its box says
        picture = write(picture, "□" if char in "☑☒" else char, 40 + SIZE * index, TOP, SIZE)
        if char in STROKES:
            x, y = box_of(index)
            for stroke in STROKES[char]:
                cv2.polylines(picture, [np.add(stroke, (x, y))], False, BLACK, 1, cv2.LINE_AA)
    y0, y1 = TOP - 5, TOP + SIZE + 7
    edges = [(40 + SIZE * index) / WIDTH for index in range(len(text) + 1)]
    boxes = [BBox(edges[index], y0 / HEIGHT, edges[index + 1], y1 / HEIGHT) for index in range(len(text))]
    chars = tuple(
        Char(text="□" if char in "☑☒■√" else char, confidence=0.95, bbox=box)
        for char, box in zip(text, boxes, strict=True)
    )
    box = BBox(40 / WIDTH, y0 / HEIGHT, (40 + SIZE * len(text)) / WIDTH, y1 / HEIGHT)
    return picture, Line(text="".join(char.text for char in chars), confidence=0.95, bbox=box, chars=chars)


def measured(picture: Picture, line: Line, grids: tuple[Grid, ...] = ()) -> dict[str, CheckBox]:
    rulings = find_rulings(picture, SIZE)
    ink = PageInk(rulings.ink, rulings.text_ink)
    return {box.option: box for box in measure_ticks(ink, (line,), OPTIONS, grids, FRAME, SIZE)}


def states(picture: Picture, line: Line) -> dict[str, bool | None]:
    return {option: box.ticked for option, box in measured(picture, line).items()}


@pytest.mark.parametrize("glyph", "☑☒■√")
def test_printed_ticks(glyph: str) -> None:
    assert states(*printed(f"　□国有企业　{glyph}民营企业　□事业单位")) == {
        "国有企业": False,
        "民营企业": True,
        "事业单位": False,
    }


def test_empty_boxes_are_not_ticked() -> None:
    assert set(states(*printed("　□国有企业　□民营企业　□事业单位")).values()) == {False}


def test_no_box_at_all_is_not_ticked() -> None:
    boxes = measured(*printed("　　国有企业　　民营企业"))
    assert all(box.ticked is False and box.fill == 0.0 for box in boxes.values())


def hooked(picture: Picture, x: int, y: int) -> None:
    cv2.polylines(picture, [np.array([[x - 8, y - 2], [x - 2, y + 7], [x + 11, y - 12]])], False, BLACK, 2)


def crossed(picture: Picture, x: int, y: int) -> None:
    cv2.line(picture, (x - 8, y - 8), (x + 8, y + 8), BLACK, 2)
    cv2.line(picture, (x - 8, y + 8), (x + 8, y - 8), BLACK, 2)


def filled(picture: Picture, x: int, y: int) -> None:
    cv2.circle(picture, (x, y), 7, BLACK, -1)


@pytest.mark.parametrize("pen", [hooked, crossed, filled])
def test_ticks_by_hand_in_an_empty_box(pen: Callable[[Picture, int, int], None]) -> None:
    picture, line = printed("　□国有企业　□民营企业　□事业单位")
    pen(picture, *box_of(line.text.index("民") - 1))
    assert states(picture, line) == {"国有企业": False, "民营企业": True, "事业单位": False}


def test_a_blue_pen_counts_as_ink() -> None:
    picture, line = printed("　□是　□否")
    x, y = box_of(line.text.index("否") - 1)
    cv2.polylines(picture, [np.array([[x - 8, y - 2], [x - 2, y + 7], [x + 11, y - 12]])], False, BLUE, 3)
    assert states(picture, line) == {"是": False, "否": True}


def test_a_tick_written_where_no_box_is_printed() -> None:
    picture, line = printed("　　国有企业　　民营企业")
    hooked(picture, *box_of(line.text.index("国") - 1))
    assert states(picture, line) == {"国有企业": True, "民营企业": False}


def test_dust_in_a_box_is_no_tick() -> None:
    picture, line = printed("　□国有企业　□民营企业")
    x, y = box_of(1)
    picture[y : y + 2, x : x + 2] = BLACK
    assert states(picture, line)["国有企业"] is False


def test_a_tick_read_by_the_reader_counts_where_its_ink_is_part_of_the_word() -> None:
    _, line = printed("　□是　√否")
    chars = tuple(
        char.model_copy(update={"text": "√"}) if index == line.text.index("否") - 1 else char
        for index, char in enumerate(line.chars)
    )
    read = line.model_copy(update={"chars": chars, "text": "".join(char.text for char in chars)})
    assert states(blank(WIDTH, HEIGHT), read) == {"是": False, "否": True}
    guessed = tuple(char.model_copy(update={"confidence": 0.35}) if char.text == "√" else char for char in chars)
    assert states(blank(WIDTH, HEIGHT), read.model_copy(update={"chars": guessed})) == {"是": False, "否": False}


def test_the_ruling_and_what_lies_beyond_it_are_no_tick() -> None:
    picture, line = printed("　国有企业")
    cv2.circle(picture, (40, TOP + SIZE // 2), 8, BLACK, -1)  # in the neighbouring cell
    neighbour, own = GridCell(0, 0, 1, 1, (0, 100, 52, 220)), GridCell(0, 1, 1, 1, (52, 100, 690, 220))
    grid = Grid((0, 100, 690, 220), 1, 2, (neighbour, own))
    assert measured(picture, line, (grid,))["国有企业"].ticked is False
    assert measured(picture, line)["国有企业"].ticked is True


@pytest.mark.parametrize("cut", [0, 2, 4, 6])
def test_an_empty_box_is_empty_where_its_row_s_slanting_border_cuts_the_place_short(cut: int) -> None:
    picture, line = printed("　□国有企业　☑民营企业　□事业单位")
    cv2.line(picture, (0, TOP - 3), (WIDTH, TOP - 9), BLACK, 2)
    own = GridCell(0, 0, 1, 1, (10, TOP + cut, 690, 220))
    late = tuple(
        char.model_copy(update={"bbox": BBox(char.bbox.x0 + 8 / WIDTH, char.bbox.y0, char.bbox.x1, char.bbox.y1)})
        if char.text == "国" and char.bbox
        else char
        for char in line.chars
    )  # its first stroke lies in the place before it
    boxes = measured(picture, line.model_copy(update={"chars": late}), (Grid(own.box, 1, 1, (own,)),))
    assert {option: box.ticked for option, box in boxes.items()} == {
        "国有企业": False, "民营企业": True, "事业单位": False
    }  # fmt: skip
    assert boxes["国有企业"].boxed and boxes["事业单位"].boxed


def test_a_tick_mostly_below_its_clean_box_is_one() -> None:
    text = "　□国有企业　　□　民营企业　□事业单位"
    picture, line = printed(text)
    x, y = box_of(text.index("□　民"))
    stroke = np.add([(-13, 9), (-3, 22), (20, -20)], (x, y))
    cv2.polylines(picture, [stroke], False, BLACK, 3, cv2.LINE_AA)
    found = states(picture, line)
    assert found["民营企业"] is not False and found["国有企业"] is False and found["事业单位"] is False


def test_a_direction_s_box_read_as_a_letter_is_its_box() -> None:
    picture, line = printed("□方向2：芯片")
    hooked(picture, *box_of(0))
    chars = (line.chars[0].model_copy(update={"text": "二"}), *line.chars[1:])
    misread = line.model_copy(update={"text": "二" + line.text[1:], "chars": chars})
    assert states(picture, misread) == {"方向2": True}


def test_whether_an_empty_box_stands_there_is_told() -> None:
    picture, line = printed("　□国有企业　　民营企业　□事业单位")
    hooked(picture, *box_of(line.text.index("事") - 1))
    assert {option: box.boxed for option, box in measured(picture, line).items()} == {
        "国有企业": True,
        "民营企业": False,
        "事业单位": False,
    }


def test_directions_are_options_by_their_number() -> None:
    picture, line = printed("　□方向2：芯片　☑方向11：机器人")
    assert states(picture, line) == {"方向2": False, "方向11": True}


def test_yes_and_no_inside_a_sentence_are_no_options() -> None:
    assert measured(*printed("　□是否上市公司")) == {}


def test_boxes_stand_where_their_mark_and_word_stand() -> None:
    box = measured(*printed("　□国有企业　☑民营企业"))["民营企业"]
    x, y = box_of(7)
    assert box.bbox.contains(x / WIDTH, y / HEIGHT)
    assert box.label.rounded()[0] == round((40 + SIZE * 8) / WIDTH, 5)
    assert box.bbox.x1 <= box.label.x0 + 0.01


def test_a_tick_in_brackets_is_the_readers_to_see() -> None:
    picture, line = printed("[ ]国有企业　[√]民营企业　[ ]事业单位")
    chars = tuple(char.model_copy(update={"text": "√"}) if char.text == "□" else char for char in line.chars)
    seen = line.model_copy(update={"text": "".join(char.text for char in chars), "chars": chars})
    assert states(picture, seen) == {
        "国有企业": False,
        "民营企业": True,
        "事业单位": False,
    }
    unopened = seen.text.replace("[√", " √")
    assert states(picture, seen.model_copy(update={"text": unopened}))["民营企业"] is True


def test_a_tick_that_stands_mostly_above_its_box() -> None:
    picture, line = printed("　□国有企业　□民营企业　□事业单位")
    x, y = box_of(line.text.index("民") - 1)
    cv2.polylines(picture, [np.array([(x - 16, y - 18), (x - 8, y - 8), (x + 8, y - 30)])], False, BLUE, 3, cv2.LINE_AA)
    assert states(picture, line) == {"国有企业": False, "民营企业": True, "事业单位": False}


def test_the_row_above_is_no_tick_however_near() -> None:
    picture, line = printed("　□国有企业　□民营企业")
    for option in ("国", "民"):
        x, y = box_of(line.text.index(option) - 1)
        cv2.rectangle(picture, (x - 9, y - 34), (x + 9, y - 15), BLACK, 1)
    assert states(picture, line) == {"国有企业": False, "民营企业": False}


@pytest.mark.parametrize("ticked", [True, False])
def test_a_single_word_stands_where_the_ink_ends_not_where_its_line_does(ticked: bool) -> None:
    picture, line = printed("　■是" if ticked else "　□是")
    wide = line.bbox.__class__(line.bbox.x0, line.bbox.y0, line.bbox.x1 + 3 * SIZE / WIDTH, line.bbox.y1)
    (_, _, word) = line.chars
    blurred = word.model_copy(update={"bbox": line.bbox.__class__(line.bbox.x0, line.bbox.y0, wide.x1, line.bbox.y1)})
    seen = line.model_copy(update={"text": "是", "bbox": wide, "chars": (blurred,)})
    assert states(picture, seen) == {"是": ticked}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("X是 □否", ["是", "否"]),
        ("·否。是", ["否", "是"]),
        ("⊠否", ["否"]),
        ("是否上市公司", []),
        ("□" * 40 + "公司是", []),
    ],
)
def test_yes_and_no_beside_boxes_however_these_were_read(text: str, found: list[str]) -> None:
    _, line = printed(text)
    assert sorted(option for option, _, _ in option_spans(line, OPTIONS)) == sorted(found)


def test_a_word_whose_place_is_read_askew_starts_where_its_ink_does() -> None:
    rows = []
    picture = blank(WIDTH, 700)
    for row in range(6):
        printed_row, line = printed(f"　□方向{row + 1}：系统")
        picture[20 + 100 * row : 90 + 100 * row] = printed_row[TOP - 30 : TOP + 40]
        shift = 0.5 * SIZE / WIDTH if row == 2 else 0.0
        up = (20 + 100 * row - TOP + 30) / 700
        rows.append(moved(line, shift, up))
    rulings = find_rulings(picture, SIZE)
    frame = PageFrame(np.eye(3), (WIDTH, 700), (WIDTH, 700))
    boxes = measure_ticks(PageInk(rulings.ink, rulings.text_ink), rows, OPTIONS, (), frame, SIZE)
    assert [box.ticked for box in boxes] == [False] * 6


def moved(line: Line, shift: float, up: float) -> Line:
    """A line of a page 700 pixels high, its characters said to stand further right than they do."""

    def place(box: BBox, right: float) -> BBox:
        y0, y1 = box.y0 * HEIGHT / 700 + up, box.y1 * HEIGHT / 700 + up
        return BBox(box.x0 + right, y0, box.x1 + right, y1)

    chars = tuple(char.model_copy(update={"bbox": place(char.bbox, shift)}) for char in line.chars if char.bbox)
    return line.model_copy(update={"bbox": place(line.bbox, 0.0), "chars": chars})


def test_a_box_read_as_a_figure_before_no_is_its_box() -> None:
    picture, line = printed("　　☑否　　　□是")
    at = line.text.index("□")
    chars = tuple(char.model_copy(update={"text": "6"}) if n == at else char for n, char in enumerate(line.chars))
    misread = line.model_copy(update={"text": "".join(char.text for char in chars), "chars": chars})
    assert states(picture, misread) == {"否": True, "是": False}


def penned(text: str, strokes: list[list[tuple[int, int]]]) -> dict[str, bool | None]:
    """The states of a printed text's boxes with coloured strokes over them."""
    picture, line = printed(text)
    pens = np.zeros((HEIGHT, WIDTH), np.uint8)
    for stroke in strokes:
        cv2.polylines(pens, [np.array(stroke)], False, (255,), 3)
    rulings = find_rulings(picture, SIZE)
    ink = PageInk(rulings.ink | pens, rulings.text_ink | pens, pens)
    return {box.option: box.ticked for box in measure_ticks(ink, (line,), OPTIONS, (), FRAME, SIZE)}


def tick_at(index: int) -> list[tuple[int, int]]:
    """A tick that begins in a small box and runs far into the word after it."""
    x, y = box_of(index)
    return [(x - 6, y - 2), (x, y + 8), (x + 18, y - 16)]


def test_a_coloured_pens_tick_counts_whatever_it_made_of_its_box_and_word() -> None:
    text = "　□国有企业　　民营企业　□事业单位"
    assert penned(text, [tick_at(text.index("民") - 1)]) == {"国有企业": False, "民营企业": True, "事业单位": False}


def test_a_form_printed_in_colour_is_not_ticked_all_over() -> None:
    text = "　□国有企业　□民营企业　□事业单位"
    squares = [box_of(index) for index, char in enumerate(text) if char == "□"]
    sides = [[(x - 9, y - 9), (x + 9, y - 9), (x + 9, y + 9), (x - 9, y + 9), (x - 9, y - 9)] for x, y in squares]
    assert True not in penned(text, sides).values()


def test_a_pens_tick_far_from_a_word_is_another_options() -> None:
    """否 under the tick was not read; what is left of it stands before 是."""
    text = "　　　　　　　□是"
    assert penned(text, [tick_at(2)])["是"] is False
