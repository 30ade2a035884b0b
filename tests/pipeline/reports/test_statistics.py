"""Totals and what does not pair up, as the sheet 统计 tells them."""

from __future__ import annotations

from pipeline.model.finding import Conclusion, Outcome, Verdict
from pipeline.notices.profile import load_profile
from pipeline.reports import statistics
from pipeline.reports.sheets import Tone
from pipeline.reports.statistics import Counted, Handed, Unpaired, counted, statistics_rows, unpaired
from tests.pipeline.reports import examples

PROFILE = load_profile()
HEADINGS = [column.heading for column in statistics.COLUMNS]
CHENGDU, LESHAN = "成都市", "乐山市"
WATCHED = [heading for _, heading in statistics.WATCHED]


def package(delivery, applicant, directions, conclusion=Conclusion.CLEAN, errors=0):
    return Counted(delivery, applicant, directions, conclusion, errors, warnings=1, undecided=2)


def verdict(code, subject, outcome=Outcome.FAILED, message="说明。"):
    return Verdict(id=f"{code}/{subject}", code=code, subject=subject, outcome=outcome, message=message)


def told(packages=(), deliveries=(), watched=()):
    made = list(statistics_rows(packages, deliveries, watched, PROFILE))
    assert {len(row) for row in made} == {len(HEADINGS)}
    return [dict(zip(HEADINGS, (cell.content for cell in row), strict=True)) for row in made]


def line(lines, kind, begins):
    return next(each for each in lines if each["类别"] == kind and str(each["名称"]).startswith(begins))


def test_cities_have_their_sums():
    packages = [
        package(CHENGDU, "甲", (1,)),
        package(CHENGDU, "甲", (2,), Conclusion.CORRECT, errors=3),
        package(LESHAN, "乙", (2,), Conclusion.LOOK),
    ]
    lines = told(packages, [Handed(CHENGDU, "成都市经信局", 4), Handed(LESHAN, "", 1)])
    chengdu = line(lines, "推荐单位", CHENGDU)
    assert chengdu["名称"] == "成都市（成都市经信局）"
    assert (chengdu["申报包"], chengdu["申报单位"], chengdu["推荐表行数"]) == (2, 1, 4)
    assert (chengdu["通过"], chengdu["需补正"], chengdu["需人工核看"], chengdu["错误"]) == (1, 1, 0, 3)
    assert line(lines, "推荐单位", LESHAN)["名称"] == LESHAN
    whole = line(lines, "合计", "全部")
    assert (whole["申报包"], whole["申报单位"], whole["推荐表行数"], whole["待定"]) == (3, 2, 5, 6)


def test_every_direction_of_the_notice_has_a_line_even_without_packages():
    lines = told([package(CHENGDU, "甲", (1, 7)), package(CHENGDU, "乙", (7,)), package(CHENGDU, "丙", ())])
    counts = {each["名称"].split(":")[0]: each["申报包"] for each in lines if each["类别"] == "方向"}
    assert (counts["方向1"], counts["方向7"], counts["方向18"], counts[statistics.UNREAD_DIRECTION]) == (1, 2, 0, 1)
    assert "1个包" in line(lines, "方向", "方向7:")["说明"]
    assert line(lines, "方向", "方向18:")["说明"] is None


def test_a_direction_unknown_to_the_notice_is_counted_too():
    assert line(told([package(CHENGDU, "甲", (77,))]), "方向", "方向77")["申报包"] == 1


def test_what_does_not_pair_up_is_named():
    watched = [
        Unpaired("", verdict("R101", "甲公司")),
        Unpaired(CHENGDU, verdict("R201", "成都市/甲公司")),
        Unpaired(CHENGDU, verdict("R202", "3", Outcome.UNDECIDED, "认不出单位。")),
        Unpaired("成都市/乙公司", verdict("P131", "online")),
    ]
    lines = told(watched=watched)
    names = {each["类别"]: each["名称"] for each in lines if each["类别"] in WATCHED}
    assert names["申报项目超过限额的单位"] == "甲公司"
    assert names["有申报包、推荐表未列"] == "成都市/甲公司"
    assert names["推荐表列了、没有申报包"] == "成都市 推荐表第3行"
    assert names["有申报包、网上没有填报"] == "成都市/乙公司"
    assert line(lines, "推荐表列了、没有申报包", CHENGDU)["说明"] == "待定：认不出单位。"


def test_nothing_amiss_is_said():
    assert [each["名称"] for each in told() if each["类别"] in WATCHED] == [statistics.NONE] * len(WATCHED)


def test_lines_of_packages_lead_to_their_report():
    made = statistics_rows([], [], [Unpaired(CHENGDU, verdict("R201", "成都市/甲公司"))], PROFILE)
    row = next(row for row in made if row[0].content == "有申报包、推荐表未列")
    assert row[1].link == "results/成都市/甲公司/report.html" and row[-1].tone is Tone.ERROR


def test_only_what_did_not_pass_is_watched():
    verdicts = [verdict("R201", "甲"), verdict("R201", "乙", Outcome.PASSED), verdict("R204", "no")]
    assert [each.verdict.subject for each in unpaired(CHENGDU, verdicts, statistics.OF_DELIVERY)] == ["甲"]


def test_a_package_counts_what_its_line_in_the_summary_shows():
    one = counted(examples.result())
    assert (one.delivery, one.conclusion) == ("成都市", Conclusion.CORRECT)
    assert (one.errors, one.warnings, one.undecided) == (5, 1, 2)
    assert counted(examples.failed_result()).directions == ()
