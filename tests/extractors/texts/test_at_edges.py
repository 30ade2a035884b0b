"""Letters that slices of a seam stamp read as on a copy without colour."""

from __future__ import annotations

from extractors.texts.at_edges import without_slices
from pipeline.model.geometry import BBox
from tests.extractors.records import line


def test_a_letter_or_two_at_the_sheets_edge_are_a_slice() -> None:
    text = line("适配推断芯片数：8款。", 0.1, 0.5)
    right, left = (
        line("f", 0.98, 0.5).model_copy(update={"bbox": box})
        for box in (BBox(0.97, 0.5, 0.995, 0.52), BBox(0.0, 0.5, 0.03, 0.52))
    )
    assert without_slices((text, right, left), 1654, 7.9) == (text,)


def test_what_stands_further_in_and_whole_lines_are_print() -> None:
    page_number = line("7", 0.9, 0.95)
    long = line("适配推断芯片数", 0.1, 0.5).model_copy(update={"bbox": BBox(0.01, 0.5, 0.4, 0.52)})
    assert without_slices((page_number, long), 1654, 7.9) == (page_number, long)
