"""A report of many findings and pages stays small: fewer, smaller pictures, worst findings first."""

from __future__ import annotations

from pipeline.reports.gallery import MOST_CROPS, MOST_PAGES, MOST_THUMBNAILS, PageKey, data_url, gather
from tests.pipeline.reports import examples


class Counting:
    def __init__(self) -> None:
        self.widths: list[tuple[str, int]] = []

    def page(self, file, page, width):
        self.widths.append(("page", width))
        return b"\xff\xd8page"

    def crop(self, place, width):
        self.widths.append(("crop", width))
        return b"\xff\xd8crop"

    def artefact(self, key):
        return b""


def keys(*numbers):
    return [PageKey(examples.SCAN, number) for number in numbers]


def test_few_pictures_are_large():
    pictures = Counting()
    gallery = gather(pictures, [examples.place(1)], keys(1), keys(1, 2), ["seam"])
    assert pictures.widths == [("crop", 560), ("page", 1000), ("page", 150)]
    assert set(gallery.pages) == set(keys(1)) and set(gallery.thumbnails) == set(keys(2))
    assert gallery.artefacts == {}, "a picture that is not there is not shown"


def test_many_pictures_are_fewer_and_smaller():
    pictures = Counting()
    numbers = range(1, 301)
    gallery = gather(pictures, [examples.place(number) for number in numbers], keys(*numbers), keys(*numbers), [])
    assert len(gallery.crops) == MOST_CROPS and ("crop", 320) in pictures.widths
    assert len(gallery.pages) == MOST_PAGES and ("page", 560) in pictures.widths
    assert len(gallery.thumbnails) == MOST_THUMBNAILS
    assert examples.place(1) in gallery.crops and examples.place(300) not in gallery.crops


def test_the_same_place_is_cut_once():
    pictures = Counting()
    gather(pictures, [examples.place(1)] * 5, [], [], [])
    assert pictures.widths.count(("crop", 560)) == 1


def test_kinds_of_pictures():
    assert data_url(b"\x89PNG\r\n").startswith("data:image/png;base64,")
    assert data_url(b"\xff\xd8").startswith("data:image/jpeg;base64,")
