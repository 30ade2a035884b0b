"""Rules on long texts: how long they may be, and the commitment's wording."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.engine import judge
from checks.judgement import Judgement
from pipeline.model.document import Section
from pipeline.model.finding import Outcome
from pipeline.model.geometry import BBox
from pipeline.model.package import Package
from pipeline.model.text import Line
from tests.checks.building import build, profile

LINE = BBox(0.1, 0.1, 0.9, 0.2)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("字" * 500, None),
        ("字" * 501, "error"),
        ("字" * 490 + " chip" * 10, "warning"),
        ("字" * 498 + "2021 AI", "warning"),
    ],
)
def test_unit_profile(text: str, severity: str | None) -> None:
    judgement = judge(build({"paper": {"unit_profile": text}}))
    assert [finding.severity for finding in judgement.findings if finding.code == "F121"] == (
        [severity] if severity else []
    )


def test_the_prompt_does_not_count() -> None:
    prompt = profile().prompts["product_summary"][0]
    judgement = judge(build({"paper": {"product_summary": prompt + "字" * 1000}}))
    assert _outcome(judgement, "F122") is Outcome.PASSED


def test_task_book() -> None:
    told = [
        _outcome(judge(build({"paper": {"taskbooks": [{"一、揭榜任务简要介绍": "字" * number}]}})), "F123")
        for number in (6000, 6001)
    ]
    assert told == [Outcome.PASSED, Outcome.FAILED]


def test_a_notice_without_a_limit_asks_for_none() -> None:
    case = build({"paper": {"unit_profile": "字" * 9000}})
    limits = {**case.profile.word_limits, "unit_profile": None}
    unlimited = replace(case, profile=case.profile.model_copy(update={"word_limits": limits}))
    assert _outcome(judge(case), "F121") is Outcome.FAILED
    assert _outcome(judge(unlimited), "F121") is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        ("____", "智能导盲系统", Outcome.PASSED),
        ("资料", "资科", Outcome.PASSED),
        ("我单位对违反上述承诺导致的后果承担全部法律责任。", "", Outcome.FAILED),
        ("，所报送产品和服务符合国家有关法律法规及相关产业政策要求", "", Outcome.FAILED),
        ("承担全部法律责任", "在合理范围内酌情承担法律责任", Outcome.FAILED),
        ("真实性负责", "真实性在一般注意义务范围内负责", Outcome.FAILED),
    ],
)
def test_commitment(old: str, new: str, outcome: Outcome) -> None:
    text = "".join(profile().commitment_text).replace(old, new) + "联系人：李明"
    case = build({"paper": {}})
    assert _outcome(judge(type(case)(_with_text(case.package, text), case.profile)), "F132") is outcome


def test_commitment_on_an_unread_page() -> None:
    assert _outcome(judge(build({"paper": {}, "unread_pages": 1})), "F132") is Outcome.UNDECIDED


def _with_text(package: Package, text: str) -> Package:
    pages = tuple(
        page.model_copy(
            update={"reading": page.reading.model_copy(update={"lines": (Line(text=text, confidence=1.0, bbox=LINE),)})}
        )
        if page.section is Section.COMMITMENT
        else page
        for page in package.pages
    )
    return package.model_copy(update={"pages": pages})


def _outcome(judgement: Judgement, code: str) -> Outcome:
    (outcome,) = {verdict.outcome for verdict in judgement.verdicts if verdict.code == code}
    return outcome
