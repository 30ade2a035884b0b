"""The order in which sheets were bound, from their parts and from the chords of their slices."""

from __future__ import annotations

from math import sqrt

from extractors.seams.binding import as_bound, in_binding_order, misfit
from extractors.seams.chains import Chain, Piece
from pipeline.model.document import Page, PageReading, PageSource, Section
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, Side, SliceMark

RADIUS, WIDTH = 20.0, 5.0
MARK = SliceMark(
    side=Side.RIGHT, bbox=BBox(0.98, 0.4, 1, 0.5), straight=BBox(0.98, 0.4, 1, 0.5), colour=Ink.RED, width_mm=5,
    confidence=1,
)  # fmt: skip


def page(file: str, number: int, section: Section) -> Page:
    reading = PageReading(page=number, rotation=0, width=1000, height=1400, dpi=None, source=PageSource.OCR)
    return Page(file=file, sha256="", reading=reading, section=section)


def piece(index: int, slot: int) -> Piece:
    """The slot-th of eight slices of a seal."""
    start, end = slot * WIDTH - RADIUS, (slot + 1) * WIDTH - RADIUS
    nearest = 0.0 if start <= 0 <= end else min(abs(start), abs(end))
    return Piece(index, Side.RIGHT, 100.0, 2 * sqrt(RADIUS**2 - nearest**2), WIDTH, 0, MARK)


def test_files_come_in_the_order_of_the_notice() -> None:
    pages = [page("乙.pdf", 1, Section.TASKBOOK), page("丙.pdf", 1, Section.EVIDENCE), page("甲.pdf", 1, Section.COVER)]
    assert [each.file for each in in_binding_order(pages)] == ["甲.pdf", "乙.pdf", "丙.pdf"]


def test_chords_that_make_a_circle_fit() -> None:
    right = [piece(slot, slot) for slot in range(8)]
    assert misfit(right) < 0.01
    assert misfit([*right[4:], *right[:4]]) > 5


def test_the_chords_say_which_file_came_first() -> None:
    pages = [page("证明.pdf", number, Section.EVIDENCE) for number in (1, 2, 3, 4)]
    pages += [page("承诺.pdf", number, Section.COMMITMENT) for number in (1, 2, 3, 4)]
    slots = [4, 5, 6, 7, 0, 1, 2, 3]  # the commitment was bound before the evidence
    chain = Chain(tuple(piece(index, slot) for index, slot in enumerate(slots)))
    assert [each.file for each in as_bound(pages, [chain])][:4] == ["承诺.pdf"] * 4
    as_it_is = Chain(tuple(piece(index, index) for index in range(8)))
    assert as_bound(pages, [as_it_is]) == tuple(pages)
