"""The report says what it must, shows what it may, and is one safe file."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from pipeline.model.finding import Outcome, Severity
from pipeline.model.seal import PageRef
from pipeline.notices.profile import load_profile
from pipeline.reports.pictures import NoPictures
from pipeline.reports.report_html import report_html
from pipeline.reports.report_view import (
    anchor,
    codes_of,
    finding_cards,
    first_of_subjects,
    grouped,
    marks_by_page,
    undecided,
)
from tests.pipeline.reports import examples
from tests.pipeline.reports.drawn import DrawnPictures

PROFILE = load_profile()


class Tags(HTMLParser):
    """Ids, inner links, pictures and anything that would reach out of the file."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.inner: list[str] = []
        self.pictures: list[str] = []
        self.outside: list[str] = []
        self.scripts = 0
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.scripts += tag == "script"
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("href", "src"):
            target = given.get(name) or ""
            if target.startswith("#"):
                self.inner.append(target[1:])
            elif target.startswith("data:"):
                self.pictures.append(target)
            elif target:
                self.outside.append(target)
        if tag not in ("meta", "img", "br", "col", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def parsed(result, pictures=None):
    html = report_html(result, pictures or NoPictures(), PROFILE).decode()
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    return html, tags


@pytest.fixture(scope="module")
def whole():
    return parsed(examples.result(), DrawnPictures())


def test_every_finding_stands_in_it_with_its_words(whole):
    html, tags = whole
    for finding in examples.findings():
        assert anchor(finding.id) in tags.ids
        assert finding.message.replace("“", "“") in html


def test_it_is_one_file_whose_links_all_lead_somewhere(whole):
    _, tags = whole
    assert tags.outside == []
    assert tags.scripts == 0
    assert set(tags.inner) <= set(tags.ids)
    assert len(tags.ids) == len(set(tags.ids))


def test_the_worst_findings_come_first_and_carry_the_numbers_of_the_pages():
    cards = finding_cards(examples.result(), PROFILE)
    severities = [card.finding.severity for card in cards]
    assert severities == sorted(severities, key=list(Severity).index)
    marks = marks_by_page(cards)
    numbers = {card.finding.code: card.number for card in cards}
    assert [mark.number for mark in marks[(examples.SCAN, 7)]] == [numbers["S112"]]


def test_boxes_are_drawn_where_the_evidence_is(whole):
    html, _ = whole
    place = next(finding for finding in examples.findings() if finding.code == "S112").evidence[0]
    left = (place.bbox.x0 - 0.004) * 100
    assert re.search(rf'class="mark error"[^>]*style="left:{left:.2f}%', html)


def test_three_witnesses_stand_side_by_side_with_the_difference_marked(whole):
    html, _ = whole
    row = re.search(r"<tr class=\"error\"><th>整体业务收入.*?</tr>", html, re.DOTALL)
    assert row
    cells = re.findall(r"<td>(.*?)</td>", row.group())
    assert cells[0] == "234<mark>56</mark>.78"
    assert cells[1] == "234<mark>65</mark>.78"
    assert "23456.78" in cells[2]


def test_pages_are_asked_for_one_after_another():
    pictures = DrawnPictures()
    report_html(examples.result(), pictures, PROFILE)
    assert pictures.asked == sorted(pictures.asked), "so that no page is rendered twice"
    assert {page for _, page in pictures.asked} == set(range(1, 9))


def test_same_input_same_bytes():
    first = report_html(examples.result(), DrawnPictures(), PROFILE)
    assert first == report_html(examples.result(), DrawnPictures(), PROFILE)


def test_a_report_stays_small_with_many_pages():
    class Heavy(DrawnPictures):
        def page(self, file, page, width):
            return b"\xff\xd8" + b"x" * (width * width // 8)

        def crop(self, place, width):
            return b"\xff\xd8" + b"x" * 20_000

    base = examples.result()
    pages = tuple(examples.page(number, examples.SECTIONS[1]) for number in range(1, 121))
    findings = tuple(
        examples.finding("F101", Severity.ERROR, "空白。", examples.place(number), subject=str(number))
        for number in range(1, 61)
    )
    package = base.package.model_copy(update={"pages": pages})
    many = base.model_copy(update={"package": package, "findings": findings})
    assert len(report_html(many, Heavy(), PROFILE)) < 8_000_000


def test_a_secrecy_mark_keeps_all_pictures_out():
    base = examples.result()
    secret = examples.finding("Z101", Severity.WARNING, "第5页有密级标志。", examples.place(5), subject="5")
    html, tags = parsed(base.model_copy(update={"findings": (*base.findings, secret)}), DrawnPictures())
    assert tags.pictures == []
    assert "本件不显示页面图像" in html
    assert "移交保密工作人员" in html


def test_what_comes_from_files_is_never_markup():
    nasty = '<script>alert(1)</script>"><img src=x onerror=1>'
    base = examples.result()
    finding = examples.finding("F104", Severity.WARNING, nasty, field="leader_email", found=nasty, subject=nasty)
    package = base.package.model_copy(update={"recommender": nasty, "files": (examples.file(nasty, "other"),)})
    html, tags = parsed(base.model_copy(update={"findings": (finding,), "package": package}))
    assert tags.scripts == 0
    assert tags.outside == []
    assert "&lt;script&gt;" in html


def test_clean_and_failed_packages():
    assert "没有发现问题" in parsed(examples.clean_result())[0]
    html, _ = parsed(examples.failed_result())
    assert "核验程序在这一件上出错" in html


def test_doubt_is_listed_apart_and_not_twice():
    base = examples.result()
    alone, doubted = undecided(base)
    assert [verdict.code for verdict in alone] == ["S113"]
    assert doubted == 1, "the e-mail stands under Q102 already"


@pytest.mark.parametrize("identifier", ["X101-0123456789ab", "a/b/c", "包"])
def test_anchors_are_plain(identifier):
    assert re.fullmatch(r"[A-Za-z0-9_.-]+", anchor(identifier))


def test_plain_ids_are_their_own_anchors():
    assert anchor("X101-0123456789ab") == "X101-0123456789ab"


def test_doubts_that_say_the_same_are_one_line():
    lost = [
        examples.verdict("F101", key, Outcome.UNDECIDED).model_copy(update={"message": "有页面未能识别"})
        for key in ("staff", "address")
    ]
    base = examples.result()
    html, _ = parsed(base.model_copy(update={"verdicts": (*base.verdicts, *lost)}))
    assert html.count("有页面未能识别") == 1
    assert "单位人数、单位地址" in html or "单位地址、单位人数" in html


def test_of_a_long_text_the_finding_shows_what_it_quotes():
    base = examples.result()
    long_one = examples.finding(
        "X101", Severity.ERROR, "简介不同。", field="unit_profile", found="…成立于2015年…", expected="…成立于2016年…"
    )
    card = finding_cards(base.model_copy(update={"findings": (long_one,)}), PROFILE)[0]
    texts = {column.title: "".join(piece.text for piece in column.pieces) for column in card.columns}
    assert texts == {"纸质": "…成立于2015年…", "网上": "…成立于2016年…"}


def test_a_seam_that_cannot_be_seen_is_one_line_whatever_is_asked_of_it():
    unseen = [
        examples.verdict(code, "seam", Outcome.UNDECIDED, examples.place(3)).model_copy(
            update={"message": "黑白件看不出"}
        )
        for code in ("S121", "S122", "S123", "S124")
    ]
    elsewhere = examples.verdict("S111", "commitment", Outcome.UNDECIDED).model_copy(update={"message": "黑白件看不出"})
    groups = grouped([*unseen, elsewhere])
    assert [codes_of(group) for group in groups] == [("S121", "S122", "S123", "S124"), ("S111",)]
    assert [verdict.subject for verdict in first_of_subjects(groups[0])] == ["seam"]
    base = examples.result()
    html, _ = parsed(base.model_copy(update={"verdicts": (*base.verdicts, *unseen)}))
    assert html.count("黑白件看不出") == 1
    assert all(code in html for code in ("S121", "S122", "S123", "S124"))


def test_of_loose_pictures_the_sheets_of_a_seam_are_named():
    base = examples.result()
    one, other = (PageRef(file=f"扫描/{number}.jpg", page=1) for number in (1, 2))
    seam = base.package.seams[0].model_copy(
        update={"pages": (one, other), "missing": (other,), "discontinuous": (one,)}
    )
    package = base.package.model_copy(update={"seams": (seam,)})
    told = report_html(base.model_copy(update={"package": package}), NoPictures(), load_profile()).decode()
    assert "缺骑缝的页：扫描/2.jpg" in told and "与前后页不衔接：扫描/1.jpg" in told
