"""Subjects are shown by name, never by key."""

from __future__ import annotations

import pytest

from pipeline.notices.profile import load_profile
from pipeline.reports.catalogue_words import catalogue_words

WORDS = catalogue_words(load_profile())


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("applicant", "单位名称"),
        ("revenue", "整体业务收入(万元)"),
        ("cover.applicant", "封面 · 申报单位"),
        ("applicant@cover", "封面的单位名称"),
        ("current@2", "第2行的本单位当前水平"),
        ("taskbook#2", "揭榜任务书（第2处）"),
        ("盖章件.pdf#5", "盖章件.pdf 第5页"),
        ("坏.pdf", "坏.pdf"),
        ("", ""),
    ],
)
def test_subjects(subject, words):
    assert WORDS.subject(subject) == words


def test_titles_come_from_the_catalogue():
    assert WORDS.title("P001")
    assert WORDS.title("Y999") == ""


def test_a_notice_without_a_catalogue_still_has_its_headings(tmp_path):
    bare = load_profile().model_copy(update={"folder": tmp_path})
    words = catalogue_words(bare)
    assert words.subject("applicant") == "单位名称"
    assert words.title("P001") == ""
