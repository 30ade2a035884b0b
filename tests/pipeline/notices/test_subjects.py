"""A subject is told by the names of its parts; what is no subject of ours stays as it is."""

from __future__ import annotations

import pytest

from pipeline.notices.subjects import subject_in_words

NAMES = {"applicant": "单位名称", "cover": "封面", "current": "本单位当前水平", "taskbook": "任务书"}


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("applicant", "单位名称"),
        ("applicant@cover", "封面的单位名称"),
        ("applicant@市州", "市州的单位名称"),
        ("applicant@taskbook#2", "任务书（第2处）的单位名称"),
        ("current@2", "第2行的本单位当前水平"),
        ("taskbook#2", "任务书（第2处）"),
        ("taskbook#2@cover", "封面的任务书（第2处）"),
        ("盖章件.pdf#5", "盖章件.pdf 第5页"),
        ("a@b.pdf", "a@b.pdf"),
        ("a@2", "a@2"),
        ("a@b.pdf#5", "a@b.pdf 第5页"),
        ("#3", "#3"),
        ("", ""),
    ],
)
def test_subjects(subject: str, words: str) -> None:
    assert subject_in_words(subject, NAMES) == words
