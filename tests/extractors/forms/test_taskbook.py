from __future__ import annotations

from extractors.forms.flow import Flow, flow_of_lines, flow_of_text
from extractors.forms.taskbook import read_taskbooks
from pipeline.model.application import TaskBook
from pipeline.model.evidence import Source
from pipeline.notices.profile import load_profile
from tests.extractors.records import SCAN, line

PROFILE = load_profile()
NOTE = "注：任务书篇幅不宜过长，原则上不超过6000字，重点讲述攻关目标及计划部分；"
NOTE_MISREAD = "如果申报多个领城，请按此模板分别填报任务书。"
BOOK = (
    "揭榜任务书",
    "一、揭榜任务简要介绍",
    "本任务攻关智能机器人，",
    "前景广阔。",
    "二、揭榜单位现有基础及相关进展",
    "（一）现有基础",
    "拥有专利10项。",
    "- 3 -",
    "（二）相关进展",
    "deep learning 平台",
    "三、重点攻关目标及计划",
    "（一）2023年预期目标",
    "精度2cm。",
    "四、其他相关事项说明",
    "无",
    NOTE,
    NOTE_MISREAD,
)


def book(*texts: str) -> tuple[TaskBook, ...]:
    return read_taskbooks([flow_of_text(text, Source.EDITABLE) for text in texts], PROFILE, "机器人", 10)


def parts(one: TaskBook) -> dict[str, str]:
    return {section.heading: section.text for section in one.sections}


def test_the_parts_of_a_task_book() -> None:
    (one,) = book(*BOOK)
    assert parts(one) == {
        "一、揭榜任务简要介绍": "本任务攻关智能机器人，前景广阔。",
        "二、揭榜单位现有基础及相关进展": "",
        "（一）现有基础": "拥有专利10项。",
        "（二）相关进展": "deep learning平台",
        "三、重点攻关目标及计划": "",
        "（一）2023年预期目标": "精度2cm。",
        "四、其他相关事项说明": "无",
    }
    assert (one.product, one.direction) == ("机器人", 10)


def test_words_are_counted_without_headings_and_notes() -> None:
    (one,) = book(*BOOK)
    counted = [section.words for section in one.sections]
    assert counted == [16, 0, 7, 4, 0, 4, 1]
    assert one.words == sum(counted) == 32
    assert one.characters == 16 + 8 + 14 + 6 + 1


def test_the_templates_prompt_is_no_text_of_the_applicant() -> None:
    prompt = next(part.prompt for part in PROFILE.taskbook_sections if part.id == "brief")
    (one,) = book("一、揭榜任务简要介绍", prompt, "本任务攻关机器人。")
    assert parts(one) == {"一、揭榜任务简要介绍": "本任务攻关机器人。"}


def test_headings_in_other_numbering_and_words_within_a_sentence() -> None:
    (one,) = book("1.揭榜任务简要介绍：", "下面的现有基础是好的，", "(一) 现有基础", "有。")
    assert parts(one) == {"一、揭榜任务简要介绍": "下面的现有基础是好的，", "（一）现有基础": "有。"}


def test_a_second_book_opens_with_its_own_first_heading() -> None:
    found = book(*BOOK, *BOOK)
    assert len(found) == 2
    assert parts(found[0]) == parts(found[1])
    untitled = book(*BOOK, *BOOK[1:])
    assert [one.words for one in untitled] == [32, 32]


def test_a_title_alone_is_no_second_book() -> None:
    assert len(book(*BOOK)) == 1
    assert book() == ()


def test_a_book_off_paper_keeps_its_places() -> None:
    flows: list[Flow] = [
        flow_of_lines([line(text, 0.1, 0.1 + 0.03 * index)], SCAN, 5) for index, text in enumerate(BOOK[1:4])
    ]
    (one,) = read_taskbooks(flows, PROFILE, "", None)
    (section,) = one.sections
    assert len(section.places) == 3 and {place.page for place in section.places} == {5}
    assert section.reading is not None and len(section.reading.places) == 2
    assert section.reading.text == section.text


def test_text_on_a_headings_line_is_the_parts_text_and_keeps_its_place() -> None:
    rows = [line("（一）2023年预期目标：精度2cm。", 0.1, 0.2), line("四、其他相关事项说明", 0.1, 0.3)]
    (one,) = read_taskbooks([flow_of_lines([row], SCAN, 5) for row in rows], PROFILE, "", None)
    assert parts(one) == {"（一）2023年预期目标": "精度2cm。", "四、其他相关事项说明": ""}
    goal = one.sections[0].reading
    assert goal is not None and goal.raw == "精度2cm。" and goal.chars
    assert goal.places[0].bbox.x0 > rows[0].bbox.x0


def test_a_heading_over_two_lines_and_two_headings_on_one() -> None:
    (one,) = book("二、揭榜单位现有基础", "及相关进展（一）现有基础", "有。", "（二）", "相关进展：快")
    assert parts(one) == {"二、揭榜单位现有基础及相关进展": "", "（一）现有基础": "有。", "（二）相关进展": "快"}


def test_a_prompt_misread_or_in_brackets_is_no_text() -> None:
    prompt = next(part.prompt for part in PROFILE.taskbook_sections if part.id == "plan.goal")
    (one,) = book("（一）2023年预期目标", f"（{prompt.replace('含义', '含文')}）", "精度2cm。")
    assert parts(one) == {"（一）2023年预期目标": "精度2cm。"}


def test_each_book_says_its_direction_and_product() -> None:
    first = ("揭榜任务书（方向3）", "产品名称：翀云无人机系统", *BOOK[1:])
    second = (
        "揭榜任务书(智能机器人)",
        "一、揭榜任务简要介绍",
        "攻关产品或方案名称：驭境机器人，面向应急。",
        "二、其他",
    )
    third = ("揭榜任务书", *BOOK[1:])
    found = read_taskbooks(
        [flow_of_text(text, Source.EDITABLE) for text in (*first, *second, *third)], PROFILE, "甲", None
    )
    assert [(one.direction, one.product) for one in found] == [
        (3, "翀云无人机系统"),
        (10, "驭境机器人"),
        (None, "甲"),
    ]


def test_a_number_behind_the_title_is_no_direction() -> None:
    (one,) = book("揭榜任务书2", *BOOK[1:])
    assert one.direction == 10


def test_a_title_in_a_sentence_opens_no_book() -> None:
    assert len(book(*BOOK, "揭榜任务书所列目标均可考核。", "在揭榜任务简要介绍中补充")) == 1
