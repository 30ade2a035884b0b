"""A crop is made once."""

from __future__ import annotations

from pipeline.reports.kept_crops import KeptCrops
from pipeline.store import Store
from tests.pipeline.reports import examples
from tests.pipeline.reports.drawn import DrawnPictures


def kept(tmp_path, version="1"):
    source = DrawnPictures()
    return source, KeptCrops(source, Store(tmp_path), examples.package().pages, version)


def test_the_second_run_asks_for_nothing(tmp_path):
    place = examples.place(2)
    first = kept(tmp_path)[1].crop(place, 240)
    source, pictures = kept(tmp_path)
    assert pictures.crop(place, 240) == first
    assert source.asked == []


def test_another_width_place_or_version_is_another_crop(tmp_path):
    kept(tmp_path)[1].crop(examples.place(2), 240)
    source, pictures = kept(tmp_path)
    pictures.crop(examples.place(2), 120)
    pictures.crop(examples.place(3), 240)
    kept(tmp_path, "2")[1].crop(examples.place(2), 240)
    assert len(source.asked) == 2


def test_a_page_that_is_not_known_is_never_kept(tmp_path):
    source, pictures = kept(tmp_path)
    place = examples.place(99)
    pictures.crop(place, 240)
    pictures.crop(place, 240)
    assert len(source.asked) == 2
