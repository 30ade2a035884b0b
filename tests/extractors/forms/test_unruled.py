from __future__ import annotations

from collections.abc import Sequence

from extractors.paper import read_application
from pipeline.model.document import Section
from pipeline.model.evidence import Place, Reading, Source
from pipeline.model.text import Line, Table
from pipeline.notices.profile import load_profile
from tests.extractors.records import SCAN, line, page, table

PROFILE = load_profile()
X = (0.05, 0.25, 0.5, 0.7)
HEAD = ("参考指标", "当前水平", "2023年目标", "补充说明")
BODY = (("定位精度", "5cm", "2cm", "室内"), ("续航时间", "4h", "8h", ""))


def lines(*rows: Sequence[str], step: float = 0.03) -> list[Line]:
    return [
        line(text, x, 0.2 + step * number)
        for number, row in enumerate(rows)
        for x, text in zip(X, row, strict=True)
        if text
    ]


def read(own: Sequence[Line], *tables: Table, printed: Reading | None = None) -> list[tuple[str, ...]]:
    one = page([line("关键指标表", 0.4, 0.05), *own], *tables, section=Section.INDICATORS)
    application = read_application([one.model_copy(update={"printed": printed})], PROFILE)
    assert application is not None
    return [
        (row.name.text, *(each.text if each else "" for each in (row.current, row.target, row.note)))
        for row in application.indicators
    ]


def test_indicators_set_without_rulings_are_read() -> None:
    assert read(lines(HEAD, *BODY)) == list(BODY)


def test_wide_white_parts_rows_whose_text_wraps() -> None:
    wrapped = [line("无遮挡", X[3], 0.2 + 0.04 + 0.016), *lines(HEAD, *BODY, step=0.04)]
    assert [row[3].replace("\n", "") for row in read(wrapped)] == ["室内无遮挡", ""]


def test_what_may_be_a_row_or_the_rest_of_one_is_not_read() -> None:
    assert read(lines(HEAD, *BODY, ("", "", "", "无遮挡环境"))) == []
    assert read(lines(HEAD, *BODY, ("测试条件", "", "", ""))) == []
    assert read(lines(HEAD, *BODY, ("", "4h", "8h", "满载"))) == []


def test_the_pages_number_is_no_row() -> None:
    number = line("7", 0.5, 0.95)
    place = Place(file=SCAN, page=1, bbox=number.bbox)
    printed = Reading(value="7", raw="7", source=Source.PAPER, places=(place,))
    assert read([*lines(HEAD, *BODY), number]) == []
    assert read([*lines(HEAD, *BODY), number], printed=printed) == list(BODY)


def test_beside_a_ruled_table_nothing_else_is_read() -> None:
    assert read(lines(HEAD, *BODY), table([["甲", "乙"], ["丙", "丁"]], top=0.7)) == []
