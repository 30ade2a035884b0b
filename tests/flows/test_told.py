"""What rows answer and texts claim reaches the judges, for paper and filing alike."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from checks.case import Case
from checks.disputes import Dispute
from checks.judgement import Judgement
from flows.steps import judging
from flows.steps.judged import looked_key
from flows.steps.judging import JudgingJob, judge_package
from pipeline.intake import Correction
from pipeline.model.application import Application, Field
from pipeline.model.evidence import Reading, Source
from pipeline.model.indicator import Indicator
from pipeline.model.package import Package
from pipeline.notices.profile import DEFAULT_NOTICE, load_profile
from pipeline.store import Store


def said(text: str | tuple[int, ...], source: Source) -> Reading:
    return Reading(value=text, raw=str(text), source=source)


def application(source: Source, directions: tuple[int, ...]) -> Application:
    texts: dict[str, str | tuple[int, ...]] = {
        "directions": directions,
        "unit_profile": "公司成立于2015年，拥有专利56项。",
    }
    return Application(
        source=source,
        fields=tuple(Field(key=key, reading=said(text, source)) for key, text in texts.items()),
        indicators=(Indicator(name=said("漏检率", source), current=said("1%", source), target=said("0.1%", source)),),
    )


def test_paper_and_filing_are_judged_with_what_their_rows_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, cases = Store(tmp_path), []
    paper = application(Source.PAPER, ())
    store.put("assembled/one", Package(identity="成都市/甲", delivery="成都市", paper=paper))
    monkeypatch.setattr(judging, "judge", lambda case, judge=judging.judge: cases.append(case) or judge(case))
    correction = Correction(package="成都市/甲", key="directions", value="方向14")
    judge_package(
        JudgingJob(
            assembly="assembled/one", files=(), online=application(Source.ONLINE, (14,)), delivery="assembled/none",
            corrections=(correction,), key="judged/one", store=str(tmp_path), profile=DEFAULT_NOTICE,
        )
    )  # fmt: skip
    for witness in (cases[0].package.paper, cases[0].online):
        assert [match.reference for match in witness.indicators[0].answers] == ["D14-01"]
    looked = store.get(looked_key("judged/one"), Package)
    assert looked is not None and looked.paper is not None
    assert [(claim.kind.value, claim.count, claim.date) for claim in looked.paper.claims] == [
        ("founding", None, "2015"),
        ("patent", 56, ""),
    ]


def test_what_rows_say_is_told_again_after_a_second_look() -> None:
    paper = application(Source.PAPER, (14,))
    case = Case(package=Package(identity="成都市/甲", delivery="成都市", paper=paper), profile=load_profile())
    before = judging._levels_told(case.package, case.profile)
    looks: list[tuple[Dispute, ...]] = []

    def judge_with_dispute(case: Case) -> Judgement:
        reading = said("0.5%", Source.PAPER)
        return Judgement(disputes=() if looks else (Dispute(path="indicators/0/target", reading=reading),))

    def look(disputes: tuple[Dispute, ...]) -> dict[str, Reading]:
        looks.append(disputes)
        return {dispute.path: dispute.reading for dispute in disputes}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "judge", judge_with_dispute)
        settled, _ = judging.settle(Case(package=before, profile=case.profile), look)
    assert _goal(before) == Decimal("0.1")
    assert _goal(settled.package) == Decimal("0.5")


def _goal(package: Package) -> Decimal:
    assert package.paper is not None
    levels = package.paper.indicators[0].levels
    assert levels is not None and levels.target is not None
    return levels.target.measures[0].value
