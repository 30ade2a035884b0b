"""Pictures lie in the order of their names: only what they hold is judged; the form's boxes tell pages apart."""

from __future__ import annotations

from checks.page_order import doubled, troubles_of_loose, turned_boxes
from pipeline.model.application import Application, Field, TaskBook, TaskBookSection
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Place, Reading, Source
from pipeline.model.geometry import BBox
from pipeline.notices.profile import load_profile
from tests.extractors.records import line, page, stacked

PROFILE = load_profile()
TEXT = (
    "本单位长期从事智能机器人研发，建有省级企业技术中心，",
    "拥有发明专利30项，承担课题2项，产品已在多个城市应用，用户反映良好，市场前景广阔。",
)
BOX = BBox(0.1, 0.1, 0.9, 0.2)


def numbered(number: int, printed: str, file: str) -> Page:
    reading = Reading(value=printed, raw=printed, source=Source.PAPER)
    made = page([line(printed)], number=number, file=file, section=Section.TASKBOOK)
    return made.model_copy(update={"printed": reading})


def at(number: int) -> Place:
    return Place(file="盖章件.pdf", page=number, bbox=BOX)


def test_loose_pictures_are_not_out_of_order_but_may_be_lost() -> None:
    shuffled = [numbered(1, f"{n}/3", f"{name}.jpg") for n, name in ((3, "a"), (1, "b"), (2, "c"))]
    assert list(troubles_of_loose(shuffled, shuffled)) == []
    lost = [numbered(1, f"{n}/4", f"{name}.jpg") for n, name in ((3, "a"), (1, "b"), (2, "c"))]
    assert [trouble.words for trouble in troubles_of_loose(lost, lost)] == ["印刷页码共4页，只到第3页"]


def test_a_page_scanned_twice_reads_a_little_different_but_has_the_same_figures() -> None:
    one, again = page(stacked(*TEXT)), page(stacked(TEXT[0].replace("省", "首"), TEXT[1]), number=2)
    other = page(stacked(TEXT[0], TEXT[1].replace("30", "31")), number=2)
    assert len(list(doubled([one, again]))) == 1
    assert list(doubled([one, other])) == []


def test_form_pages_in_each_others_places() -> None:
    def paper(first: int, second: int) -> Application:
        keys = (("applicant", first), ("leader_name", first), ("product", second), ("product_summary", second))
        fields = [Field(key=key, reading=Reading(value="甲", source=Source.PAPER, places=(at(n),))) for key, n in keys]
        return Application(source=Source.PAPER, fields=tuple(fields))

    pages = [page(number=n, section=Section.FORM) for n in (1, 2)]
    assert list(turned_boxes(pages, paper(1, 2), PROFILE)) == []
    assert len(list(turned_boxes(pages, paper(2, 1), PROFILE))) == 1


def test_task_book_pages_in_each_others_places() -> None:
    def paper(*numbers: int) -> Application:
        parts = zip(("一、揭榜任务简要介绍", "（二）相关进展", "四、其他相关事项说明"), numbers, strict=True)
        sections = tuple(TaskBookSection(heading=each, text="甲", words=1, places=(at(n),)) for each, n in parts)
        return Application(source=Source.PAPER, taskbooks=(TaskBook(sections=sections),))

    pages = [page(number=n, section=Section.TASKBOOK) for n in (1, 2, 3)]
    assert list(turned_boxes(pages, paper(1, 2, 3), PROFILE)) == []
    assert [trouble.pages[1].page for trouble in turned_boxes(pages, paper(1, 3, 2), PROFILE)] == [3]
