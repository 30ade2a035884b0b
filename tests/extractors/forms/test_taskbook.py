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
