from __future__ import annotations

import pytest

from extractors.forms.flow import Flow, flow_of_lines, flow_of_text, join
from pipeline.model.evidence import Cell, Source
from pipeline.model.geometry import BBox
from pipeline.model.text import Layer
from tests.extractors.records import SCAN, line, stacked


def test_lines_become_one_text_whose_characters_know_their_place() -> None:
    flow = flow_of_lines(stacked("成都某某", "有限公司"), SCAN, 2)
    assert flow.text == "成都某某\n有限公司"
    assert len(flow.chars) == len(flow.marks) == len(flow.text)
    assert [place.bbox.y0 for place in flow.places] == pytest.approx([0.1, 0.13])
    assert {place.page for place in flow.places} == {2}


def test_a_part_of_a_line_has_a_part_of_its_place() -> None:
    whole = flow_of_lines([line("联系人：赵二", 0.1)], SCAN, 1)
    (place,) = whole[4:6].places
    assert 0.1 + 0.018 * 3 < place.bbox.x0 <= 0.1 + 0.018 * 4
    assert place.bbox.x1 == pytest.approx(whole.places[0].bbox.x1)
    assert whole[0:6].places == whole.places


def test_stripping_takes_characters_along() -> None:
    flow = flow_of_lines([line("__ 赵二 __")], SCAN, 1).stripped("_")
    assert flow.text == "赵二" == "".join(char.text for char in flow.chars)


def test_an_empty_flow_stands_in_its_box() -> None:
    box = BBox(0.5, 0.5, 0.9, 0.6)
    flow = flow_of_lines([], SCAN, 4, box)
    assert flow.text == "" and [place.bbox for place in flow.places] == [box]
    assert flow.reading("").confidence == 1.0


def test_adding_nothing_changes_nothing() -> None:
    flow = flow_of_lines([line("赵二")], SCAN, 1)
    nothing = Flow("", (), ())
    assert (flow + nothing).text == (nothing + flow).text == "赵二"
    assert join([nothing, flow, flow]).text == "赵二\n赵二"


def test_a_reading_is_as_sure_as_its_least_sure_character() -> None:
    flow = flow_of_lines([line("成都", confidence=0.9), line("某某", y=0.2, confidence=0.6)], SCAN, 1)
    assert flow.reading("成都某某").confidence == 0.6
    assert flow.reading("成都某某").from_pixels


def test_other_layers_readings_are_kept_as_variants() -> None:
    other = line("成郡", layer=Layer.WITHOUT_RED)
    reading = flow_of_lines([line("成都").model_copy(update={"others": (other,)})], SCAN, 1).reading("成都")
    assert [(variant.layer, variant.text) for variant in reading.variants] == [
        ("full", "成都"),
        ("without_red", "成郡"),
    ]


def test_text_that_was_never_a_picture_has_no_pixels() -> None:
    cell = Cell(file="申报书.docx", sheet="表1", cell="第1行第2列")
    editable = flow_of_text("赵二", Source.EDITABLE, cell).reading("赵二")
    assert not editable.from_pixels and editable.cells == (cell,) and editable.confidence == 1.0
    digital = flow_of_lines([line("赵二", layer=Layer.TEXT)], SCAN, 1).reading("赵二")
    assert not digital.from_pixels and digital.places
