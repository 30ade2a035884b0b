"""The unit of amounts as statements print it, torn between two rows among others."""

from __future__ import annotations

import pytest

from extractors.evidence.units import told_unit
from extractors.forms.flow import flow_of_text
from pipeline.model.evidence import Source


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        (["编制单位：成都某公司 会计期间：2020年度 单位：元"], "元"),
        (["会计期间：2020年度 单位:人", "民币元"], "元"),
        (["会计期间：2020年度 单位:人民", "币万元"], "万元"),
        (["金额单位：", "万元"], "万元"),
        (["单位：人民币百", "万元"], "百万元"),
        (["会计期间：2020年度 编制单位：", "元通科技公司"], None),
        (["编制单位：元通科技公司", "项目 本年数"], None),
        (["单位:人", "事部"], None),
    ],
)
def test_the_unit_is_told_from_one_row_or_two(rows: list[str], unit: str | None) -> None:
    assert told_unit([flow_of_text(row, Source.PAPER) for row in rows]) == unit
