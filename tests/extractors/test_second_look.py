from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.forms.flow import flow_of_lines
from extractors.imaging.cutter import PageCutter, turn
from extractors.imaging.frame import PageFrame
from extractors.readers.protocol import Picture, RecognisedLine
from extractors.second_look import SCALES, look_again
from pipeline.model.evidence import Char, Place, Reading, Source
from pipeline.model.geometry import BBox, union
from pipeline.model.seal import Ink, SealMark, Shape
from pipeline.values import normalise
from tests.bare_pages import bare_page, straight_page
from tests.extractors.fake_readers import ScriptedReader, recognised
from tests.extractors.pictures import FONT, RED, blank
from tests.extractors.records import line

SIZE = (1000, 1400)


def cutter(picture: Picture | None = None, rotation: int = 0) -> PageCutter:
    stored = blank(*SIZE) if picture is None else picture
    upright = stored.shape[1::-1] if rotation in (0, 180) else stored.shape[:2]
    return PageCutter(stored, straight_page(size=(upright[0], upright[1]), dpi=120.0, rotation=rotation))


def page_reading(*texts: str, kind: str = "name", confidence: float = 0.85) -> Reading:
    lines = [line(text, 0.1, 0.1 + 0.05 * index, confidence) for index, text in enumerate(texts)]
    flow = flow_of_lines(lines, "盖章件.pdf", 1)
    return flow.reading(normalise(kind, flow.text))


def again(
    reading: Reading,
    *looks: str | RecognisedLine,
    second: str | RecognisedLine = "",
    picture: Picture | None = None,
    kind: str = "name",
) -> Reading:
    own = cutter(picture)
    return look_again(
        reading,
        lambda _: own,
        ScriptedReader(*looks),
        ScriptedReader(second, name="tesseract"),
        lambda raw: normalise(kind, raw),
    )


def test_looks_that_agree_make_certain() -> None:
    found = again(page_reading("成都某某公司"), "成都某某公司")
    assert found.text == "成都某某公司" and found.looks == 2
    assert found.certain == (True,) * 6
    assert found.variants == ()


def test_looks_that_differ_leave_doubt_where_they_differ() -> None:
    found = again(page_reading("成都某某公司"), "成都某某公司", "成都某菜公司", "成都某某公司")
    assert found.text == "成都某某公司"
    assert found.certain == (True, True, True, False, True, True)
    assert [variant.text for variant in found.variants] == ["成都某菜公司"]


def test_agreement_without_confidence_is_no_certainty() -> None:
    weak = recognised("李小明", 0.7)
    assert again(page_reading("李小明", confidence=0.7), weak).certain == (False,) * 3
    assert again(page_reading("李小明", confidence=0.7), weak, recognised("李小明", 0.95), weak).certain == (True,) * 3


def test_a_page_reading_that_is_outvoted_is_replaced() -> None:
    found = again(page_reading("1234.56", kind="amount"), "1234.58", kind="amount")
    assert (found.raw, found.value) == ("1234.58", "1234.58")
    assert all(found.certain)
    assert "".join(char.text for char in found.chars) == found.raw
    assert all(char.bbox is not None for char in found.chars)


def test_a_replacement_of_another_length_is_normalised_anew() -> None:
    found = again(page_reading("500", kind="amount"), "5,000.00", kind="amount")
    assert (found.raw, found.value) == ("5,000.00", "5000")
    assert len(found.certain) == len(found.chars) == len(found.raw)


def test_looks_that_all_differ_replace_nothing() -> None:
    found = again(page_reading("李小明"), "李小朋", "李小萌", "李小月")
    assert found.text == "李小明" and found.certain == (True, True, False)


def test_what_the_margin_lets_in_is_no_difference() -> None:
    found = again(page_reading("李小明"), "李小明", "：李小明法", "李小明")
    assert found.text == "李小明" and all(found.certain) and found.variants == ()


def test_a_missing_character_is_doubt() -> None:
    found = again(page_reading("李小明"), "李小明", "李明", "李小明")
    assert found.certain == (True, False, True)


def test_the_second_engine_alone_decides_nothing() -> None:
    found = again(page_reading("王小明"), "王小明", second="玉小朋")
    assert found.text == "王小明"
    assert found.certain == (True, True, True)
    assert "玉" in found.chars[0].candidates and found.chars[2].candidates == ""  # 王 and 玉 are told apart by a hair


def test_the_second_engine_raises_a_doubt_where_it_names_the_runner_up() -> None:
    reading = page_reading("李小明")
    chars = tuple(
        char.model_copy(update={"runner_up": "朋", "runner_up_confidence": 0.1}) if char.text == "明" else char
        for char in reading.chars
    )
    found = again(reading.model_copy(update={"chars": chars}), "李小明", second="李小朋")
    assert found.certain == (True, True, False)


@pytest.mark.parametrize(("own", "other"), [("0", "O"), ("1", "l"), ("5", "S"), ("己", "已"), ("未", "末")])
def test_confusables(own: str, other: str) -> None:
    assert other in again(page_reading(own), own, second=other).chars[0].candidates
    unconfirmed = again(page_reading(own), own, second="吃")
    assert unconfirmed.certain == (True,) and other in unconfirmed.chars[0].candidates
    confirmed = again(page_reading(own), own, second=own)
    assert confirmed.certain == (True,) and other not in confirmed.chars[0].candidates


def test_nothing_seen_again_is_no_certainty() -> None:
    found = again(page_reading("李小明"), "")
    assert found.text == "李小明" and found.certain == (False,) * 3


def test_each_line_is_looked_at_by_itself() -> None:
    reader = ScriptedReader("成都某某", "成都某某", "成都某某", "有限公司", "有限公可", "有限公司")
    own = cutter()
    found = look_again(
        page_reading("成都某某", "有限公司"),
        lambda _: own,
        reader,
        ScriptedReader(""),
        lambda raw: normalise("name", raw),
    )
    assert found.raw == "成都某某\n有限公司" and found.text == "成都某某有限公司"
    assert len(found.certain) == len(found.raw)
    assert [char for char, sure in zip(found.raw, found.certain, strict=True) if not sure] == ["司"]


def test_under_a_stamp_the_ink_is_taken_out_for_one_more_look() -> None:
    stamped = blank(*SIZE)
    stamped[130:170, 100:160] = RED
    reader = ScriptedReader("李小明")
    own = cutter(stamped)
    look_again(page_reading("李小明"), lambda _: own, reader, ScriptedReader(""), lambda raw: raw)
    assert len(reader.seen) == 4
    colourful = [int(np.ptp(crop.astype(int), axis=2).max()) for crop in reader.seen]
    assert min(colourful[:3]) > 80 and colourful[3] < 30


def test_lines_whose_places_are_not_known_stay_in_doubt() -> None:
    reading = page_reading("成都某某", "有限公司")
    found = again(reading.model_copy(update={"places": reading.places[:1]}), "成都某某")
    assert found.raw == reading.raw and found.looks == 2
    assert found.certain == (False,) * len(reading.raw)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_places_are_cut_off_the_page_as_it_stands_upright(rotation: int) -> None:
    upright = blank(*SIZE)
    upright[700:720, 200:400] = (0, 0, 0)
    stored = turn(upright, (360 - rotation) % 360)
    place = Place(file="盖章件.pdf", page=1, bbox=BBox(0.2, 0.5, 0.4, 720 / 1400))
    crop = cutter(stored, rotation).cut(place, 0.0, 2.0)
    assert crop.shape[:2] == (40, 400)
    assert crop[2:-2, 2:-2].max() < 20
    wider = cutter(stored, rotation).cut(place, 0.5, 1.0)
    assert wider.shape[:2] == (40, 220) and wider[:8].min() > 235


def with_runner_up(reading: Reading, char: str, runner_up: str) -> Reading:
    chars = tuple(
        each.model_copy(update={"runner_up": runner_up, "runner_up_confidence": 0.1}) if each.text == char else each
        for each in reading.chars
    )
    return reading.model_copy(update={"chars": chars})


def test_a_common_character_seen_in_a_rare_one_says_nothing_a_rare_one_much() -> None:
    rare = with_runner_up(page_reading("唐彧"), "彧", "或")
    assert again(rare, "唐彧", second="唐或").certain == (True, True)
    common = with_runner_up(page_reading("唐或"), "或", "彧")
    assert again(common, "唐或", second="唐彧").certain == (True, False)


def test_a_second_engine_that_cannot_read_the_line_has_no_say() -> None:
    reading = with_runner_up(page_reading("2021年11月7日"), "7", "9")
    assert again(reading, "2021年11月7日", second="A1(il#9").certain[8]  # the 7


def test_one_look_that_is_unsure_itself_is_outvoted() -> None:
    reading = page_reading("成都某某公司")
    unsure = recognised("成都某末公司", 0.4)
    looks = ("成都某某公司", unsure, "成都某某公司", "成都某某公司")
    red = blank(*SIZE)
    red[100:300, 100:900] = RED  # a fourth look, with the ink out
    assert again(reading, *looks, picture=red).certain == (True,) * 6
    sure = recognised("成都某末公司", 0.9)
    assert again(reading, looks[0], sure, *looks[2:], picture=red).certain[3] is False


def test_what_else_a_doubted_character_may_be_is_kept() -> None:
    other = recognised("成都某末公司", 0.9)
    found = again(page_reading("成都某某公司"), "成都某某公司", other, "成都某某公司")
    assert "末" in found.chars[3].candidates
    assert found.chars[0].candidates == ""


def test_only_lines_in_question_are_looked_at() -> None:
    own = cutter()
    reader = ScriptedReader("第二行正文")
    reading = page_reading("第一行正文", "第二行正文", "第三行正文", kind="text")
    found = look_again(reading, lambda _: own, reader, ScriptedReader("", name="tesseract"), str, ((8, 9),))
    assert len(reader.seen) == 3  # one line, three enlargements
    assert found.certain == (False,) * 5 + (True,) * 7 + (False,) * 5
    assert found.raw == reading.raw


def test_a_figure_that_one_look_dropped_is_outvoted_by_sure_ones() -> None:
    looks = ("91510000PDY00191X2", "9151000PDY00191X2", "91510000PDY00191X2")
    assert all(again(page_reading(looks[0], kind="code", confidence=0.98), *looks).certain)
    assert not all(again(page_reading(looks[0], kind="code", confidence=0.85), *looks).certain)


@pytest.mark.parametrize(
    ("page", "looks", "doubted"),
    [
        ("2021年11月2日", "2021年1月2日", "11"),
        ("15000", "1500", "000"),
        ("15000", "150", "000"),
        ("13811118888", "1381118888", "1111"),
    ],
)
def test_a_figure_fewer_than_the_page_reading_saw_is_doubt_however_sure_the_looks_are(
    page: str, looks: str, doubted: str
) -> None:
    found = again(page_reading(page, kind="text"), recognised(looks, 0.9999), kind="text")
    assert found.raw == page
    assert "".join(char for char, sure in zip(page, found.certain, strict=True) if not sure) == doubted


@pytest.mark.parametrize(
    ("page", "looks"),
    [("2021年11月2日", "2021年12月2日"), ("1234", "124"), ("1005", "10005"), ("成都都江堰", "成都江堰")],
)
def test_other_differences_are_still_outvoted(page: str, looks: str) -> None:
    assert again(page_reading(page, kind="text"), looks, kind="text").raw == looks


def test_what_a_look_held_for_likely_stays_an_alternative_of_a_certain_character() -> None:
    likely = recognised("唐或", 0.93, "塘彧")  # runner-ups at 0.02
    found = again(page_reading("唐或", confidence=0.93), likely)
    assert found.certain == (True, True)
    assert [char.candidates for char in found.chars] == ["塘", "彧"]


def slanted_text(degrees: float) -> tuple[PageCutter, Reading]:
    """A page photographed askew, its middle line read from the straightened picture; the lines beside it are red."""
    straight = blank(*SIZE)
    for y, colour in ((660, RED), (700, (0, 0, 0)), (740, RED)):
        straight[y - 10 : y + 10, 100:900] = colour
    matrix = np.vstack([cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), degrees, 1.0), [0, 0, 1]])
    stored = cv2.warpPerspective(straight, matrix, SIZE, borderValue=(255, 255, 255))
    frame = PageFrame(matrix, SIZE, SIZE)
    chars = tuple(
        Char(text="文", confidence=0.99, bbox=frame.to_page((100 + 20 * index, 690, 120 + 20 * index, 710)))
        for index in range(40)
    )
    page = bare_page(size=SIZE, dpi=120.0, frame=tuple(matrix.ravel()), working_size=SIZE)
    place = Place(file="盖章件.pdf", page=1, bbox=frame.to_page((100, 690, 900, 710)))
    text = "文" * 40
    reading = Reading(value=text, raw=text, confidence=0.99, source=Source.PAPER, places=(place,), chars=chars)
    return PageCutter(np.asarray(stored, np.uint8), page), reading


@pytest.mark.parametrize("degrees", [-2.5, -1.0, 1.0, 2.5])
def test_a_long_line_of_a_page_askew_is_seen_without_its_neighbours(degrees: float) -> None:
    own, reading = slanted_text(degrees)
    reader = ScriptedReader(reading.text)
    look_again(reading, lambda _: own, reader, ScriptedReader(""), str)
    assert [crop.shape[0] < 40 * scale for crop, scale in zip(reader.seen, SCALES, strict=False)] == [True] * 3
    for crop in reader.seen:
        assert int(np.ptp(crop.astype(int), axis=2).max()) < 30  # no red
        assert (crop.mean(axis=2) < 80).mean() > 0.5  # all of the line


@pytest.mark.parametrize("size", [(1400, 2000), (2000, 1400)], ids=["portrait", "landscape"])
@pytest.mark.parametrize(("shown", "seen"), [("0.001‰", "0.001‰"), ("0.001‰或8", "0.001‰或8"), ("0.001%", "0.001%")])
def test_a_per_mille_sign_read_as_per_cent_is_seen_by_its_loops(shown: str, seen: str, size: tuple[int, int]) -> None:
    face, read = ImageFont.truetype(FONT, 36), shown.replace("‰", "%")
    page, at = Image.new("RGB", size, "white"), 200.0
    boxes = []
    for char in shown:
        ImageDraw.Draw(page).text((at, 300), char, font=face, fill="black")
        boxes.append(BBox(at / size[0], 298 / size[1], (at + face.getlength(char)) / size[0], 340 / size[1]))
        at += face.getlength(char)
    plain = line(read)
    chars = tuple(char.model_copy(update={"bbox": box}) for char, box in zip(plain.chars, boxes, strict=True))
    flow = flow_of_lines([plain.model_copy(update={"chars": chars, "bbox": union(boxes)})], "盖章件.pdf", 1)
    own = PageCutter(np.asarray(page)[..., ::-1].copy(), straight_page(size=size, dpi=200.0))
    reader, second = ScriptedReader(read), ScriptedReader("", name="tesseract")
    found = look_again(flow.reading(flow.text), lambda _: own, reader, second, lambda raw: normalise("text", raw))
    assert found.text == seen
    assert [char.candidates for char in found.chars if char.text == "‰"] == ["%"] * seen.count("‰")


def test_on_a_copy_without_colour_all_that_a_look_thought_of_may_be() -> None:
    sure = recognised("闻書", 0.999, "间睿")
    likely = replace(sure.chars[0], confidence=0.94, candidates="间闯阎")
    looks = replace(sure, chars=(likely, replace(sure.chars[1], runner_up_confidence=0.0005)))

    def candidates(colourless: bool) -> list[str]:
        own = PageCutter(blank(*SIZE), straight_page(size=SIZE, dpi=120.0, colourless=colourless))
        reader, second = ScriptedReader(looks), ScriptedReader("", name="tesseract")
        reading = page_reading("闻書", confidence=0.99)
        found = look_again(reading, lambda _: own, reader, second, lambda raw: normalise("name", raw))
        assert found.certain == (True, True)
        return [char.candidates for char in found.chars]

    assert candidates(colourless=False) == ["间", ""]
    assert candidates(colourless=True) == ["间闯阎", "睿"]


def test_under_a_black_seal_the_looks_are_at_the_print_without_it() -> None:
    stamped = blank(*SIZE)
    cv2.circle(stamped, (300, 150), 90, (0, 0, 0), 6)
    seal = SealMark(
        bbox=BBox(0.207, 0.0407, 0.393, 0.1736), shape=Shape.ROUND, diameter_mm=40.0, colour=Ink.BLACK, confidence=0.9
    )

    def darkest(*seals: SealMark) -> list[float]:
        page = straight_page(size=SIZE, dpi=120.0, seals=seals, colourless=True, pixels_per_mm=4.7)
        own = PageCutter(stamped, page)
        reader, reading = ScriptedReader("李小明" * 8), page_reading("李小明" * 8)
        look_again(reading, lambda _: own, reader, ScriptedReader("", name="tesseract"), lambda raw: raw)
        return [float((crop.min(axis=2) < 100).mean()) for crop in reader.seen]

    assert [share > 0.01 for share in darkest(seal)] == [True, False, False, False]
    assert [share > 0.01 for share in darkest()] == [True] * 3
