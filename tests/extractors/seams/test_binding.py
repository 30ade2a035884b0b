"""The order in which sheets were bound, from their parts and from the chords of their slices."""

from __future__ import annotations

from math import sqrt

from extractors.seams.binding import as_bound, bound, in_binding_order, misfit, orders
from extractors.seams.chains import Chain, Piece
from extractors.seams.sheets import sheets_of
from pipeline.model.document import Page, Section
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, Side, SliceMark
from tests.bare_pages import bare_page

RADIUS, WIDTH = 20.0, 5.0
MARK = SliceMark(
    side=Side.RIGHT, bbox=BBox(0.98, 0.4, 1, 0.5), straight=BBox(0.98, 0.4, 1, 0.5), colour=Ink.RED, width_mm=5,
    confidence=1,
)  # fmt: skip


def page(file: str, number: int, section: Section, slices: tuple[SliceMark, ...] = ()) -> Page:
    return Page(file=file, sha256="", reading=bare_page(number, (1000, 1400), None, slices=slices), section=section)


def piece(index: int, slot: int) -> Piece:
    """The slot-th of eight slices of a seal."""
    start, end = slot * WIDTH - RADIUS, (slot + 1) * WIDTH - RADIUS
    nearest = 0.0 if start <= 0 <= end else min(abs(start), abs(end))
    return Piece(index, Side.RIGHT, 100.0, 2 * sqrt(RADIUS**2 - nearest**2), WIDTH, 0, MARK)


def mark(slot: int) -> SliceMark:
    """The slot-th of eight slices, as it lies on its page of 297 mm."""
    whole = piece(0, slot)
    box = BBox(1 - WIDTH / 212, (100 - whole.length / 2) / 297, 1, (100 + whole.length / 2) / 297)
    return SliceMark(side=Side.RIGHT, bbox=box, straight=box, colour=Ink.RED, width_mm=WIDTH, confidence=1)


def test_loose_pictures_may_have_been_bound_as_they_are_named() -> None:
    parts = [Section.COVER, Section.FORM, Section.TASKBOOK, Section.COMMITMENT, *[Section.EVIDENCE] * 4]
    pages = [page(f"{slot}.jpg", 1, section, (mark(slot),)) for slot, section in enumerate(parts)]
    order, chains = bound(pages)
    assert order == tuple(pages)
    assert [len(chain.pieces) for chain in chains] == [8]


def test_or_in_the_order_of_the_notice() -> None:
    parts = [Section.COVER, Section.FORM, Section.TASKBOOK, *[Section.EVIDENCE] * 4, Section.COMMITMENT]
    pages = [page(f"{slot}.jpg", 1, section, (mark(slot),)) for slot, section in enumerate(parts)]
    order, chains = bound([pages[-1], *pages[:-1]])
    assert order == tuple(pages)
    assert [len(chain.pieces) for chain in chains] == [8]


def test_of_sheets_printed_on_both_sides_the_order_is_that_in_which_no_back_is_a_front() -> None:
    parts = [Section.COVER, Section.INSTRUCTIONS, Section.FORM, Section.FORM, Section.INDICATORS, Section.TASKBOOK,
             Section.TASKBOOK, Section.COMMITMENT, *[Section.EVIDENCE] * 6]  # fmt: skip
    pages = [
        page(f"{number:03}.jpg", 1, section, (mark(number // 2),) if number % 2 == 0 else ())
        for number, section in enumerate(parts)
    ]
    order, chains = bound(pages)
    assert order == tuple(pages)
    assert sheets_of(order, chains[0].indices).missing == ()


def test_a_file_bound_elsewhere_than_its_part_stands_takes_its_slice_with_it() -> None:
    """Printed on both sides, a file a part; the commitment lay before the evidence, whose first page was its back."""
    files = [("1", Section.COVER), ("2", Section.INSTRUCTIONS), ("3", Section.FORM), ("3", Section.FORM),
             ("4", Section.INDICATORS), ("5", Section.TASKBOOK), ("7", Section.COMMITMENT),
             *[("6", Section.EVIDENCE)] * 7, ("6", Section.BLANK)]  # fmt: skip
    lay = [
        page(f"{name}.pdf", number, section, (mark(number // 2),) if number % 2 == 0 else ())
        for number, (name, section) in enumerate(files)
    ]
    handed = sorted(lay, key=lambda each: each.file)
    order, chains = bound(handed)
    assert [len(chain.pieces) for chain in chains] == [8]
    assert sheets_of(order, chains[0].indices).missing == ()


def test_orders_of_many_files_are_tried_alike_in_every_process() -> None:
    """Of orders that fit as well the first is taken: as the files are."""
    files = tuple(f"{number}.pdf" for number in range(9))
    tried = list(orders(files))
    assert tried[0] == files and len(tried) == len(set(tried)) == 65
    assert tried[1:9] == [(*files[1 : 1 + to], files[0], *files[1 + to :]) for to in range(1, 9)]


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
