from __future__ import annotations

from extractors.sections import assign_sections
from pipeline.model.document import Page, Section
from pipeline.notices.profile import load_profile
from tests.extractors.records import line, page, stacked, table

PROFILE = load_profile()


def sections(*pages: Page) -> list[Section]:
    return [each.section for each in assign_sections(pages, PROFILE)]


def with_text(*texts: str, number: int = 1, file: str = "盖章件.pdf") -> Page:
    return page(stacked(*texts), number=number, file=file)


COVER = (
    "2021年人工智能产业创新任务",
    "揭榜单位申报材料",
    "揭榜方向：方向10",
    "揭榜单位：某公司",
    "申报日期：2021年11月1日",
)


def test_pages_by_their_titles() -> None:
    found = sections(
        with_text(*COVER),
        with_text("填报须知", "一、揭榜单位应仔细阅读", number=2),
        with_text("揭榜单位申报表", "单位名称", number=3),
        with_text("揭榜单位申报产品或服务重点指标填报表", "参考指标", number=4),
        with_text("揭榜任务书", "一、揭榜任务简要介绍", number=5),
        with_text("揭榜单位相关证明材料", "营业执照", number=6),
        with_text("揭榜任务承诺书", "现就有关情况承诺如下：", number=7),
    )
    assert found == [
        Section.COVER,
        Section.INSTRUCTIONS,
        Section.FORM,
        Section.INDICATORS,
        Section.TASKBOOK,
        Section.EVIDENCE,
        Section.COMMITMENT,
    ]


def test_a_title_in_spaced_letters_and_over_two_lines() -> None:
    assert sections(with_text("揭 榜 任 务 书", "内容")) == [Section.TASKBOOK]
    assert sections(with_text("揭榜单位申报产品或服务", "重点指标填报表", "内容")) == [Section.INDICATORS]


def test_the_longest_title_wins() -> None:
    assert sections(with_text("揭榜任务承诺书")) == [Section.COMMITMENT]
    assert sections(with_text("揭榜任务书", "揭榜单位申报产品或服务重点指标填报表")) == [Section.INDICATORS]


def test_a_title_at_the_foot_or_inside_a_sentence_opens_nothing() -> None:
    referred = with_text("填报须知", "作出有效承诺，并签署企业承诺声明", "（见“揭榜任务承诺书”模板）。")
    assert sections(referred) == [Section.INSTRUCTIONS]
    foot = page((line("揭榜任务书", 0.4, 0.9),))
    assert sections(foot) == [Section.OTHER]
    sentence = with_text("请按照揭榜任务书的要求逐项填写下列内容并于十一月前送达本单位", "此致")
    assert sections(sentence) == [Section.OTHER]


def test_pages_without_a_title_go_on() -> None:
    found = sections(
        with_text("揭榜任务书", "一、揭榜任务简要介绍"), with_text("公司长期从事研发，", "积累深厚。", number=2)
    )
    assert found == [Section.TASKBOOK, Section.TASKBOOK]


def test_a_task_books_title_may_say_which_of_several_it_heads() -> None:
    found = sections(with_text("揭榜任务书（方向3：智能无人机，翀云电力巡检无人机系统）", "一、揭榜任务简要介绍"))
    assert found == [Section.TASKBOOK]


def test_a_cover_does_not_go_on() -> None:
    assert sections(with_text(*COVER), with_text("目录", "公司介绍", number=2)) == [Section.COVER, Section.OTHER]


def test_a_page_by_its_marks() -> None:
    marked = with_text("单位名称 成都某某", "法定代表人 王小明", "注册资本（万元） 5000", "单位性质 民营企业")
    assert sections(marked) == [Section.FORM]


def test_evidence_by_its_own_heading() -> None:
    assert sections(with_text("审计报告", "川审字〔2021〕第1号")) == [Section.EVIDENCE]


def centred(text: str, y: float = 0.1, number: int = 1) -> Page:
    return page((line(text, 0.5 - 0.009 * len(text), y),), number=number)


def test_sheets_between_and_titles_that_stand_out_open_evidence() -> None:
    book = with_text("揭榜任务书", "一、揭榜任务简要介绍")
    for text in ("附件3", "附件1 上一财年主营业务收入证明", "四川省企业技术中心", "完税凭证", "税收完税证明"):
        assert sections(book, centred(text, number=2)) == [Section.TASKBOOK, Section.EVIDENCE], text


def test_a_statements_title_at_the_top_opens_evidence_though_it_is_no_larger_than_its_rows() -> None:
    book = with_text("揭榜任务书", "一、揭榜任务简要介绍")
    title = "企业所得税年度纳税申报表（A类）"
    rows = tuple(line(f"{index} 利润总额计算 {index}00.00", 0.1, 0.25 + 0.02 * index) for index in range(20))
    head = (line("A100000", 0.1, 0.06), line(title, 0.5 - 0.009 * len(title), 0.1))
    told = (line("税款所属期间：2020年度", 0.1, 0.14), line("纳税人识别号：91510100PDY00001X3", 0.1, 0.18))
    assert sections(book, page((*head, *told, *rows), number=2)) == [Section.TASKBOOK, Section.EVIDENCE]
    assert sections(book, page((*head, *rows), number=2)) == [Section.TASKBOOK, Section.TASKBOOK]


def test_words_of_evidence_inside_a_task_book_open_none() -> None:
    book = with_text("揭榜任务书", "一、揭榜任务简要介绍")
    running = (line(f"第{index}行文字，说明本单位的技术路线与进展情况", 0.1, 0.3 + 0.03 * index) for index in range(18))
    caption = page((line("图2企业标准", 0.44, 0.2), *running), number=2)
    left = page((line("企业技术中心", 0.1, 0.12),), number=2)
    sentence = with_text("牵头制定了多项国家标准，并获得了省级企业技术中心", number=2)
    for other in (caption, left, sentence):
        assert sections(book, other) == [Section.TASKBOOK, Section.TASKBOOK]


def test_a_certificate_between_evidence_is_no_form() -> None:
    found = sections(
        with_text("揭榜单位相关证明材料"),
        with_text("营业执照", "法定代表人 王小明", "注册资本 5000万元", "单位性质 有限责任公司", number=2),
    )
    assert found == [Section.EVIDENCE, Section.EVIDENCE]


def test_blank_pages_interrupt_nothing() -> None:
    found = sections(
        with_text("揭榜任务书", "一、揭榜任务简要介绍"), page(number=2, blank=True), with_text("继续攻关。", number=3)
    )
    assert found == [Section.TASKBOOK, Section.BLANK, Section.TASKBOOK]


def test_another_file_starts_anew_but_loose_pictures_go_on() -> None:
    title, rest = with_text("揭榜任务书", file="甲.pdf"), ("公司长期从事研发，", "积累深厚。")
    assert sections(title, with_text(*rest, number=2, file="乙.pdf"))[1] is Section.OTHER
    first = with_text("揭榜任务书", file="照片/001.jpg")
    assert sections(first, with_text(*rest, file="照片/002.jpg"))[1] is Section.TASKBOOK
    assert sections(first, with_text(*rest, file="别处/002.jpg"))[1] is Section.OTHER


def test_marks_that_a_narrow_column_breaks_are_whole_in_their_cells() -> None:
    """The lines of a head's cells stand in rows: 参考指标 本单位2023年 本单位当前水 / 目标 平."""
    head = table([["参考指标", "本单位2023年\n目标", "本单位当前水\n平", "说明"], ["算力", "32", "16", "无"]])
    lines = sorted((each for cell in head.cells for each in cell.lines), key=lambda each: (each.bbox.y0, each.bbox.x0))
    form = with_text("揭榜单位申报表", "单位名称")
    assert sections(form, page(lines, head, number=2)) == [Section.FORM, Section.INDICATORS]
