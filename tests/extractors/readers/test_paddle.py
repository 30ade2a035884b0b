"""The real reader, on one drawn page."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from extractors.forms.cells import page_tables
from extractors.forms.fields import form_fields
from extractors.readers.paddle import RECOGNISER, PaddleReader, paddle_reader
from extractors.readers.protocol import Picture
from extractors.reading import read_page
from pipeline.model.document import Page, PageSource
from pipeline.notices.profile import load_profile
from pipeline.rendering import PagePicture
from tests.extractors.pictures import BLACK, RED, blank, ruled, write

MODELS = Path(__file__).resolve().parents[3] / "models"
pytestmark = [
    pytest.mark.reader,
    pytest.mark.skipif(not (MODELS / RECOGNISER).is_dir(), reason="the recogniser's models are not installed"),
]
ROWS = (("单位名称", "成都试样智能科技有限公司"), ("法定代表人", "王小明"), ("注册资本（万元）", "5,000.00"))


@pytest.fixture(scope="module")
def reader() -> PaddleReader:
    return paddle_reader(MODELS)


def form() -> Picture:
    """A form of 120 dpi with a tick by hand and a red ring over the unit's name."""
    picture = write(blank(990, 1400), "揭榜单位申报表", 350, 60, 40)
    down = [(x, 150, x, 150 + 90 * 4) for x in (80, 370, 910)]
    picture = ruled(picture, *((80, 150 + 90 * row, 910, 150 + 90 * row) for row in range(5)), *down)
    for row, texts in enumerate((*ROWS, ("单位性质", "□国有企业　□民营企业　□外资企业"))):
        for x, text in zip((100, 390), texts, strict=True):
            picture = write(picture, text, x, 180 + 90 * row, 26)
    cv2.polylines(picture, [np.array([[551, 462], [558, 474], [574, 448]])], False, BLACK, 3)
    ring = blank(990, 1400)
    cv2.circle(ring, (560, 195), 80, RED, 5)
    return np.asarray(np.minimum(picture, ring), np.uint8)


def test_a_page_upside_down_is_read(reader: PaddleReader) -> None:
    profile = load_profile()
    picture = np.asarray(cv2.rotate(form(), cv2.ROTATE_180), np.uint8)
    reading = read_page(PagePicture(picture, 120.0), 1, reader, profile)
    assert (reading.rotation, reading.source) == (180, PageSource.OCR)
    assert not reading.blank and not reading.colourless and not reading.photographed
    (table,) = page_tables(Page(file="a.pdf", sha256="0" * 64, reading=reading))
    fields = form_fields([table], profile)
    assert {key: read.text for key, read in fields.items()} == {
        "applicant": "成都试样智能科技有限公司",
        "legal_representative": "王小明",
        "registered_capital": "5000",
        "ownership": "民营企业",
    }
    name = fields["applicant"]
    assert name.confidence > 0.5 and name.places[0].bbox.contains(0.5, 195 / 1400)
    assert reading.lines[0].text == "揭榜单位申报表"


def test_characters_stand_where_they_stand(reader: PaddleReader) -> None:
    crop = write(blank(300, 40), "注册资本5000", 4, 4, 30)
    (line,) = reader.read_crops([crop])
    assert line.text == "注册资本5000" and line.confidence > 0.9
    middles = [(char.x0 + char.x1) / 2 * 300 for char in line.chars]
    assert middles == sorted(middles)
    assert middles[0] == pytest.approx(19, abs=15) and middles[3] == pytest.approx(109, abs=15)
