"""The evidence of sample packages: every kind comes up, nothing is too long, and the truth is what is printed."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from pipeline.notices.profile import load_profile
from samples.applicants import make_filing
from samples.banks import bank
from samples.codes import patent_check
from samples.printing.blocks import Break, Table
from samples.printing.evidence import EvidenceDocument, Oddity, evidence_documents

FAMILIES = ("tuning", "judging", "reserve")
LONGEST_MEAN = 7.3
"""Pages of evidence a package, on average: reading them is what a measurement costs."""


def documents(family: str, seed: int, short: bool = False) -> tuple[EvidenceDocument, ...]:
    filing = make_filing(seed, bank("cities")[seed % 12], load_profile(), Random(seed), "usual", rephrase=False)
    return evidence_documents(filing, Random(seed), family, short)


def texts(document: EvidenceDocument) -> str:
    plain = [getattr(block, "text", "") for block in document.blocks]
    cells = [cell.text for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row]
    return "\n".join((*plain, *cells))


def pages(document: EvidenceDocument) -> int:
    return 1 + sum(isinstance(block, Break) for block in document.blocks) + bool(document.separator)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_item_is_there_and_every_kind_comes_up(family: str) -> None:
    many = [documents(family, seed) for seed in range(60)]
    assert all({document.item for document in each} == {1, 2, 3, 4, 5} for each in many)
    kinds = {document.kind for each in many for document in each}
    assert kinds == {"利润表", "审计报告", "纳税证明", "研发费用", "专利证书", "软件著作权", "标准", "高新技术企业",
                     "荣誉", "测试报告", "应用证明"}  # fmt: skip
    assert any(document.separator for each in many for document in each)
    mean = sum(pages(document) for each in many for document in each) / len(many)
    assert 5 < mean <= LONGEST_MEAN


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("family", FAMILIES)
def test_the_truth_is_printed(family: str, seed: int) -> None:
    for document in documents(family, seed):
        printed = texts(document).replace("（", "(").replace("）", ")")
        assert document.owner in printed
        assert document.number.replace("-", "").replace("/", "") in printed.translate(str.maketrans("", "", " -—/"))
        for _, amount in document.amounts:
            forms = (f"{Decimal(amount):,.2f}", f"{Decimal(amount) * 10000:,.2f}")
            assert any(form in printed for form in forms)


def test_a_short_package_has_one_page_an_item() -> None:
    assert [(document.item, pages(document)) for document in documents("tuning", 1, short=True)] == [
        (1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]  # fmt: skip


@pytest.mark.parametrize(("body", "digit"), [("201911044411", "X"), ("201910460277", "5")])
def test_check_digits_of_known_patents(body: str, digit: str) -> None:
    assert patent_check(body) == digit


def test_a_claimed_patent_is_among_the_evidence() -> None:
    claimed = 0
    for seed in range(60):
        filing = make_filing(seed, bank("cities")[seed % 12], load_profile(), Random(seed), "usual", rephrase=False)
        if "发明专利" in filing.values["unit_profile"]:
            claimed += 1
            made = evidence_documents(filing, Random(seed), "tuning", False)
            assert "发明专利证书" in {document.title for document in made}
    assert claimed > 5


def test_documents_of_earlier_years() -> None:
    filing = make_filing(1, bank("cities")[1], load_profile(), Random(1), "usual", rephrase=False)
    for seed in range(10):
        old = evidence_documents(filing, Random(seed), "tuning", False, Oddity(aged={1: 1, 4: 3}))
        assert {document.year for document in old if document.item == 1} == {2019}
        assert {document.valid_until[:4] for document in old if document.valid_until} == {"2020"}
        assert all("2020年度" not in texts(document) for document in old if document.item == 1)


def test_documents_of_another_unit() -> None:
    filing = make_filing(1, bank("cities")[1], load_profile(), Random(1), "usual", rephrase=False)
    other = filing.with_value("applicant", "成都鼎盛有限公司")
    made = evidence_documents(filing, Random(1), "tuning", False, Oddity(others={3: other}))
    assert {document.owner for document in made if document.item == 3} == {"成都鼎盛有限公司"}
    assert {document.owner for document in made if document.item != 3} == {filing.values["applicant"]}
