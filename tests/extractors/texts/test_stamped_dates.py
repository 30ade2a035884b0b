"""Dates under black seals, on drawn pages, with the real reader."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from extractors.readers.paddle import RECOGNISER, PaddleReader, paddle_reader
from extractors.readers.protocol import Picture
from extractors.reading import read_page
from extractors.texts.stamped_dates import Sought, sought_by, with_stamped_dates
from pipeline.model.document import PageReading, PageSource
from pipeline.notices.profile import load_profile
from pipeline.rendering import PagePicture
from pipeline.values import parse_date
from samples.stamping import SealSpec, draw_seal, stamp
from tests.extractors.pages import DPI, NAME, sheet
from tests.extractors.pictures import blank, write

MODELS = Path(__file__).resolve().parents[3] / "models"
pytestmark = [
    pytest.mark.reader,
    pytest.mark.skipif(not (MODELS / RECOGNISER).is_dir(), reason="the recogniser's models are not installed"),
]
PROFILE = load_profile()
LEFT, TOP, SIZE = 950, 1600, 42
DOUBTED = 0.9


@pytest.fixture(scope="module")
def reader() -> PaddleReader:
    return paddle_reader(MODELS)


def black_copy(date: str, across: float, down: float, seed: int) -> Picture:
    """A commitment's foot in black and white: the date, and a seal whose middle lies so many pixels off its own."""
    page = write(sheet(10), "揭榜任务承诺书", 600, 60, 60)
    page = write(page, "法定代表人：", LEFT, TOP - 300, SIZE)
    page = write(page, date, LEFT, TOP, SIZE)
    rng = np.random.default_rng(seed)
    ink = draw_seal(SealSpec(NAME), DPI, rng)
    page, _ = stamp(page, ink, LEFT + 180 + across, TOP + 20 + down, rng.uniform(-20, 20), 1.0, rng)
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.cvtColor((grey > 170).astype(np.uint8) * 255, cv2.COLOR_GRAY2BGR), np.uint8)


def read(page: Picture, reader: PaddleReader, sought: Sought | None) -> tuple[PageReading, PageReading]:
    """The page's reading without and with its date told."""
    reading = read_page(PagePicture(page, float(DPI)), 1, reader, PROFILE)
    return reading, with_stamped_dates(reading, page, reader, sought)


def days(reading: PageReading) -> dict[str, float]:
    """Each day that a line says, and how sure its least sure character is."""
    return {
        day.isoformat(): min(char.confidence for char in line.chars)
        for line in reading.lines
        if (day := parse_date(line.text)) is not None
    }


SEALS = [(-60, -70, 1), (40, -120, 2), (90, 60, 3), (-20, 110, 4), (150, -30, 5)]
WRITTEN = {"2021年11月7日": "2021-11-07", "二〇二一年十月二十八日": "2021-10-28", "二〇二一年 11月 8日": "2021-11-08"}


def test_most_dates_under_a_seal_are_told_and_none_surely_as_another_day(reader: PaddleReader) -> None:
    free, told = 0, 0
    for text, day in WRITTEN.items():
        for across, down, seed in SEALS:
            before, after = read(black_copy(text, across, down, seed), reader, sought_by(PROFILE))
            assert set(days(after)) <= {day} or max(days(after).values()) < DOUBTED, (text, across, down)
            free += day in days(before)
            told += day in days(after)
    assert free <= 6 and told >= 10


@pytest.mark.parametrize(("across", "down", "seed"), SEALS)
@pytest.mark.parametrize("text", ["二〇二一年    月    日", "2021年  月  日", "二〇二一年 11月    日"])
def test_no_day_is_made_of_blanks(text: str, across: int, down: int, seed: int, reader: PaddleReader) -> None:
    _, after = read(black_copy(text, across, down, seed), reader, sought_by(PROFILE))
    assert days(after) == {}


def test_the_told_date_stands_where_it_was_written_and_its_letters_under_the_seal_are_marked(
    reader: PaddleReader,
) -> None:
    page = black_copy("二〇二一年 11月 8日", -60, -70, 1)
    _, after = read(page, reader, sought_by(PROFILE))
    (line,) = (line for line in after.lines if parse_date(line.text) is not None)
    height, width = page.shape[:2]
    assert line.bbox.x0 * width == pytest.approx(LEFT, abs=SIZE)
    assert line.bbox.y0 * height < TOP + SIZE / 2 < line.bbox.y1 * height
    assert any(char.covered for char in line.chars)
    assert [each.text for each in after.lines if TOP < each.bbox.center[1] * height < TOP + SIZE] == [line.text]


@pytest.mark.parametrize(("across", "down", "seed"), SEALS)
def test_another_document_s_date_is_not_made_one_of_the_form_s_year(
    across: int, down: int, seed: int, reader: PaddleReader
) -> None:
    _, after = read(black_copy("2019年05月17日", across, down, seed), reader, sought_by(PROFILE))
    assert all(day.startswith("2019") for day in days(after))


def test_pages_that_bear_none_of_the_labels_or_are_no_pictures_are_left_as_they_are(reader: PaddleReader) -> None:
    before, after = read(black_copy("2021年11月7日", -60, -70, 1), reader, Sought(("推荐理由",), 2021))
    assert after is before
    typed = before.model_copy(update={"source": PageSource.TEXT})
    assert with_stamped_dates(typed, blank(), reader, sought_by(PROFILE)) is typed
