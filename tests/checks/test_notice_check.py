"""What is wrong in a notice's files is told with file and line; the notice that heyan brings is right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checks.notice_check import check_notice
from pipeline.errors import UsageProblem
from pipeline.notices.profile import load_profile

SOURCE = load_profile().folder


def changed(tmp_path: Path, file: str, before: str, after: str) -> tuple[Path, int]:
    """A copy of the notice with a piece of a file replaced, and the line (from 1) where the piece begins."""
    folder = tmp_path / "notice"
    shutil.copytree(SOURCE, folder)
    text = (folder / file).read_text(encoding="utf-8")
    start = text.index(before)
    (folder / file).write_text(text[:start] + after + text[start + len(before) :], encoding="utf-8")
    return folder, 1 + text.count("\n", 0, start)


def test_the_notice_that_heyan_brings_is_right() -> None:
    report = check_notice("jiebang-2021")
    assert report.problems == ()
    assert report.profile is not None and len(report.profile.directions) == 18


@pytest.mark.parametrize(
    ("file", "before", "after", "words"),
    [
        ("profile.yaml", "max_projects: 3", "max_projects: drei", "（max_projects）：应为整数"),
        ("profile.yaml", "max_projects: 3", "max_project: 3", "（max_project）：不认识这一项"),
        ("profile.yaml", "online: 2021-11-15T23:59:59", "online: 11月15日", "（deadlines.online）：不是有效的时间"),
        ("profile.yaml", "timezone: Asia/Shanghai", "timezone: Asia/Chengdu", "没有时区“Asia/Chengdu”"),
        ("profile.yaml", "kind: person, group: leader", "kind: human, group: leader", "只能是"),
        ("profile.yaml", "- {key: leader_title", "- {key: leader_name", "“leader_name”出现不止一次"),
        ("profile.yaml", "group: leader, labels: [职务职称", "group: boss, labels: [职务职称", "groups 中没有“boss”"),
        ("profile.yaml", "- {place: seam, section: all, owner: applicant",
         "- {place: seam, section: all, owner: nobody", "没有“nobody”"),
        ("profile.yaml", "word_limits: {unit_profile: 500", "word_limits: {profile: 500", "fields 中没有“profile”"),
        ("profile.yaml", "成都: {code: \"5101\"", "成都: {code: \"4201\"", "不以本省代码 51 开头"),
        ("profile.yaml", "fiscal_year: 2020", "year: 2022", "（year）：出现不止一次"),
        ("directions.yaml", "- number: 2\n", "- number: 1\n", "方向 1 出现不止一次"),
        ("directions.yaml", "id: D01-C02", "id: D01-C01", "指标 D01-C01 出现不止一次"),
        ("directions.yaml", "quote: 支持多种国内外主流深度学习框架", "quote: 支持一切深度学习框架", "没有这句话"),
        ("evidence.yaml", "number_forms: ['20", "number_forms: ['(20", "正则表达式"),
        ("words.yaml", "  D01-C01: [", "  D01-C99: [", "没有指标 D01-C99"),
        ("words.yaml", "延时: [时延", "延时: [推理", "近义词 推理 同时属于 推断 和 延时"),
        ("catalogue.yaml", "  P001:\n", "  P009:\n", "没有规则提出代码 P009"),
        ("catalogue.yaml", "message: 推荐表{detail}的", "message: 推荐表{reason}的", "不认识 {reason}"),
        ("catalogue.yaml", "message: 推荐表{detail}的", "message: 推荐表{detail的", "花括号不成对"),
        ("catalogue.yaml", "document: \"{field}：{detail}，", "document: \"{field}：{reason}，", "不认识 {reason}"),
        ("letter.yaml", "P101: ", "P109: ", "catalogue.yaml 中没有代码 P109"),
        ("profile.yaml", "century: 二〇二一年", "century: 2021年", "写法不对"),
        ("profile.yaml", "deadline: 2021-11-19T17:00:00", "deadline: 2021-11-01T17:00:00", "早于上一环节的截止时间"),
        ("profile.yaml", "- {place: seam,", "- {place: edge,", "只能是"),
        ("profile.yaml", "required_sections: [cover, form", "required_sections: [cover, forms", "只能是"),
        ("catalogue.yaml", "severity: error", "severity: fatal", "只能是"),
        ("profile.yaml", "word_limits: {unit_profile: 500, product_summary: 1000", "word_limits: {unit_profile: 500",
         "（word_limits）：缺少 product_summary"),
        ("profile.yaml", "hops:\n", "hops: []\nspare:\n", "（hops）：至少要有 1 项"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_and_line(
    tmp_path: Path, file: str, before: str, after: str, words: str
) -> None:
    folder, line = changed(tmp_path, file, before, after)
    problems = check_notice(str(folder)).problems
    assert any(each.startswith(file) and words in each for each in problems), problems
    told = next(each for each in problems if words in each)
    assert told.startswith(f"{file} 第{line}行"), told


@pytest.mark.parametrize("file", ["notice.txt", "profile.yaml", "letter.yaml"])
def test_a_file_that_is_not_in_utf_8_is_told_in_chinese(tmp_path: Path, file: str) -> None:
    folder, _ = changed(tmp_path, file, "", "")
    (folder / file).write_bytes("推荐单位：示例".encode("gb18030"))
    assert check_notice(str(folder)).problems == (f"通知配置无法读取：{file}（不是 UTF-8 编码，请另存为 UTF-8）",)


@pytest.mark.parametrize("file", ["letter.yaml", "evidence.yaml", "directions.yaml", "words.yaml", "catalogue.yaml"])
def test_a_file_that_is_missing_is_told_in_chinese(tmp_path: Path, file: str) -> None:
    folder, _ = changed(tmp_path, file, "", "")
    (folder / file).unlink()
    assert check_notice(str(folder)).problems == (f"通知配置无法读取：{file}（没有这个文件）",)


def test_a_date_that_does_not_exist_is_told_in_chinese(tmp_path: Path) -> None:
    folder, _ = changed(tmp_path, "profile.yaml", "online: 2021-11-15T23:59:59", "online: 2021-11-31T23:59:59")
    (problem,) = check_notice(str(folder)).problems
    assert problem == "通知配置无法读取：profile.yaml（其中有不存在的日期或不成立的数字）"


def test_a_code_without_words_and_words_without_a_code_are_both_told(tmp_path: Path) -> None:
    folder, line = changed(tmp_path, "catalogue.yaml", "  P001:\n", "  P009:\n")
    problems = check_notice(str(folder)).problems
    assert f"catalogue.yaml 第{line}行（codes.P009）：没有规则提出代码 P009" in problems
    assert any("缺少代码 P001" in each for each in problems)


def test_words_that_the_notice_does_not_hold_are_no_basis(tmp_path: Path) -> None:
    folder, _ = changed(tmp_path, "notice.txt", "每个申报主体申报不超过3个项目", "每个申报主体申报不限项目")
    assert any("（codes.R101.basis）：通知原文" in each for each in check_notice(str(folder)).problems)


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    folder, _ = changed(tmp_path, "profile.yaml", "max_projects: 3", "max_projects: drei")
    path = folder / "profile.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("fiscal_year: 2020", "fiscal_year:"), encoding="utf-8")
    assert len(check_notice(str(folder)).problems) == 2


@pytest.mark.parametrize("file", ["profile.yaml", "words.yaml", "catalogue.yaml", "letter.yaml"])
def test_what_is_no_yaml_is_told_with_its_line(tmp_path: Path, file: str) -> None:
    folder, _ = changed(tmp_path, file, "", "")
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(f"{text}\n[", encoding="utf-8")
    (problem,) = check_notice(str(folder)).problems
    assert problem.startswith(f"通知配置不是有效的 YAML：{file} 第")


@pytest.mark.parametrize("file", ["profile.yaml", "words.yaml", "catalogue.yaml", "letter.yaml", "directions.yaml"])
def test_what_holds_nothing_is_told(tmp_path: Path, file: str) -> None:
    folder, _ = changed(tmp_path, file, "", "")
    (folder / file).write_text("", encoding="utf-8")
    assert any(file in problem for problem in check_notice(str(folder)).problems)


def test_a_base_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder, _ = changed(tmp_path, "profile.yaml", "id: jiebang-2021", "id: zweite\nbase: jiebang-1999")
    assert "jiebang-1999" in check_notice(str(folder)).problems[0]


def test_a_base_that_leads_back_is_told(tmp_path: Path) -> None:
    folder, _ = changed(tmp_path, "profile.yaml", "id: jiebang-2021", "id: zweite\nbase: notice")
    assert "互相引用" in check_notice(str(folder)).problems[0]


def test_a_profile_file_stands_for_its_folder() -> None:
    assert check_notice(str(SOURCE / "profile.yaml")).problems == ()


def test_a_notice_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageProblem, match="找不到通知配置"):
        check_notice("/nowhere")
