"""处理意见: what a letter to the sender says about a finding. Values stay out of letters."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.model.finding import Conclusion, Finding, Severity
from pipeline.model.package import Result
from pipeline.notices.layers import DEFAULT, LETTER, words_of
from pipeline.notices.profile import Profile
from pipeline.reports.catalogue_words import catalogue_words
from pipeline.reports.wording import heading

GAP = "……"
"""Stands for what only a finding knows."""

_OFFICE = {
    "Q102": "机器读数没有把握，请对照原件人工核实后再定。",
    "Z101": "请停止处理，立即移交保密工作人员。",
    "Z102": "含有申报表以外的个人信息，请按规定保管。",
}
"""What the office itself must do; nothing goes out to the sender."""


def opinion(finding: Finding, profile: Profile) -> str:
    """The sentence for 处理意见: to paste into a letter, or what the office does itself."""
    if finding.code in _OFFICE:
        return _OFFICE[finding.code]
    sentences = sentences_of(profile.folder)
    sentence = sentences.get(finding.code)
    if sentence is None:
        return str(sentences[DEFAULT][finding.severity.value])
    return str(sentence).replace("{field}", _field(finding, profile)).replace("{subject}", _subject(finding, profile))


def sentence_to_sender(code: str, folder: Path) -> str:
    """A code's sentence of the letter with a gap for the box or thing it is about; "" where none goes out."""
    sentence = "" if code in _OFFICE else str(sentences_of(folder).get(code) or "")
    return sentence.replace("{field}", GAP).replace("{subject}", GAP)


def advice(result: Result) -> str:
    """What to do with a package, in one line of the summary."""
    if any(finding.code == "Z101" for finding in result.findings):
        return "停止处理，移交保密工作人员。"
    errors = result.count(Severity.ERROR)
    advices = {
        Conclusion.CLEAN: "可受理，无需补正。",
        Conclusion.LOOK: "请人工核看提醒和待定各项后再定。",
        Conclusion.CORRECT: f"请通知申报单位补正（{errors}项）。",
        Conclusion.FAILED: f"请重新运行或人工核验：{result.error}",
    }
    return advices[Conclusion(result.conclusion)]


@cache
def sentences_of(folder: Path) -> dict[str, Any]:
    """A notice's sentences by code, and `default` ones by severity."""
    loaded: dict[str, Any] = words_of(folder, LETTER)
    return loaded


def _field(finding: Finding, profile: Profile) -> str:
    return heading(finding.field, profile) if finding.field else _subject(finding, profile)


def _subject(finding: Finding, profile: Profile) -> str:
    return catalogue_words(profile).subject(finding.subject) or "有关内容"
