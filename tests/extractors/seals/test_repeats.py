"""A picture of a seal pasted twice and photographed, told from two impressions of one stamp."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import pytest

from extractors.readers.protocol import Picture
from extractors.seals.fingerprint import fingerprint
from extractors.seals.ink import inks_of, paper_of
from extractors.seals.repeats import SIDE, Alikeness, Impression, alikeness
from extractors.seals.same_pictures import Told, told_by, with_pictures_told
from pipeline.model.document import Page, Section
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, Seal, SealMark, Shape
from samples.stamping import SealSpec, draw_seal, stamp
from samples.stamping.ink import Impression as Drawn
from tests.bare_pages import straight_page
from tests.extractors.pages import DPI, NAME, worn

SPEC = SealSpec(NAME, serial="5101000123456")
STAMP_WEAR = 0.9


def photographed(drawn: Drawn, degrees: float, seed: int) -> Picture:
    """A seal over print, seen from an angle, noisy, and cut out with its margin."""
    rng = np.random.default_rng(seed)
    sheet = np.full((480, 480, 3), 250, dtype=np.uint8)
    cv2.putText(sheet, f"print {seed} across it", (30, 200 + 10 * (seed % 7)), 0, 1.0, (25, 25, 25), 2)
    sheet, (x0, y0, x1, y1) = stamp(sheet, drawn, 240, 240, degrees, 0.9, np.random.default_rng(1))
    half = 0.54 * max(x1 - x0, y1 - y0)
    around = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], dtype=np.float32) * half + 240
    seen = around + rng.uniform(-1.5, 1.5, (4, 2)).astype(np.float32)
    target = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], dtype=np.float32)
    return worn(np.asarray(cv2.warpPerspective(sheet, cv2.getPerspectiveTransform(seen, target), (SIDE, SIDE))), seed)


def stamped(seed: int, degrees: float) -> Picture:
    return photographed(draw_seal(SPEC, DPI, np.random.default_rng(seed), wear=STAMP_WEAR), degrees, seed)


def pasted(seed: int) -> Picture:
    return photographed(draw_seal(SPEC, DPI, np.random.default_rng(99), wear=STAMP_WEAR), 0.0, seed)


@cache
def pictures() -> tuple[Picture, ...]:
    """Two of one picture, and three impressions of the stamp at nearly one angle."""
    return (pasted(11), pasted(12), stamped(13, 0.8), stamped(14, -0.7), stamped(15, 0.0))


def impression(picture: Picture) -> Impression:
    inks = inks_of(picture, paper_of(picture))
    return Impression(inks.red, inks.dark)


def test_the_ink_of_one_picture_lies_alike_and_that_of_two_impressions_does_not() -> None:
    one, again, *others = map(impression, pictures())
    found = alikeness(one, again)
    assert found.told and found.ink > 0.7
    apart = [alikeness(first, other) for first in (one, others[0]) for other in others[1:]]
    assert all(each.told for each in apart) and max(each.ink for each in apart) < 0.4


def test_ink_that_is_even_all_over_says_nothing() -> None:
    ink, none = np.zeros((SIDE, SIDE), np.uint8), np.zeros((SIDE, SIDE), np.uint8)
    cv2.circle(ink, (SIDE // 2, SIDE // 2), 130, (200,), 14)
    cv2.putText(ink, "ABC", (80, 170), 0, 2, (200,), 12)
    found = alikeness(Impression(ink, none), Impression(ink, none))
    assert found.told and found.ink == 0.0


def like(ink: float) -> Alikeness:
    return Alikeness(0.98, ink)


@pytest.mark.parametrize(
    ("ink", "others", "told"),
    [
        (0.80, (0.1, 0.0), Told.ONE), (0.45, (0.1, 0.0), Told.TWO), (0.55, (0.1, 0.0), Told.MAYBE),
        (0.75, (0.6, 0.65), Told.TWO), (0.90, (0.6, 0.65), Told.MAYBE), (0.75, (0.45,), Told.MAYBE),
        (0.90, (0.88, 0.9), Told.MAYBE), (0.70, (), Told.MAYBE),
    ],
    ids=["one picture", "two impressions", "rather alike", "a worn stamp", "a worn stamp's picture", "half worn",
         "all one picture", "no other impression"],
)  # fmt: skip
def test_what_a_stamp_leaves_in_every_impression_is_not_held_against_two(
    ink: float, others: Sequence[float], told: Told
) -> None:
    assert told_by(like(ink), [(like(other), like(other)) for other in others]) is told


def test_an_impression_that_could_not_be_laid_says_nothing_of_the_stamp() -> None:
    astray = Alikeness(0.7, 0.0)
    assert told_by(like(0.7), [(astray, astray)]) is Told.MAYBE


def seals() -> tuple[list[Seal], list[Page]]:
    marks = [
        SealMark(
            bbox=BBox(0.2, 0.2, 0.6, 0.5), shape=Shape.ROUND, diameter_mm=40.0, colour=Ink.RED, confidence=1.0,
            text=NAME, fingerprint=fingerprint(impression(picture).ink),
        )
        for picture in pictures()
    ]  # fmt: skip
    pages = [
        Page(file="a.pdf", sha256="", section=Section.EVIDENCE, reading=straight_page(number, seals=(mark,)))
        for number, mark in enumerate(marks)
    ]
    return [Seal(mark=mark, file="a.pdf", page=number) for number, mark in enumerate(marks)], pages


def test_a_picture_photographed_twice_is_one_where_pages_can_be_cut_anew() -> None:
    given, pages = seals()
    told = with_pictures_told(given, pages, lambda page, _box, _size: pictures()[page.page])
    prints = [seal.mark.fingerprint for seal in told]
    assert prints[0] == prints[1] and len(set(prints)) == 4
    assert not any(seal.resembles for seal in told)
    assert len({seal.mark.fingerprint for seal in with_pictures_told(given, pages)}) == 5


def test_two_seals_alone_that_are_so_alike_stay_open() -> None:
    given, pages = seals()
    one, other = with_pictures_told(given[:2], pages, lambda page, _box, _size: pictures()[page.page])
    assert one.mark.fingerprint != other.mark.fingerprint
    assert (one.resembles, other.resembles) == ("", one.mark.fingerprint)


def test_another_units_seals_say_nothing_of_the_stamp() -> None:
    given, pages = seals()
    strangers = [
        seal.model_copy(update={"mark": seal.mark.model_copy(update={"text": "绵阳丙丁电子股份有限公司"})})
        for seal in given[2:]
    ]
    told = with_pictures_told([*given[:2], *strangers], pages, lambda page, _box, _size: pictures()[page.page])
    assert [bool(seal.resembles) for seal in told] == [False, True, False, False, False]
