"""Letters of a black seal that print hides, held as pictures against other impressions: its own, and a sister's."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from checks.impressions import borne_out
from extractors.imaging.frame import Box
from extractors.readers.protocol import Picture
from extractors.seals.impressions import with_impressions_told
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, Seal, SealMark, Shape
from samples.stamping import SealSpec, draw_seal, stamp
from tests.bare_pages import straight_page
from tests.extractors.pages import DPI, NAME

SISTER = NAME.replace(NAME[2:4], "恒晟")
SIDE = 480


def copied(name: str, degrees: float, seed: int, print_at: int) -> Picture:
    """A seal over a line of print, without colour, cut out with its margin."""
    rng = np.random.default_rng(seed)
    sheet = np.full((SIDE, SIDE, 3), 250, dtype=np.uint8)
    cv2.putText(sheet, f"print {seed} across it", (40, print_at), 0, 0.9, (25, 25, 25), 3)
    sheet, (x0, y0, x1, y1) = stamp(sheet, draw_seal(SealSpec(name), DPI, rng), SIDE // 2, SIDE // 2, degrees, 0.9, rng)
    half = round(0.58 * max(x1 - x0, y1 - y0))
    crop = sheet[SIDE // 2 - half : SIDE // 2 + half, SIDE // 2 - half : SIDE // 2 + half]
    grey = cv2.threshold(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), 170, 255, cv2.THRESH_BINARY)[1]
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def seal(page: int, text: str, confidence: float) -> Seal:
    mark = SealMark(
        bbox=BBox(0.1, 0.1, 0.5, 0.4), shape=Shape.ROUND, diameter_mm=40.0, colour=Ink.BLACK, confidence=0.9, text=text,
        text_confidence=confidence, chars=tuple(Char(text=each, confidence=confidence) for each in text),
    )  # fmt: skip
    return Seal(mark=mark, file="扫描件.pdf", page=page)


def told(doubted: Picture, read: str, *others: Picture, confidence: float = 0.5) -> tuple[Seal, ...]:
    """A doubted seal on page 1, read so, and others of the unit on further pages."""
    pictures = (doubted, *others)
    seals = [seal(1, read, confidence), *(seal(2 + at, NAME, 0.99) for at in range(len(others)))]
    pages = [
        Page(file="扫描件.pdf", sha256="", section=Section.COVER, reading=straight_page(at))
        for at in range(1, len(pictures) + 1)
    ]

    def cut(page: Page, _box: Box, size: tuple[int, int]) -> Picture:
        return np.asarray(cv2.resize(pictures[page.page - 1], size, interpolation=cv2.INTER_AREA), dtype=np.uint8)

    return with_impressions_told(seals, pages, cut)


def is_units(other: Seal) -> bool:
    return other.mark.text == NAME


@pytest.mark.parametrize("degrees", [0.0, 9.0, -12.0])
def test_another_impression_bears_out_what_print_hides(degrees: float) -> None:
    seals = told(copied(NAME, degrees, 3, 330), NAME[4:], copied(NAME, 2.0, 4, 200))
    assert borne_out(seals[0], seals, is_units)


@pytest.mark.parametrize("degrees", [0.0, 9.0, -12.0])
def test_a_sister_is_not_borne_out(degrees: float) -> None:
    seals = told(copied(SISTER, degrees, 3, 330), NAME[4:], copied(NAME, 2.0, 4, 200))
    assert not borne_out(seals[0], seals, is_units)


def test_nothing_is_compared_where_every_letter_is_sure() -> None:
    (sure, other) = told(copied(NAME, 0, 3, 330), NAME[:-1], copied(NAME, 2.0, 4, 200), confidence=0.99)
    assert not sure.like and not other.like


@pytest.mark.parametrize("ink", [Ink.RED, Ink.BLACK])
def test_a_coloured_seal_that_reads_as_another_does_is_compared_with_none(ink: Ink) -> None:
    seals = [
        each.model_copy(update={"mark": each.mark.model_copy(update={"colour": ink})})
        for each in (seal(1, NAME, 0.8), seal(2, NAME, 0.99), seal(3, SISTER, 0.99))
    ]
    pages = [Page(file="扫描件.pdf", sha256="", section=Section.COVER, reading=straight_page(at)) for at in (1, 2, 3)]
    cut_from: list[int] = []

    def cut(page: Page, _box: Box, size: tuple[int, int]) -> Picture:
        cut_from.append(page.page)
        return np.asarray(cv2.resize(copied(NAME, 0.0, 3, 330), size), dtype=np.uint8)

    with_impressions_told(seals, pages, cut)
    assert cut_from == ([] if ink is Ink.RED else [1, 3])


def test_what_is_not_the_units_bears_nothing_out() -> None:
    seals = told(copied(NAME, 0.0, 3, 330), NAME[4:], copied(NAME, 2.0, 4, 200))
    assert seals[0].like and not borne_out(seals[0], seals, lambda _other: False)
