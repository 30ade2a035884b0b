from __future__ import annotations

import pytest

from extractors.forms.headings import opening, opening_of_two
from pipeline.notices.profile import load_profile

PARTS = load_profile().taskbook_sections

HEADINGS = [
    ("一、揭榜任务简要介绍", "brief"),
    ("1. 揭榜任务简要介绍", "brief"),
    ("1、揭榜任务简要介绍：", "brief"),
    ("第一部分　揭榜任务简要介绍", "brief"),
    ("第一章、揭榜任务简要介绍", "brief"),
    ("一．揭榜任务简要介绍", "brief"),
    ("Ⅰ、揭榜任务简要介绍", "brief"),
    ("I. 揭榜任务简要介绍", "brief"),
    ("【一、揭榜任务简要介绍】", "brief"),
    ("-、揭榜任务简要介绍", "brief"),
    ("揭榜任务简要介绍", "brief"),
    ("揭榜任务简要介绍：", "brief"),
    ("一、揭榜任务筒要介绍", "brief"),
    ("（1）现有基础", "basis.foundation"),
    ("㈠ 现有基础", "basis.foundation"),
    ("① 现有基础", "basis.foundation"),
    ("2.1 现有基础", "basis.foundation"),
    ("（一）现有基础情况", "basis.foundation"),
    ("(一)现有墓础", "basis.foundation"),
    ("1.2023年预期目标", "plan.goal"),
    ("（一）2023 年预期目标：", "plan.goal"),
    ("3.1.2023年预期目标", "plan.goal"),
]
TEXTS = [
    "下面的现有基础是好的，",
    "现有基础。",
    "现有基础扎实，并且",
    "（一）现有基础扎实。",
    "2.相关进展顺利，已完成",
    "2023年预期目标如下：精度达到",
    "1.完成揭榜任务简要介绍的编写",
    "在揭榜任务简要介绍",
    "1.现有墓础",
    "",
]


@pytest.mark.parametrize(("line", "part"), HEADINGS)
def test_a_heading(line: str, part: str) -> None:
    found = opening(line, PARTS)
    assert found is not None and (found.spec.id, found.end) == (part, len(line))


@pytest.mark.parametrize("line", TEXTS)
def test_a_line_of_text(line: str) -> None:
    assert opening(line, PARTS) is None


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("四、其他相关事项说明：无", "四、其他相关事项说明："),
        ("四、其他相关事项说明 无", "四、其他相关事项说明 "),
        ("（一）现有基础：拥有专利10项。", "（一）现有基础："),
        ("1. 揭榜任务简要介绍本任务攻关机器人，", "1. 揭榜任务简要介绍"),
        ("三、重点攻关目标及计划（一）2023年预期目标", "三、重点攻关目标及计划"),
    ],
)
def test_text_on_the_line_of_its_heading(line: str, heading: str) -> None:
    found = opening(line, PARTS)
    assert found is not None and line[: found.end] == heading


@pytest.mark.parametrize(
    ("one", "other", "part", "end"),
    [
        ("二、揭榜单位现有基础", "及相关进展", "basis", 5),
        ("（一）2023年预期", "目标：精度2cm。", "plan.goal", 3),
        ("（四）", "潜在问题及应对举措", "plan.risks", 9),
    ],
)
def test_a_heading_over_two_lines(one: str, other: str, part: str, end: int) -> None:
    found = opening_of_two(one, other, PARTS)
    assert found is not None and (found.spec.id, found.end) == (part, end)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("形成了良好的", "现有基础"),
        ("（一）现有基础", "拥有专利10项。"),
        ("1.组织团队完成", "组织保障机制"),
        ("三、其他", "相关进展"),
    ],
)
def test_two_lines_that_are_no_heading_together(one: str, other: str) -> None:
    assert opening_of_two(one, other, PARTS) is None
