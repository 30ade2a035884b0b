"""Amounts out of statements in layouts of many offices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.model.document import Section
from tests.extractors.evidence.sheets import FILE, UNIT, one, sheet
from tests.extractors.records import line, page

LAYOUTS = yaml.safe_load((Path(__file__).parent / "amount_layouts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout["what"])
def test_amounts_of_a_layout(layout: dict[str, Any]) -> None:
    lines = [text.replace("U", UNIT) for text in layout["lines"]]
    amounts = dict(one(sheet(*lines, rows=layout.get("table", ()))).amounts)
    told = {key: value for key, value in amounts.items() if key in ("revenue", "ai_revenue", "rd_spend")}
    assert told == layout["amounts"]


@pytest.mark.parametrize(("left", "right"), [("23,456,", "780.00"), ("23,456", ",780.00"), ("23,456,780.", "00")])
def test_a_number_that_a_seal_parts_is_one_number(left: str, right: str) -> None:
    top = [line("利润表", 0.45, 0.05), line("2020年度", 0.45, 0.1), line("单位：元", 0.8, 0.15)]
    heads = [line("项目", 0.1, 0.2), line("本期金额", 0.45, 0.2), line("上期金额", 0.8, 0.2)]
    first = line(left, 0.42, 0.24)
    rest = line(right, first.bbox.x1 + 0.01, 0.24)
    row = [line("营业收入", 0.1, 0.24), first, rest, line("9,000.00", 0.8, 0.24)]
    item = one(page((*top, *heads, *row), file=FILE, section=Section.EVIDENCE))
    assert dict(item.amounts) == {"revenue": "2345.678"}
