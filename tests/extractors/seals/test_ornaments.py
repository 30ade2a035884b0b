"""Rosettes of a printed border are told from seals by how they lie."""

from __future__ import annotations

from extractors.seals.ornaments import without_ornaments
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, SealMark, Shape

SIZE = (1000, 1400)


def ring(x: int, y: int, side: int = 200, text: str = "") -> SealMark:
    """A ring with its middle at x, y, in pixels of a page of `SIZE`."""
    height, width = SIZE
    box = BBox((x - side / 2) / width, (y - side / 2) / height, (x + side / 2) / width, (y + side / 2) / height)
    return SealMark(bbox=box, shape=Shape.ROUND, diameter_mm=None, colour=Ink.RED, confidence=0.7, text=text)


def test_rings_in_the_corners_of_a_border_are_none_and_the_seal_between_them_is() -> None:
    seal = ring(900, 700, text="成都某某公司")
    corners = [ring(150, 150), ring(1250, 152), ring(150, 850, 204), ring(1252, 850)]
    assert without_ornaments([*corners, seal], SIZE) == [seal]


def test_of_three_corners_none_is_left() -> None:
    assert without_ornaments([ring(150, 150), ring(1250, 150), ring(150, 850)], SIZE) == []


def test_two_unread_seals_side_by_side_stay() -> None:
    marks = [ring(300, 700), ring(1100, 700)]
    assert without_ornaments(marks, SIZE) == marks


def test_rings_of_other_sizes_or_with_names_are_no_corners() -> None:
    marks = [ring(150, 150), ring(1250, 150, 260), ring(150, 850, text="成都某某公司")]
    assert without_ornaments(marks, SIZE) == marks


def test_four_parties_unread_seals_below_a_text_stay() -> None:
    marks = [ring(350, 500), ring(1050, 502), ring(350, 800), ring(1050, 798)]
    assert without_ornaments(marks, SIZE) == marks
