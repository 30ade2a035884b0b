from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.forms.ticks import PageInk
from extractors.readers.protocol import Picture, RecognisedLine
from extractors.reading import option_words, read_page
from pipeline.model.document import PageSource
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink
from pipeline.notices.profile import load_profile
from pipeline.rendering import PagePicture
from samples.stamping import SealSpec
from tests.extractors.fake_readers import ScriptedReader, SeeingReader, reads_black_heads, recognised
from tests.extractors.pages import DPI, NAME, FixedReader, sealed
from tests.extractors.pictures import blank, rectangle, ruled, text_bars, write

PROFILE = load_profile()


def refuse(*_: object) -> object:
    raise AssertionError("nothing here to read")


def test_a_blank_page_is_not_read() -> None:
    speckled = blank(800, 1130)
    speckled[500:503, 300:303] = 0
    reading = read_page(PagePicture(speckled, 96.0), 4, SeeingReader(refuse), PROFILE)  # type: ignore[arg-type]
    assert reading.blank and reading.page == 4 and reading.lines == ()
    assert (reading.width, reading.height) == (800, 1130)


def test_a_page_nobody_can_read_says_so() -> None:
    picture, quads = text_bars(blank())
    reading = read_page(PagePicture(picture, 72.0), 1, SeeingReader(lambda _: recognised("模糊", 0.55), quads), PROFILE)
    assert reading.unreadable and "，" in reading.unreadable
    clear = read_page(PagePicture(picture, 72.0), 1, SeeingReader(lambda _: recognised("清楚", 0.95), quads), PROFILE)
    assert not clear.unreadable and {line.text for line in clear.lines} == {"清楚"}


def test_no_line_of_an_upright_page_is_read_twice() -> None:
    picture, quads = text_bars(blank())
    for index, quad in enumerate(quads):  # all lines unlike each other
        picture[int(quad[0, 1]) + 2 : int(quad[0, 1]) + 16, 150 : 155 + 5 * index] = 0
    seen: list[bytes] = []

    def read(crop: Picture) -> RecognisedLine:
        seen.append(crop.tobytes())
        return recognised("人工智能", 0.95)

    reading = read_page(PagePicture(picture, 72.0), 1, SeeingReader(read, quads), PROFILE)
    assert len(seen) == len(set(seen)) == len(reading.lines) == len(quads)


def test_a_page_on_its_head_is_turned() -> None:
    picture, quads = text_bars(blank())
    turned = np.ascontiguousarray(np.rot90(picture, 2))
    boxes = tuple(rectangle(*(600, 848) - quad[2], *(600, 848) - quad[0]) for quad in quads)
    reading = read_page(PagePicture(turned, 72.0), 1, SeeingReader(reads_black_heads, boxes), PROFILE)
    assert reading.rotation == 180
    assert len(reading.lines) == len(quads) and reading.lines[0].confidence > 0.9


def test_a_born_digital_page_gives_its_own_text() -> None:
    picture = blank(800, 1130)
    for x, text in ((120, "单位名称"), (420, "成都某某公司")):
        picture = write(picture, text, x, 200, 20)
    picture = ruled(picture, (100, 180, 700, 180), (100, 240, 700, 240), *((x, 180, x, 240) for x in (100, 400, 700)))
    words = tuple(
        (text, BBox(x / 800, 200 / 1130, (x + 20 * len(text)) / 800, 222 / 1130))
        for x, text in ((120, "单位名称"), (420, "成都某某公司"))
    )
    digital = PagePicture(picture, 96.0, words, born_digital=True, scanned=False, picture_share=0.0)
    reading = read_page(digital, 1, ScriptedReader(""), PROFILE)  # type: ignore[arg-type]
    assert reading.source is PageSource.TEXT
    assert [line.text for line in reading.lines] == ["单位名称", "成都某某公司"]
    assert [cell.text for cell in reading.tables[0].cells] == ["单位名称", "成都某某公司"]


def test_a_born_digital_page_has_its_own_rulings_and_its_tables_with_few() -> None:
    rows = (("项目", "本年"), ("营业收入", "120.5"), ("净利润", "12.0"))
    words = tuple(
        (text, BBox(x / 800, (200 + 30 * row) / 1130, (x + 20 * len(text)) / 800, (222 + 30 * row) / 1130))
        for row, texts in enumerate(rows)
        for x, text in zip((120, 420), texts, strict=True)
    )
    strokes = tuple(BBox(100 / 800, y / 1130, 700 / 800, (y + 1) / 1130) for y in (190, 226, 290))
    box = [(100, y, 700, y) for y in (600, 640)] + [(x, 600, x, 640) for x in (100, 400, 700)]
    own = tuple(BBox(x0 / 800, y0 / 1130, (x1 + 1) / 800, (y1 + 1) / 1130) for x0, y0, x1, y1 in box)
    picture = write(blank(800, 1130), "项目", 120, 200, 20)
    digital = PagePicture(picture, 96.0, words, born_digital=True, scanned=False, rulings=strokes + own)
    reading = read_page(digital, 1, ScriptedReader(""), PROFILE)  # type: ignore[arg-type]
    assert [(table.rows, table.columns) for table in reading.tables] == [(1, 2)]
    assert [[cell.text for cell in table.cells] for table in reading.open_tables] == [
        [text for row in rows for text in row]
    ]


def test_the_words_of_all_tick_boxes() -> None:
    assert set(option_words(PROFILE)) == {"国有企业", "民营企业", "外资企业", "事业单位", "其他", "是", "否"}


def test_a_page_with_one_short_line_is_not_blank() -> None:
    page = write(blank(1240, 1754), "目标。", 150, 150, 14)
    box = (rectangle(148, 146, 200, 170),)
    reading = read_page(PagePicture(page, 150.0), 1, SeeingReader(lambda _: recognised("目标。", 0.97), box), PROFILE)
    assert not reading.blank and [line.text for line in reading.lines] == ["目标。"]
    dust = read_page(PagePicture(page, 150.0), 1, SeeingReader(lambda _: recognised("一", 0.6), box), PROFILE)
    assert dust.blank and dust.lines == ()


@pytest.mark.parametrize(("sides", "tables"), [(False, 0), (True, 1)])
def test_a_black_seal_over_lines_to_write_on_makes_no_table(sides: bool, tables: int) -> None:
    """Its rim closes what stands between them; a table that has sides of its own stays one."""
    page, _ = sealed(SealSpec(NAME), 800, 1900, 0.0)
    page[1700:2150, :500] = page[1700:2150, 1100:] = 252  # nothing beside the seal
    black = np.where(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY) < 170, 0, 255).astype(np.uint8)
    copy = ruled(np.repeat(black[..., None], 3, axis=2), *((500, y, 1300, y) for y in (1845, 1900, 1955)), thickness=3)
    copy = ruled(copy, *((x, 1845, x, 1955) for x in (500, 1300)), thickness=3) if sides else copy
    reader, quads = FixedReader(), [rectangle(145, 125 + row * 55, 830, 170 + row * 55) for row in range(30)]
    seeing = SeeingReader(lambda crop: reader.read_crops([crop])[0], quads)
    reading = read_page(PagePicture(copy, DPI), 1, seeing, PROFILE)
    assert [seal.colour for seal in reading.seals] == [Ink.BLACK]
    assert len(reading.tables) == tables


def test_the_edge_of_a_black_seal_is_no_coloured_pen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ink that was lifted off print is kept with the coloured one, and reaches a little out of the seal's box."""
    page, _ = sealed(SealSpec(NAME), 800, 1900, 0.0)
    grey = np.repeat(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)[..., None], 3, axis=2)
    grey[1700:2150, :500] = grey[1700:2150, 1100:] = 252
    seen: list[PageInk] = []
    monkeypatch.setattr("extractors.reading.measure_ticks", lambda ink, *_: seen.append(ink) or ())
    reader, quads = FixedReader(), [rectangle(145, 125 + row * 55, 830, 170 + row * 55) for row in range(30)]
    seeing = SeeingReader(lambda crop: reader.read_crops([crop])[0], quads)
    reading = read_page(PagePicture(grey, DPI), 1, seeing, PROFILE)
    assert [seal.colour for seal in reading.seals] == [Ink.BLACK]
    (ink,) = seen
    assert ink.pens is not None and not ink.pens.any() and ink.whole.any()
