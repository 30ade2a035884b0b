"""What a second look makes of values: of evidence documents, of lines read again whole."""

from __future__ import annotations

import pytest

from checks.disputes import Dispute, replace_in_package
from flows.steps.second_look import normal_of
from pipeline.model.evidence import Reading, Source
from pipeline.model.package import EvidenceItem, Package
from pipeline.notices.profile import load_profile


def reading(value: str, raw: str) -> Reading:
    return Reading(value=value, raw=raw, source=Source.PAPER)


@pytest.mark.parametrize(
    ("path", "value", "raw", "again", "told"),
    [
        ("evidence/0/revenue", "5000", "50,000,000.00", "56,000,000.00", "5600"),
        ("evidence/0/year", "2020", "2020年度", "2019年度", "2019"),
        ("evidence/0/owner", "成都锦云有限公司", "成都锦云有限公司", "成都锦雲 有限公司", "成都锦雲有限公司"),
        ("fields/revenue", "5000", "5,000", "6,000", "6000"),
        ("fields/recommender", "成都市经信局", "成都市经信局", "成都市经信局（加盖单位公章）", "成都市经信局"),
    ],
)
def test_values_are_made_as_the_record_says(path: str, value: str, raw: str, again: str, told: str) -> None:
    dispute = Dispute(path=path, reading=reading(value, raw))
    assert normal_of(dispute, None, load_profile())(again) == told


def test_a_document_tells_what_its_readings_tell() -> None:
    item = EvidenceItem(
        item=1,
        file="a.pdf",
        pages=(1,),
        year=2019,
        owner="甲公司",
        amounts=(("revenue", "1"), ("rd_spend", "2")),
        places=(
            ("year", reading("2019", "2019年度")),
            ("owner", reading("甲公司", "甲公司")),
            ("revenue", reading("1", "1")),
        ),
    )
    looked = {
        "evidence/0/year": reading("2020", "2020年度"),
        "evidence/0/owner": reading("乙公司", "乙公司"),
        "evidence/0/revenue": reading("5", "5"),
    }
    (made,) = replace_in_package(Package(identity="a", delivery="b", evidence=(item,)), looked).evidence
    assert (made.year, made.owner, dict(made.amounts)) == (2020, "乙公司", {"revenue": "5", "rd_spend": "2"})
