"""Words and numbers broken over two lines of a narrow cell."""

from __future__ import annotations

import pytest

from extractors.forms.flow import flow_of_lines
from pipeline.model.geometry import BBox
from tests.extractors.records import line

CHARACTER, MARGIN = 0.02, 0.015


def width(text: str) -> float:
    return CHARACTER * sum(0.55 if char.isascii() else 1.0 for char in text)


def told(first: str, second: str, free: float) -> str:
    """The value of a cell that leaves so much free beside its first line, in characters."""
    boxes = (BBox(0.2, 0.10, 0.2 + width(first), 0.12), BBox(0.2, 0.13, 0.2 + width(second), 0.15))
    lines = [line(text).model_copy(update={"bbox": box}) for text, box in zip((first, second), boxes, strict=True)]
    cell = BBox(0.2 - MARGIN / 2, 0.09, 0.2 + width(first) + free * CHARACTER, 0.16)
    return flow_of_lines(lines, "扫描件.pdf", 1, cell).unbroken


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("支持FP16、INT", "8、INT4", "支持FP16、INT8、INT4"),
        ("不低于99.9", "2%", "不低于99.92%"),
        ("通用开发wo", "rkflows", "通用开发workflows"),
        ("15084266", "091", "15084266091"),
        ("FP16", "INT8", "FP16\nINT8"),
        ("智能", "制造", "智能\n制造"),
    ],
)
def test_a_full_line_goes_on_with_its_word(first: str, second: str, whole: str) -> None:
    assert told(first, second, 0.4) == whole


def test_a_line_with_room_to_spare_ended_by_itself() -> None:
    assert told("20", "30", 3.0) == "20\n30"


def test_outside_a_cell_lines_stay_lines() -> None:
    assert flow_of_lines([line("INT"), line("8")], "扫描件.pdf", 1).unbroken == "INT\n8"
