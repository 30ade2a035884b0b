from __future__ import annotations

import pytest

from extractors.forms.commitment import blanks_in_paragraphs, blanks_in_text, commitment_fields, printed_company
from extractors.forms.flow import flow_of_text, join
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Source
from pipeline.model.text import Line
from pipeline.notices.profile import load_profile
from tests.extractors.records import line, page, stacked

PROFILE = load_profile()


def commitment(*lines: Line) -> tuple[Page, ...]:
    return (page(lines, section=Section.COMMITMENT),)


def values(*lines: Line) -> dict[str, str]:
    return {key: reading.text for key, reading in commitment_fields(commitment(*lines), PROFILE).items()}


FILLED = stacked(
    "揭榜任务承诺书",
    "工作的通知》要求，我单位提交了试样语音识",
    "别平台产品/方案参评。",
    "现就有关情况承诺如下：",
    "法定代表人：（签字）",
    "公司（企业盖章）",
    "联系人：赵二 联系电话：138 0000 0002",
    "二〇二一年十一月十日",
)


def test_the_blanks_of_a_commitment() -> None:
    assert values(*FILLED) == {
        "commitment_product": "试样语音识别平台",
        "commitment_contact": "赵二",
        "commitment_phone": "13800000002",
        "commitment_date": "2021-11-10",
        "legal_representative": "",
    }


def test_the_product_stands_on_both_its_lines() -> None:
    reading = commitment_fields(commitment(*FILLED), PROFILE)["commitment_product"]
    assert [round(place.bbox.y0, 2) for place in reading.places] == [0.13, 0.16]
    assert reading.raw == "试样语音识\n别平台"


def test_an_empty_blank_is_blank_not_missing() -> None:
    found = commitment_fields(commitment(line("要求，我单位提交了______产品/方案参评。")), PROFILE)
    assert found["commitment_product"].text == "" and found["commitment_product"].places
    assert "commitment_product" not in values(line("此处无关"))


def test_the_date_is_the_last_one_and_of_its_year() -> None:
    assert values(*stacked("根据2021年9月1日的通知", "2021年11月10日"))["commitment_date"] == "2021-11-10"
    assert values(line("二O二一年11月 10 日"))["commitment_date"] == "2021-11-10"
    assert values(line("二C二一年11月10日"))["commitment_date"] == "2021-11-10"
    assert values(line("日期：2021.11.08"))["commitment_date"] == "2021-11-08"
    assert values(line("2021/11/8"))["commitment_date"] == "2021-11-08"
    assert "commitment_date" not in values(line("V2021.11.8"))
    assert "commitment_date" not in values(line("2021.11-8"))
    assert "commitment_date" not in values(line("2020年11月10日"))
    assert values(line("二〇二一年   月   日"))["commitment_date"] == "二〇二一年月日"


@pytest.mark.parametrize(
    "lines",
    [
        ("〇二一年十一月二日",),  # the first stroke pair lies under a coloured seal
        ("0二一年十一月2日",),
        ("二〇二一年十一月", "限公", "二日"),
    ],
)
def test_a_date_under_a_coloured_seal(lines: tuple[str, ...]) -> None:
    assert values(*stacked(*lines))["commitment_date"] == "2021-11-02"


def under_seal(text: str, *covered: int) -> Line:
    """A line whose characters at these places lie under a black seal."""
    read = line(text)
    chars = (char.model_copy(update={"covered": at in covered}) for at, char in enumerate(read.chars))
    return read.model_copy(update={"chars": tuple(chars)})


def test_a_printed_year_may_begin_under_a_seal() -> None:
    assert values(under_seal("一年11月2日", 0))["commitment_date"] == "2021-11-02"
    assert values(under_seal("公心二一年11月2日", 1))["commitment_date"] == "2021-11-02"
    assert "commitment_date" not in values(line("一年11月2日"))
    assert "commitment_date" not in values(under_seal("年11月2日", 0))
    assert "commitment_date" not in values(under_seal("二年11月2日", 0))


def test_labels_further_right_in_a_row() -> None:
    lines = (line("公司（企业盖章） 联系人：赵二", 0.1, 0.3), line("（公章） 联系电话：13800000002", 0.1, 0.4))
    found = values(*lines)
    assert (found["commitment_contact"], found["commitment_phone"]) == ("赵二", "13800000002")


def test_the_printed_name_of_the_representative() -> None:
    assert values(line("法定代表人（签字）：王小明"))["legal_representative"] == "王小明"
    assert values(line("法定代表人：（签字）王小明"))["legal_representative"] == "王小明"


def test_the_units_name_before_the_place_of_its_seal() -> None:
    reading = printed_company(commitment(line("成都某某科技有限公司（企业盖章）")))
    assert reading is not None and reading.text == "成都某某科技有限公司"
    assert printed_company(commitment(line("公司（企业盖章）"))) is None


def test_a_name_with_a_place_in_brackets_is_whole() -> None:
    reading = printed_company(commitment(line("四川某某（绵阳）科技有限公司（企业盖章）")))
    assert reading is not None and reading.text == "四川某某(绵阳)科技有限公司"


def test_the_same_in_paragraphs_of_a_file() -> None:
    paragraphs = [
        flow_of_text(text, Source.EDITABLE)
        for text in ("我单位提交了语音平台产品/方案参评。", "联系人：赵二　联系电话：13800000002", "2021年11月10日")
    ]
    found = blanks_in_text(join(paragraphs), PROFILE) | blanks_in_paragraphs(paragraphs, PROFILE)
    assert {key: reading.text for key, reading in found.items()} == {
        "commitment_product": "语音平台",
        "commitment_date": "2021-11-10",
        "commitment_contact": "赵二",
        "commitment_phone": "13800000002",
    }


def test_one_label_for_the_person_and_the_number() -> None:
    for text in (
        "联系人/联系电话：赵二 13800000002",
        "联系人及电话：赵二（138 0000 0002）",
        "联系人、联系方式:赵二,13800000002",
    ):
        found = values(*stacked("揭榜任务承诺书", text))
        assert (found["commitment_contact"], found["commitment_phone"]) == ("赵二", "13800000002")
        paragraphs = blanks_in_paragraphs([flow_of_text(text, Source.EDITABLE)], PROFILE)
        assert (paragraphs["commitment_contact"].text, paragraphs["commitment_phone"].text) == ("赵二", "13800000002")
