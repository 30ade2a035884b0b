"""Grey copies told from plain print that was scanned in colour."""

from __future__ import annotations

from extractors.colour import with_copies_told
from pipeline.model.document import Page
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, SealMark, Shape
from tests.bare_pages import bare_page

BLACK_SEAL = SealMark(
    bbox=BBox(0.1, 0.1, 0.3, 0.25), shape=Shape.ROUND, diameter_mm=40.0, colour=Ink.BLACK, confidence=0.9
)


def page(file: str, number: int, colourless: bool, **told: object) -> Page:
    return Page(file=file, sha256="", reading=bare_page(number, (1000, 1400), None, colourless=colourless, **told))


def told(*pages: Page) -> list[bool]:
    return [page.reading.colourless for page in with_copies_told(pages)]


def test_plain_print_among_coloured_pages_is_a_colour_scan() -> None:
    assert told(page("a.pdf", 1, False), page("a.pdf", 2, True), page("a.pdf", 3, False)) == [False, False, False]


def test_a_file_without_any_colour_is_a_grey_copy() -> None:
    assert told(page("a.pdf", 1, True), page("a.pdf", 2, True), page("b.pdf", 1, False), page("b.pdf", 2, False)) == [
        True, True, False, False,
    ]  # fmt: skip


def test_a_page_stored_without_colour_stays_grey_in_any_company() -> None:
    assert told(page("a.pdf", 1, False), page("a.pdf", 2, True, grey=True), page("a.pdf", 3, False)) == [
        False, True, False,
    ]  # fmt: skip


def test_single_pictures_are_taken_together() -> None:
    assert told(page("1.jpg", 1, False), page("2.jpg", 1, True), page("3.jpg", 1, False)) == [False, False, False]
    assert told(*(page(f"{number}.jpg", 1, number > 0) for number in range(9))) == [False, *[True] * 8]


def test_a_colour_scan_without_any_seal_is_plain_print() -> None:
    """A recommendation table that nobody stamped, alone in its file, shows no coloured ink."""
    assert told(page("a.pdf", 1, True, tinted=True), page("a.pdf", 2, True, tinted=True)) == [False, False]
    assert told(page("a.pdf", 1, True, tinted=True, grey=True)) == [True]


def test_a_black_copy_scanned_in_colour_stays_a_copy() -> None:
    assert told(page("a.pdf", 1, True, tinted=True, seals=(BLACK_SEAL,)), page("a.pdf", 2, True, tinted=True)) == [
        True, True,
    ]  # fmt: skip
