"""The same papers under two notices: what a notice decides stands in YAML, so each judges them its own way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from checks.case import DeliveryCase
from checks.engine import judge
from checks.judgement import Judgement
from checks.notice_check import check_notice
from pipeline.model.evidence import Source
from pipeline.model.package import Delivery
from pipeline.model.recommendation import RecommendationRow
from pipeline.model.seal import PageRef, Seam, SeamState
from pipeline.notices.profile import Profile, load_profile
from tests.checks.building import build, reading

FIRST = load_profile()
SECOND = load_profile(str(Path(__file__).parents[2] / "data" / "notices" / "hubei-2021"))
ENTRIES = yaml.safe_load((Path(__file__).parent / "papers.yaml").read_text(encoding="utf-8"))
ABSENT = Seam(state=SeamState.ABSENT, pages=(PageRef(file="盖章件.pdf", page=1), PageRef(file="盖章件.pdf", page=2)))


def judged(entry: dict[str, Any], profile: Profile) -> Judgement:
    case = build(entry)
    if entry.get("seam") == "absent":
        case = replace(case, package=case.package.model_copy(update={"seams": (ABSENT,)}))
    return judge(replace(case, profile=profile))


def outcome(judgement: Judgement, code: str, subject: str) -> list[str]:
    return [each.outcome.value for each in judgement.verdicts if (each.code, each.subject) == (code, subject)]


def test_the_second_notice_is_right_and_says_only_what_differs() -> None:
    assert check_notice(str(SECOND.folder)).problems == ()
    assert {path.name for path in SECOND.folder.iterdir()} == {
        "README.md", "catalogue.yaml", "letter.yaml", "notice.txt", "profile.yaml",
    }  # fmt: skip


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['rule']} {entry['what']}")
@pytest.mark.parametrize("which", ["second", "first"])
def test_papers(entry: dict[str, Any], which: str) -> None:
    judgement = judged(entry, SECOND if which == "second" else FIRST)
    assert judgement.faults == ()
    assert outcome(judgement, entry["rule"], entry["subject"]) == [entry[which]]


def test_lateness_is_told_in_the_notice_s_own_words() -> None:
    entry = next(each for each in ENTRIES if each["rule"] == "R106" and each["second"] == "failed")
    told = {
        profile.id: next(each.message for each in judged(entry, profile).findings if each.code == "R106")
        for profile in (FIRST, SECOND)
    }
    assert "逾期不予受理" in told["hubei-2021"] and "是否受理由经办人决定" in told["jiebang-2021"]


def test_another_table_is_asked_for_its_own_columns() -> None:
    """The second notice's table asks for the city and for no reason; the first one's the other way round."""
    cells = {"no": "1", "applicant": "武汉甲公司", "product": "平台", "direction": "1", "contact": "王小明"}
    row = RecommendationRow(
        cells=tuple((key, reading(key, text, Source.PAPER, "text")) for key, text in {**cells, "city": ""}.items())
    )
    delivery = Delivery(name="武汉市", rows=(row,))
    second = judge(DeliveryCase(delivery=delivery, profile=SECOND, packages=()))
    first = judge(DeliveryCase(delivery=delivery, profile=FIRST, packages=()))
    assert outcome(second, "R205", "city#1") == ["failed"] and outcome(second, "R205", "reason#1") == []
    assert outcome(first, "R205", "city#1") == [] and outcome(first, "R205", "reason#1") == ["undecided"]
    assert "所在市州" in next(each.message for each in second.findings if each.code == "R205")
