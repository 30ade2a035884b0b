from __future__ import annotations

import pytest

from extractors.paper import file_kind, read_application, without_exports
from pipeline.model.document import FileKind, Page, PageSource, Section
from pipeline.notices.profile import load_profile
from tests.extractors.records import CellText, page, stacked, table

PROFILE = load_profile()
FORM: list[list[CellText]] = [
    ["单位名称", "成都某某公司", "法定代表人", "王小明"],
    ["揭榜产品名称", "巡检机器人", "单位人数", "120"],
]
INDICATORS: list[list[CellText]] = [
    ["揭榜方向", "揭榜产品名称", "参考指标", "本单位当前水平", "本单位2023年目标"],
    ["方向10：智能机器人", "巡检机器", "精度", "5cm", "2cm"],
]


def pages() -> tuple[Page, ...]:
    return (
        page(
            stacked("揭榜方向：方向10：智能机器人", "揭榜单位：成都某某公司", "推荐单位：成都市经信局", step=0.06),
            section=Section.COVER,
        ),
        page((), table(FORM), number=2, section=Section.FORM),
        page((), table(INDICATORS), number=3, section=Section.INDICATORS),
        page(stacked("揭榜任务书", "一、揭榜任务简要介绍", "攻关机器人。"), number=4, section=Section.TASKBOOK),
        page(
            stacked("我单位提交了巡检机器人产品/方案参评。", "成都某某公司（企业盖章）", "联系人：赵二"),
            number=5,
            section=Section.COMMITMENT,
        ),
    )


def test_an_application_off_its_pages() -> None:
    found = read_application(pages(), PROFILE)
    assert found is not None
    assert {field.key: field.reading.text for field in found.fields} == {
        "applicant": "成都某某公司",
        "legal_representative": "王小明",
        "product": "巡检机器人",
        "staff": "120",
        "directions": "10",
        "recommender": "成都市经信局",
        "commitment_product": "巡检机器人",
        "commitment_contact": "赵二",
    }
    assert [row.name.text for row in found.indicators] == ["精度"]
    assert [(book.product, book.direction, book.words) for book in found.taskbooks] == [("巡检机器人", 10, 6)]


def test_other_places_of_a_value_are_mentions() -> None:
    found = read_application(pages(), PROFILE)
    assert found is not None
    assert [(mention.key, mention.section, mention.reading.text) for mention in found.mentions] == [
        ("applicant", Section.COVER, "成都某某公司"),
        ("product", Section.INDICATORS, "巡检机器"),
        ("directions", Section.INDICATORS, "10"),
        ("product", Section.COMMITMENT, "巡检机器人"),
        ("applicant", Section.COMMITMENT, "成都某某公司"),
    ]


def test_the_form_counts_before_the_cover() -> None:
    cover = page(stacked("揭榜单位：成都某某分公司"), section=Section.COVER)
    found = read_application((cover, *pages()[1:]), PROFILE)
    assert found is not None and found.text("applicant") == "成都某某公司"


def test_an_export_beside_the_stamped_copy_is_not_read() -> None:
    export = page((), table([["单位名称", "别的公司"]]), file="导出.pdf", section=Section.FORM, source=PageSource.TEXT)
    found = read_application((export, *pages()), PROFILE)
    assert found is not None and found.text("applicant") == "成都某某公司"
    assert read_application((export,), PROFILE) is None


@pytest.mark.parametrize(
    ("sections", "source", "kind"),
    [
        ((Section.COVER, Section.FORM, Section.EVIDENCE), PageSource.OCR, FileKind.STAMPED),
        ((Section.COVER, Section.FORM), PageSource.TEXT, FileKind.OTHER),
        ((Section.EVIDENCE, Section.OTHER), PageSource.OCR, FileKind.EVIDENCE),
        ((Section.RECOMMENDATION,), PageSource.OCR, FileKind.RECOMMENDATION),
        ((Section.OTHER,), PageSource.OCR, FileKind.OTHER),
        ((Section.BLANK,), PageSource.OCR, FileKind.UNREADABLE),
    ],
)
def test_what_a_file_is(sections: tuple[Section, ...], source: PageSource, kind: FileKind) -> None:
    assert file_kind([page(number=n, section=each, source=source) for n, each in enumerate(sections, 1)]) is kind


def test_a_file_nobody_can_read() -> None:
    assert file_kind([page(section=Section.FORM, unreadable="字迹模糊，无法辨认")]) is FileKind.UNREADABLE
    assert read_application((), PROFILE) is None


def test_an_export_without_seal_is_no_part_of_what_was_handed_in() -> None:
    def sheet(file: str, section: Section, source: PageSource) -> Page:
        return page(stacked("字"), file=file, section=section, source=source)

    handed_in = (
        sheet("扫描.pdf", Section.FORM, PageSource.OCR), sheet("扫描.pdf", Section.EVIDENCE, PageSource.OCR),
        sheet("完税证明.pdf", Section.EVIDENCE, PageSource.TEXT), sheet("证书.pdf", Section.OTHER, PageSource.TEXT),
    )  # fmt: skip
    export = (sheet("导出.pdf", Section.FORM, PageSource.TEXT), sheet("导出.pdf", Section.EVIDENCE, PageSource.TEXT))
    assert without_exports((*handed_in, *export)) == handed_in
