"""Which codes a document without paper is judged by: every package code is told, or said not to apply."""

from __future__ import annotations

import pytest

from checks.catalogue import load_catalogue
from checks.engine import judge
from checks.paperless import NO_FILING, ON_PAPER, TOLD, TOLD_WITH_FILING, judge_document
from checks.rule import PACKAGE, rules_of
from pipeline.model.finding import Outcome
from tests.checks.building import build, profile
from tests.checks.test_tables import ENTRIES

ALL = {code for rule in rules_of(PACKAGE) for code in rule.codes}
SAID = {"applicant": "成都某某科技有限公司", "uscc": "52511300PDY001418P", "staff": "10", "rd_staff": "20"}


def outcomes(judgement, code):
    return {verdict.outcome for verdict in judgement.verdicts if verdict.code == code}


def test_the_codes_that_are_told_exist_and_none_is_of_seals():
    assert TOLD | TOLD_WITH_FILING <= ALL and not TOLD & TOLD_WITH_FILING
    assert not [code for code in TOLD | TOLD_WITH_FILING if code[0] in "SEZQN"]


def test_every_other_code_is_said_not_to_apply_and_is_no_finding():
    judgement = judge_document(build({"paper": SAID}), filings_given=True)
    for code in ALL - TOLD - TOLD_WITH_FILING:
        told = [verdict for verdict in judgement.verdicts if verdict.code == code]
        assert [verdict.outcome for verdict in told] == [Outcome.NOT_APPLICABLE] and told[0].message == ON_PAPER
    assert {finding.code for finding in judgement.findings} <= TOLD | TOLD_WITH_FILING | {"Q102"}


def test_rules_on_the_document_itself_are_the_same():
    judgement = judge_document(build({"paper": SAID}), filings_given=False)
    assert "F151" in {finding.code for finding in judgement.findings}
    assert outcomes(judgement, "F102") == {Outcome.PASSED}


def test_what_needs_a_filing_says_so_without_one():
    judgement = judge_document(build({"paper": SAID}), filings_given=False)
    for code in TOLD_WITH_FILING:
        assert [each.message for each in judgement.verdicts if each.code == code] == [NO_FILING]


def test_a_missing_section_is_missing_and_silences_what_follows():
    judgement = judge_document(build({"paper": SAID}), filings_given=False)
    assert outcomes(judgement, "P113") == {Outcome.FAILED} and outcomes(judgement, "P112") == {Outcome.PASSED}
    assert outcomes(judgement, "I101") == {Outcome.NOT_APPLICABLE}


PAPER_WORDS = ("纸", "扫描", "原件", "盖章", "补交")
"""What nobody can look at, hand in or correct before the document is printed."""


def messages(judgement):
    return [each.message for each in (*judgement.verdicts, *judgement.findings) if each.message != ON_PAPER]


def test_no_sentence_of_the_catalogue_speaks_of_paper():
    entries = load_catalogue(profile().folder).of_documents().codes
    told = [entries[code].message for code in TOLD | TOLD_WITH_FILING | {"Q102"}]
    assert not [message for message in told if any(word in message for word in PAPER_WORDS)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['rule']} {entry['what']}")
def test_no_rule_speaks_of_paper_to_a_document(entry):
    judgement = judge_document(build(entry), filings_given=True)
    assert judgement.faults == ()
    said = "".join(str(entry.get(side, "")) for side in ("paper", "online", "docx"))
    spoken = [word for word in PAPER_WORDS if word not in said]
    assert not [message for message in messages(judgement) if any(word in message for word in spoken)]


def test_of_paper_the_same_rules_speak_as_before():
    told = messages(judge(build({"paper": {}, "sections": ("form",)})))
    assert any("纸质" in message for message in told)


def test_a_box_that_is_not_there_is_told_as_such_and_asks_once():
    finding = next(
        each for each in judge_document(build({"paper": SAID}), filings_given=False).findings if each.code == "Q102"
    )
    assert "没有找到此栏" in finding.message and finding.message.count("请核对") == 1
