"""What clerks read: each sentence asks for what can be done, and says in words what stands there."""

from __future__ import annotations

import pytest

from checks.comparison import LONGEST_SHOWN, compare
from checks.engine import judge
from checks.rule import PACKAGE, rules_of
from pipeline.model.evidence import Source
from tests.checks.building import build, reading
from tests.checks.seals.test_cases import package_case


def sentences(case, code):
    own = [rule for rule in rules_of(PACKAGE) if code in rule.codes]
    return [finding.message for finding in judge(case, own).findings if finding.code == code]


@pytest.mark.parametrize(("key", "asked"), [("contact_fax", "请补填（没有的写“无”）。"), ("staff", "请补填。")])
def test_a_blank_box_is_asked_for_none_only_where_none_is_an_answer(key, asked):
    (told,) = sentences(build({"paper": {key: ""}}), "F101")
    assert told.endswith(asked)


def test_a_question_without_a_tick_is_said_to_be_blank():
    (told,) = sentences(build({"paper": {"listed": ""}}), "F115")
    assert "现为空白" in told and "“”" not in told


def test_figures_that_contradict_each_other_are_both_named():
    (told,) = sentences(build({"paper": {"staff": "521", "rd_staff": "735"}}), "F151")
    assert told == "研发人员人数735，应不大于单位人数521，请核对。"


def test_a_special_seal_is_called_by_its_kind():
    unit = "成都甲乙科技有限公司"
    seal = {"cover.applicant": {"text": unit, "purpose": "contract", "inner": "合同专用意"}}
    (told,) = sentences(package_case({"seals": seal}), "S151")
    assert told == f"封面揭榜单位处应盖单位公章，实际为合同专用章（印文“{unit}”），请改盖公章。"


def test_who_recommends_is_not_asked_of_a_cover_that_is_not_there():
    missing = {"files": [{"path": "申报书.docx"}], "paper": None, "delivery": {"rows": [{"applicant": "别家"}]}}
    codes = {finding.code for finding in judge(build(missing)).findings}
    assert "P101" in codes and "R108" not in codes


def test_a_doubt_between_two_papers_names_both():
    unsure = {"text": "德阳市经济和信息化局", "unsure": [0]}
    case = build({"paper": {"recommender": unsure}, "online": {"recommender": "资阳市经济和信息化局"}})
    (told,) = [each.message for each in judge(case).findings if each.field == "recommender" and each.code == "Q102"]
    assert told.endswith("识别存疑：封面为“德阳市经济和信息化局”，网上填报为“资阳市经济和信息化局”，请对照原件确认。")


def test_of_a_long_stretch_a_message_quotes_the_ends():
    short, put_in = "本任务不涉及国家秘密。", "另附制度全文" * 30
    left = reading("taskbook", f"{short}{put_in}以上。", Source.PAPER, "text")
    right = reading("taskbook", f"{short}以上。", Source.ONLINE, "text")
    (difference,) = compare(left, right, "text").differences
    assert "（共180字）" in difference.left_shown and len(difference.left_shown) < 2 * LONGEST_SHOWN
