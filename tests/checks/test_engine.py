"""The engine: faults, ids, doubt, silence, what delivery and run add to a package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.case import Case, DeliveryCase, PackageSummary, RunCase, summarise
from checks.catalogue import load_catalogue
from checks.disputes import readings_of, replace_in_delivery, replace_in_package
from checks.engine import judge
from checks.judgement import Addition, Judgement, add
from checks.rule import Rule, Ruling, Scope, failed, passed
from pipeline.model.evidence import Reading
from pipeline.model.finding import Conclusion, Outcome
from pipeline.notices.profile import load_profile
from tests.checks.building import build, delivery, profile

CLEAN = {"paper": {"product": "甲系统"}, "online": {"product": "甲系统"}}


def _breaks(case: Case) -> Iterator[Ruling]:
    """Breaks."""
    yield passed("P101", "stamped")
    raise ValueError(case.identity)


def _holds(case: Case) -> Iterator[Ruling]:
    """Fails."""
    yield failed("P102", "editable")


def test_a_broken_rule_is_a_fault_and_the_others_run_on() -> None:
    rules = [Rule(("P101",), Scope.PACKAGE, _breaks), Rule(("P102",), Scope.PACKAGE, _holds)]
    judgement = judge(build(CLEAN), rules)
    assert [fault.subject for fault in judgement.faults] == ["P101"]
    assert "ValueError" in judgement.faults[0].message and "成都市" not in judgement.faults[0].message
    assert [finding.code for finding in judgement.findings] == ["P102"]


def test_a_fault_alone_forbids_clean() -> None:
    assert judge(build(CLEAN), [Rule(("P101",), Scope.PACKAGE, _breaks)]).conclusion is Conclusion.LOOK


def test_ids_do_not_change_with_reading_page_or_wording() -> None:
    one = judge(build({"paper": {"product": "甲系统"}, "online": {"product": "乙系统"}}))
    other = judge(build({"paper": {"product": "丙系统"}, "online": {"product": "丁系统"}}))
    assert _id(one, "X101", "product") == _id(other, "X101", "product") != ""


def test_ids_are_unique_in_a_package() -> None:
    table = {
        "paper": {"product": "甲", "commitment_product": "乙", "address": ""},
        "mentions": {"cover": {"product": "丙"}},
    }
    ids = [verdict.id for verdict in judge(build(table)).verdicts]
    assert len(ids) == len(set(ids))


def test_the_second_look_settles_a_dispute() -> None:
    case = build({"paper": {"product": {"text": "甲系统", "looks": 1}}, "online": {"product": "乙系统"}})
    disputes = {dispute.path: dispute for dispute in judge(case).disputes}
    seen = disputes["fields/product"]
    assert seen.spans == ((0, 1),)
    for sure, outcome in ((True, Outcome.FAILED), (False, Outcome.UNDECIDED)):
        looked = seen.reading.model_copy(update={"looks": 2, "certain": (sure, True, True)})
        again = judge(Case(replace_in_package(case.package, {seen.path: looked}), case.profile, case.online))
        assert [v.outcome for v in again.verdicts if (v.code, v.subject) == ("X101", "product")] == [outcome]
        assert not [dispute for dispute in again.disputes if dispute.path == "fields/product"]


def test_every_reading_can_be_replaced_by_its_path() -> None:
    table = {
        "paper": {
            "product": "甲",
            "indicators": [{"name": "算力", "current": "1", "target": "2", "note": "注"}],
            "taskbooks": [{"一、揭榜任务简要介绍": "攻关"}],
        },
        "mentions": {"cover": {"product": "甲"}},
    }
    package = build(table).package
    new = {path: Reading(value=path, raw=path, source=reading.source) for path, reading in readings_of(package)}
    assert dict(readings_of(replace_in_package(package, new))) == new
    assert len(new) == 7


def test_findings_of_several_doubts_about_one_field_are_one() -> None:
    said = {"text": "甲系统", "unsure": [0]}
    judgement = judge(
        build({"paper": {"product": said}, "online": {"product": "乙系统"}, "docx": {"product": "丙系统"}})
    )
    assert [f.subject for f in judgement.findings if (f.code, f.field) == ("Q102", "product")] == ["product"]


def test_values_of_indicators_stand_in_no_message() -> None:
    rows = [{"name": "算力", "current": "31337TOPS", "target": "41414TOPS"}]
    other = [{"name": "算力", "current": "31338TOPS", "target": {"text": "41415TOPS", "unsure": [4]}}]
    judgement = judge(build({"paper": {"indicators": other}, "online": {"indicators": rows}}))
    told = "".join(finding.message for finding in judgement.findings)
    assert "X102" in {finding.code for finding in judgement.findings}
    assert not any(value in told for value in ("31337", "31338", "41414", "41415"))


def test_deliveries_add_to_their_packages() -> None:
    case = build({"paper": {"applicant": "成都甲乙科技有限公司", "product": "甲系统"}})
    rows = [{"no": "1", "applicant": "绵阳某某研究院", "product": "乙系统"}]
    judged = judge(DeliveryCase(delivery({"rows": rows}), profile(), (summarise(case),)))
    assert [finding.code for finding in judged.findings if finding.code in ("R201", "R202")] == ["R201", "R202"]
    added = add(judge(case), judged.additions, load_catalogue(profile().folder))
    assert [finding.code for finding in added.findings if finding.code.startswith("R2")] == ["R201"]


def test_a_missing_table_silences_missing_rows() -> None:
    case = build({"paper": {"applicant": "成都甲乙科技有限公司"}})
    judged = judge(DeliveryCase(delivery({}), profile(), (summarise(case),)))
    assert [finding.code for finding in judged.findings] == ["R200"]
    assert judged.additions[0].findings == ()


def _row_verdicts(paper: dict[str, object], *rows: dict[str, object], twins: int = 1) -> dict[tuple[str, str], Outcome]:
    """What the delivery's rules say of rows beside packages of one application, by code and first part of subject."""
    told = {"applicant": "成都甲乙科技有限公司", "product": "甲系统", **paper}
    summary = summarise(build({"paper": {key: value for key, value in told.items() if value is not None}}))
    packages = [summary.model_copy(update={"identity": f"成都市/{number}"}) for number in range(twins)]
    listed = [{"no": str(number), **row} for number, row in enumerate(rows, 1)]
    made = judge(DeliveryCase(delivery({"rows": listed}), profile(), packages))
    return {(each.code, each.subject.partition("@")[0]): each.outcome for each in made.verdicts}


LISTED = {"applicant": "成都甲乙科技有限公司", "product": "甲系统"}


def test_an_application_that_came_twice_or_is_listed_twice_lacks_no_row_and_no_package() -> None:
    came = _row_verdicts({}, LISTED, twins=2)
    assert {came["R201", "成都市/0"], came["R201", "成都市/1"]} == {Outcome.PASSED}
    listed = _row_verdicts({}, LISTED, LISTED)
    assert (listed["R202", "1"], listed["R202", "2"], listed["R208", "1"]) == (
        Outcome.PASSED, Outcome.PASSED, Outcome.FAILED,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "row", "subject", "outcome"),
    [
        ({"product": "无"}, {}, "product", None),
        ({"applicant": {"text": "全称（如实填写）"}}, {}, "applicant", None),
        ({"applicant": {"text": "全称（如实填写）成都甲乙科技有限公司"}}, {}, "applicant", Outcome.PASSED),
        ({"leader_name": "李明", "contact_name": "王芳"}, {"contact": "王方"}, "contact", Outcome.FAILED),
        ({"leader_name": "李明", "contact_name": None}, {"contact": "王方"}, "contact", Outcome.UNDECIDED),
        ({"leader_name": "李明", "contact_name": ""}, {"contact": "王方"}, "contact", Outcome.UNDECIDED),
        ({"leader_name": "李明", "contact_name": None}, {"contact": "李明"}, "contact", Outcome.PASSED),
    ],
    ids=["none", "prompt", "prompt and name", "neither", "one not read", "one blank", "the other"],
)
def test_a_row_is_held_against_answers_alone(
    paper: dict[str, object], row: dict[str, object], subject: str, outcome: Outcome | None
) -> None:
    assert _row_verdicts(paper, LISTED | row).get(("R203", subject)) == outcome


def test_a_row_that_differs_is_looked_at_on_both_sides() -> None:
    table = {"paper": {"applicant": {"text": "成都甲乙科技有限公司", "looks": 1}, "product": "甲系统"}}
    rows = [{"no": "1", "applicant": {"text": "成都甲丁科技有限公司", "looks": 1}, "product": "甲系统"}]
    table["delivery"] = {"rows": rows}
    case = build(table)
    assert "fields/applicant" in {dispute.path for dispute in judge(case).disputes}
    side = DeliveryCase(delivery({"rows": rows}), profile(), (summarise(case),))
    paths = {dispute.path for dispute in judge(side).disputes}
    assert "rows/0/applicant" in paths
    looked = {path: _looked(reading) for path, reading in readings_of(side.delivery)}
    summary = summarise(
        Case(replace_in_package(case.package, {"fields/applicant": _looked(case.read("applicant"))}), profile())
    )
    settled = judge(DeliveryCase(replace_in_delivery(side.delivery, looked), profile(), (summary,)))
    assert "R203" in {finding.code for finding in settled.findings}


def test_a_fourth_project_is_told_to_all_of_them() -> None:
    packages = [
        PackageSummary(identity=f"成都市/{n}", delivery="成都市", uscc="X", product=f"产品{n}") for n in range(4)
    ]
    judged = judge(RunCase(profile(), packages))
    assert {each.package for each in judged.additions if _has(each, "R101")} == {each.identity for each in packages}
    assert [finding.code for finding in judged.findings].count("R101") == 1
    fewer = judge(RunCase(profile(), packages[:3]))
    assert not any(_has(each, "R101") for each in fewer.additions)


def test_two_recommenders_in_two_deliveries() -> None:
    one = PackageSummary(identity="成都市/1", delivery="成都市", uscc="X", product="甲", recommender="成都市经信局")
    same = one.model_copy(update={"identity": "成都市/2", "product": "乙", "recommender": "成都市经济和信息化局"})
    other = one.model_copy(update={"identity": "德阳市/1", "delivery": "德阳市", "recommender": "德阳市经信局"})
    assert not _has(judge(RunCase(profile(), [one, same])), "R102")
    assert _has(judge(RunCase(profile(), [one, other])), "R102")
    assert not _has(judge(RunCase(profile(), [one, same.model_copy(update={"recommender": "成都巿经信局"})])), "R102")


def test_winners() -> None:
    package = PackageSummary(identity="成都市/1", delivery="成都市", applicant="成都甲公司", product="甲系统")

    def severities(winners: list[tuple[str, str]]) -> list[str]:
        (addition,) = judge(RunCase(profile(), [package], winners=winners)).additions
        return [finding.severity.value for finding in addition.findings if finding.code == "R103"]

    assert severities([("成都甲公司", "甲系统")]) == ["error"]
    assert severities([("成都甲公司", "乙系统")]) == ["warning"]
    assert severities([]) == []
    without = judge(RunCase(profile(), [package])).additions[0].verdicts
    assert [v.outcome for v in without if v.code == "R103"] == [Outcome.NOT_APPLICABLE]


def test_copied_text_and_the_same_application_twice() -> None:
    text = "面向边缘计算场景研制低功耗推断芯片，支持多种神经网络模型。" * 4
    one = PackageSummary(identity="a/1", delivery="a", uscc="X", product="甲", applicant="甲公司", product_summary=text)
    other = one.model_copy(update={"identity": "a/2", "uscc": "Y", "applicant": "乙公司", "product": "乙"})
    twin = one.model_copy(update={"identity": "a/3"})
    judged = judge(RunCase(profile(), [one, other, twin]))
    assert {each.package for each in judged.additions if _has(each, "R110")} == {"a/1", "a/2", "a/3"}
    assert {each.package for each in judged.additions if _has(each, "P141")} == {"a/1", "a/3"}


def test_the_notice_names_a_wrong_weekday_once() -> None:
    judged = judge(RunCase(profile()))
    told = [finding for finding in judged.findings if finding.code == "N101"]
    assert [(finding.found, finding.expected) for finding in told] == [("星期五", "星期一")]


@pytest.mark.parametrize(
    ("notice", "subject", "outcome"),
    [
        ("于11月15日（星期一）前提交".encode(), "11月15日", Outcome.PASSED),
        ("于11月15日（星期五）前提交".encode(), "11月15日", Outcome.FAILED),
        ("于11月31日（星期五）前提交".encode(), "11月31日", Outcome.UNDECIDED),
        ("于11月15日（星期五）前提交".encode("gb18030"), "weekday", Outcome.UNDECIDED),
        ("于11月15日前提交".encode(), "weekday", Outcome.NOT_APPLICABLE),
    ],
    ids=["right", "wrong", "no such day", "not in UTF-8", "none named"],
)
def test_weekdays_of_a_notice(tmp_path: Path, notice: bytes, subject: str, outcome: Outcome) -> None:
    (tmp_path / "profile.yaml").write_text("base: jiebang-2021\n", encoding="utf-8")
    (tmp_path / "notice.txt").write_bytes(notice)
    judged = judge(RunCase(load_profile(str(tmp_path))))
    told = [(each.subject, each.outcome) for each in judged.verdicts if each.code == "N101"]
    assert told == [(subject, outcome)] and judged.faults == ()


def _id(judgement: Judgement, code: str, subject: str) -> str:
    return next((v.id for v in judgement.verdicts if (v.code, v.subject) == (code, subject)), "")


def _has(judged: Judgement | Addition, code: str) -> bool:
    return code in {finding.code for finding in judged.findings}


def _looked(reading: Reading | None) -> Reading:
    assert reading is not None
    return reading.model_copy(update={"looks": 2, "certain": (True,) * len(reading.raw)})


def test_a_package_without_a_name_may_be_the_one_that_is_missed() -> None:
    filing = build({"online": {"number": "SC7", "applicant": "成都甲乙科技有限公司"}}).online
    assert filing is not None
    named = PackageSummary(identity="成都市/1", delivery="成都市", applicant="绵阳某某研究院")
    nameless = named.model_copy(update={"identity": "成都市/2", "applicant": ""})
    rows = [{"no": "1", "applicant": "成都甲乙科技有限公司", "product": "甲系统"}]
    for packages, outcome in (((named,), Outcome.FAILED), ((named, nameless), Outcome.UNDECIDED)):
        run = judge(RunCase(profile(), packages, unmatched=(filing,)))
        table = judge(DeliveryCase(delivery({"rows": rows}), profile(), packages))
        assert [v.outcome for v in run.verdicts if v.code == "P132"] == [outcome]
        assert [v.outcome for v in table.verdicts if v.code == "R202"] == [outcome]
