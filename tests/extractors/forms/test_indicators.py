from __future__ import annotations

from extractors.forms.indicators import products_and_directions, read_head, read_indicators
from pipeline.model.indicator import Indicator, IndicatorHead, RowKind
from pipeline.notices.profile import load_profile
from tests.extractors.records import CellText, form_tables

PROFILE = load_profile()
HEAD: list[CellText] = [
    "揭榜方向", "揭榜产品\n名称", "参考指标", "本单位\n当前水平", "本单位2023\n年目标",
    "对指标水平的基准衡量场景或\n具体含义的补充说明",
]  # fmt: skip


def rows(*pages: list[list[CellText]]) -> tuple[Indicator, ...]:
    tables = [table for number, entries in enumerate(pages, 1) for table in form_tables(entries, number=number)]
    return read_indicators(tables, PROFILE)


def said(indicator: Indicator) -> tuple[object, ...]:
    return (
        indicator.direction,
        indicator.product,
        indicator.name.text,
        indicator.current and indicator.current.text,
        indicator.target and indicator.target.text,
        indicator.note and indicator.note.text,
    )


def test_direction_and_product_written_once_over_several_rows() -> None:
    found = rows(
        [
            HEAD,
            [("方向10：智能机器人", 2, 1), ("巡检机器人", 2, 1), "定位精度", "5cm", "2cm", "室内"],
            [None, None, "续航", "4h", "8h", ""],
            ["方向3：智能传感器", "激光雷达", "测距", "100m", "200m", "白天"],
        ]
    )
    assert [said(indicator) for indicator in found] == [
        (10, "巡检机器人", "定位精度", "5cm", "2cm", "室内"),
        (10, "巡检机器人", "续航", "4h", "8h", ""),
        (3, "激光雷达", "测距", "100m", "200m", "白天"),
    ]


def test_rows_left_blank_are_no_indicators() -> None:
    assert [said(row)[2] for row in rows([HEAD, ["", "", "精度", "1", "2", ""], ["", "", "", "", "", ""]])] == ["精度"]


def test_the_head_repeated_on_the_next_page() -> None:
    found = rows(
        [HEAD, ["方向10：智能机器人", "机器人", "精度", "5cm", "2cm", "室内"]],
        [HEAD, ["", "", "续航", "4h", "8h", "满载"]],
    )
    assert [said(row)[:3] for row in found] == [(10, "机器人", "精度"), (10, "机器人", "续航")]
    assert found[1].place is not None and found[1].place.page == 2


def test_a_next_page_without_a_head() -> None:
    found = rows(
        [HEAD, ["方向10：智能机器人", "机器人", "精度", "5cm", "2cm", "室内"]],
        [["", "", "续航", "4h", "8h", "满载"]],
    )
    assert [said(row)[2:] for row in found] == [("精度", "5cm", "2cm", "室内"), ("续航", "4h", "8h", "满载")]


def test_a_row_broken_by_the_end_of_a_page() -> None:
    found = rows(
        [HEAD, ["方向10：智能机器人", "机器人", "精度", "5cm", "2cm", "室内平整"]],
        [["", "", "", "", "", "地面测得"], ["", "", "续航", "4h", "8h", ""]],
    )
    assert [said(row)[2:] for row in found] == [("精度", "5cm", "2cm", "室内平整地面测得"), ("续航", "4h", "8h", "")]
    note = found[0].note
    assert note is not None
    assert {place.page for place in note.places} == {1, 2}
    assert "".join(char.text for char in note.chars) == note.raw


def test_a_row_broken_by_the_end_of_a_page_below_a_repeated_head() -> None:
    first: list[CellText] = ["方向10：智能机器人", "机器人", "精度", "5cm", "2cm", "室内平整"]
    found = rows([HEAD, first], [HEAD, ["", "", "", "", "", "地面测得"], ["", "", "续航", "4h", "8h", ""]])
    assert [said(row)[2:] for row in found] == [("精度", "5cm", "2cm", "室内平整地面测得"), ("续航", "4h", "8h", "")]
    named = rows([HEAD, first], [HEAD, ["", "巡检机器人", "", "4h", "8h", ""]])
    assert [said(row)[1:5] for row in named] == [("机器人", "精度", "5cm", "2cm"), ("巡检机器人", "", "4h", "8h")]


def test_a_table_of_another_kind_does_not_go_on() -> None:
    found = rows([HEAD, ["", "", "精度", "5cm", "2cm", ""]], [["甲", "乙"], ["丙", "丁"]])
    assert [said(row)[2] for row in found] == ["精度"]
    assert rows([["甲", "乙"], ["丙", "丁"]]) == ()


def test_columns_in_another_order() -> None:
    found = rows([["序号", "参考指标", "2023年目标", "当前水平"], ["1", "精度", "2cm", "5cm"]])
    assert [said(row) for row in found] == [(None, "", "精度", "5cm", "2cm", None)]


def test_the_templates_example_is_no_direction_of_its_own() -> None:
    (row,) = rows([HEAD, ["示例：方向10：智能机器人", "机器人", "精度", "5cm", "2cm", ""]])
    assert row.direction == 10


def test_products_and_directions_are_told_once_a_cell() -> None:
    tables = form_tables(
        [
            HEAD,
            [("方向10：智能机器人", 2, 1), ("机器人", 2, 1), "精度", "5cm", "2cm", ""],
            [None, None, "续航", "4h", "8h", ""],
        ]
    )
    assert [(key, flow.text) for key, flow in products_and_directions(tables, PROFILE)] == [
        ("product", "机器人"),
        ("directions", "方向10：智能机器人"),
    ]


EXAMPLE: list[CellText] = [("示例：高性能云端人工智能芯片", 3, 1), ("", 3, 1), "计算精度", "", "", ""]


def test_example_rows_left_in_are_kept_and_marked() -> None:
    found = rows(
        [
            HEAD,
            EXAMPLE,
            [None, None, "算力", "", "", ""],
            [None, None, "其他指标...", "", "", ""],
            ["方向10：智能机器人", "巡检机器人", "识别准确率", "94%", "96%", ""],
        ]
    )
    assert [(row.name.text, row.kind, row.example_mark) for row in found] == [
        ("计算精度", RowKind.EXAMPLE, True),
        ("算力", RowKind.EXAMPLE, True),
        ("其他指标...", RowKind.PLACEHOLDER, True),
        ("识别准确率", RowKind.DATA, False),
    ]


def test_an_example_row_filled_in_is_data_with_the_mark() -> None:
    (row,) = rows([HEAD, ["示例：高性能云端人工智能芯片", "芯片", "典型功耗", "80W", "70W", ""]])
    assert (row.kind, row.example_mark, row.direction) == (RowKind.DATA, True, 1)


def test_the_mark_goes_on_where_the_direction_is_blank() -> None:
    found = rows([HEAD, ["示例：智能机器人", "", "定位精度", "", "", ""], ["", "", "续航", "", "", ""]])
    assert [(row.kind, row.example_mark) for row in found] == [(RowKind.EXAMPLE, True)] * 2


def test_an_example_named_in_its_own_cell_marks_that_row_alone() -> None:
    found = rows([HEAD, ["", "", "示例：精度", "", "", ""], ["", "", "续航", "4h", "8h", ""]])
    assert [(row.kind, row.example_mark) for row in found] == [(RowKind.EXAMPLE, True), (RowKind.DATA, False)]


def test_a_placeholder_is_told_from_an_own_indicator_under_its_heading() -> None:
    found = rows([HEAD, ["", "", "其它指标……", "", "", ""], ["", "", "其他指标：年产量", "3台", "9台", ""],
                  ["", "", "续航", "", "", ""]])  # fmt: skip
    assert [row.kind for row in found] == [RowKind.PLACEHOLDER, RowKind.DATA, RowKind.DATA]


def test_an_example_left_in_is_no_direction_of_the_applicant() -> None:
    tables = form_tables([HEAD, EXAMPLE, [None, None, "算力", "", "", ""], [None, None, "功耗", "", "", ""],
                          ["方向10：智能机器人", "机器人", "精度", "5cm", "2cm", ""]])  # fmt: skip
    assert [(key, flow.text) for key, flow in products_and_directions(tables, PROFILE)] == [
        ("product", "机器人"),
        ("directions", "方向10：智能机器人"),
    ]


def test_a_product_broken_within_a_word_is_spelled_as_on_the_form() -> None:
    entries: list[list[CellText]] = [HEAD, ["方向16：平台", "百工Auto\nML服务平台", "精度", "1", "2", ""]]
    tables = form_tables(entries)
    assert read_indicators(tables, PROFILE, "百工AutoML服务平台")[0].product == "百工AutoML服务平台"
    assert read_indicators(tables, PROFILE, "百工AutoNL服务平台")[0].product == "百工Auto ML服务平台"


def head_of(*pages: list[list[CellText]]) -> IndicatorHead | None:
    tables = [table for number, entries in enumerate(pages, 1) for table in form_tables(entries, number=number)]
    return read_head(tables, PROFILE)


def test_the_head_names_its_columns() -> None:
    head = head_of([HEAD, ["方向10：智能机器人", "机器人", "精度", "5cm", "2cm", "室内"]])
    assert head is not None and head.place is not None and head.place.page == 1
    assert set(head.columns) == set(PROFILE.indicator_columns)
    assert not any(head.lacks(column) for column in PROFILE.indicator_columns)


def test_a_column_left_out_and_one_that_is_not_understood() -> None:
    short = head_of([HEAD[:5], ["方向10：智能机器人", "机器人", "精度", "5cm", "2cm"]])
    assert short is not None and short.lacks("note") and not short.lacks("target")
    unsure = head_of([[*HEAD[:5], "口径"], ["方向10：智能机器人", "机器人", "精度", "5cm", "2cm", "室内"]])
    assert unsure is not None and not unsure.lacks("note") and "note" not in unsure.columns


def test_the_fullest_head_of_all_pages_counts_and_no_table_has_none() -> None:
    assert head_of([["", "", "续航", "4h", "8h", "满载"]]) is None
    head = head_of([HEAD[:4], ["", "", "续航", "4h"]], [HEAD, ["", "", "续航", "4h", "8h", "满载"]])
    assert head is not None and len(head.columns) == 6


def test_columns_in_another_order_and_other_words() -> None:
    entries: list[list[CellText]] = [
        ["指标名称", "到2023年的目标", "目前水平", "衡量场景或含义说明", "揭榜产品名称", "揭榜方向"],
        ["漏检率", "0.3%", "0.9%", "样本5000件", "某某系统", "智能无人机"],
    ]
    (found,) = read_indicators(form_tables(entries), PROFILE)
    assert found.current is not None and found.target is not None and found.note is not None
    assert (found.name.text, found.current.text, found.target.text) == ("漏检率", "0.9%", "0.3%")
    assert (found.note.text, found.product, found.direction) == ("样本5000件", "某某系统", 11)
