"""A notice's folder looked over before it is used: every file by itself, and all of them against the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from checks.catalogue import CUSTOM, Catalogue, Entry
from checks.judgement import DOUBT
from checks.rule import all_rules
from checks.rules.notice import NOTICE
from pipeline.errors import UsageProblem
from pipeline.model.finding import Severity
from pipeline.model.record import Record
from pipeline.notices import vocabulary
from pipeline.notices.consistency import inconsistencies
from pipeline.notices.directions import FILE as DIRECTIONS
from pipeline.notices.directions import Guide
from pipeline.notices.evidence_words import FILE as EVIDENCE
from pipeline.notices.evidence_words import EvidenceGuide
from pipeline.notices.layers import CATALOGUE, DEFAULT, LETTER, PROFILE, path_of, paths_of, words_of
from pipeline.notices.profile import Profile, load_profile, notice_folder, profile_keys
from pipeline.notices.vocabulary import Vocabulary
from pipeline.notices.yaml_file import Complaint, complaint, complaints, doubled_keys, read_words, read_yaml

FILES = ((Guide, DIRECTIONS), (EvidenceGuide, EVIDENCE), (Vocabulary, vocabulary.FILE))
"""Records that a file each holds."""
LOADED = ("folder", "guide", "evidence")
"""Keys of a profile that stand in files of their own."""
PLACEHOLDERS = frozenset({"field", "subject", "expected", "found", "detail"})
MARKUP = re.compile(r"\s|\*|<(?!https)[^>]*>")
"""What a notice's text may hold besides its words: blanks, emphasis, tags."""


class NoticeReport(Record):
    """What a look at a notice found: the profile, where it can be loaded, and one sentence a complaint."""

    profile: Profile | None
    problems: tuple[str, ...]


def check_notice(name_or_path: str) -> NoticeReport:
    """Look over a notice by its name, its folder or its profile.yaml.

    Raises:
        UsageProblem: There is no such notice.
    """
    folder = notice_folder(name_or_path)
    try:
        return _report(folder)
    except UsageProblem as problem:
        return NoticeReport(profile=None, problems=(str(problem),))


def _report(folder: Path) -> NoticeReport:
    found = tuple(str(each) for each in _by_themselves(folder))
    if found:
        return NoticeReport(profile=None, problems=found)
    profile = load_profile(str(folder))
    return NoticeReport(profile=profile, problems=tuple(str(each) for each in _together(profile)))


def _together(profile: Profile) -> Iterator[Complaint]:
    """What of the files, each right by itself, does not fit the others or the rules."""
    yield from inconsistencies(profile)
    yield from _catalogue(profile.folder)
    yield from _letter(profile.folder)
    yield from _quotes(profile)
    yield from vocabulary.strays(profile)


def _by_themselves(folder: Path) -> Iterator[Complaint]:
    """What is wrong in each file, whatever the others say."""
    for path in sorted(folder.glob("*.yaml")):
        read_yaml(path)
        yield from doubled_keys(path)
    yield from _of_profile(folder)
    for record, name in FILES:
        path = path_of(folder, name)
        yield from complaints(record, read_yaml(path), path)
    yield from complaints(Catalogue, words_of(folder, CATALOGUE), *paths_of(folder, CATALOGUE))


def _of_profile(folder: Path) -> Iterator[Complaint]:
    """The profile's own keys; those that other files fill are no lack of it."""
    for each in complaints(Profile, {**profile_keys(folder), "folder": folder}, *paths_of(folder, PROFILE)):
        if each.where not in LOADED:
            yield each


def _catalogue(folder: Path) -> Iterator[Complaint]:
    """Codes against the rules, and each code's words against the notice."""
    told: Mapping[str, Any] = words_of(folder, CATALOGUE)
    paths, carried = paths_of(folder, CATALOGUE), {code for rule in all_rules() for code in rule.codes} | {DOUBT}
    for code in sorted(carried - told["codes"].keys()):
        yield complaint(paths, ("codes",), f"缺少代码 {code}：规则会提出它，这里须写明标题、级别、依据、说明和措辞")
    text = _text(folder)
    for code, said in told["codes"].items():
        if code not in carried:
            yield complaint(paths, ("codes", code), f"没有规则提出代码 {code}")
        yield from _entry(paths, code, Entry(**said), text)


def _entry(paths: Sequence[Path], code: str, entry: Entry, text: str) -> Iterator[Complaint]:
    for key, fault in _faults(entry, text):
        yield complaint(paths, ("codes", code, key), fault)


def _faults(entry: Entry, text: str) -> Iterator[tuple[str, str]]:
    if entry.basis != CUSTOM and MARKUP.sub("", entry.basis) not in text:
        yield "basis", f"通知原文（{NOTICE}）中没有这句话；通知没有规定的写“{CUSTOM}”"
    for key, sentence in (("message", entry.message), ("document", entry.document)):
        if fault := _unfilled(sentence):
            yield key, fault
    for key in ("title", "help", "message"):
        if not getattr(entry, key).strip():
            yield key, "不能为空"


def _unfilled(sentence: str) -> str:
    """Why a sentence can't be filled in; nothing where it can."""
    try:
        named = set(re.findall(r"\{(\w*)\}", sentence))
        sentence.format_map(dict.fromkeys(named, ""))
    except (ValueError, IndexError):
        return "花括号不成对"
    unknown = sorted(named - PLACEHOLDERS)
    return f"不认识 {{{unknown[0]}}}，只能用 {'、'.join(sorted(PLACEHOLDERS))}" if unknown else ""


def _quotes(profile: Profile) -> Iterator[Complaint]:
    """What the directions quote stands in the notice."""
    text, paths = _text(profile.folder), paths_of(profile.folder, DIRECTIONS)[:1]
    for place, direction in enumerate(profile.directions):
        for row, group in enumerate(direction.groups):
            for column, indicator in enumerate(group.indicators):
                if MARKUP.sub("", indicator.quote) not in text:
                    steps = ("directions", place, "groups", row, "indicators", column, "quote")
                    yield complaint(paths, steps, f"通知原文（{NOTICE}）中没有这句话")


def _letter(folder: Path) -> Iterator[Complaint]:
    """What letters say of a code: a sentence of a code that there is."""
    told, paths = words_of(folder, LETTER), paths_of(folder, LETTER)
    codes = words_of(folder, CATALOGUE)["codes"]
    if not isinstance(told, Mapping) or not isinstance(told.get(DEFAULT), Mapping):
        yield complaint(paths, (DEFAULT,), f"缺少 {DEFAULT}：没有专门一句的代码按级别取用的话")
        return
    for code, sentence in told.items():
        if code == DEFAULT:
            yield from (
                complaint(paths, (code,), f"缺少 {severity}") for severity in Severity if severity not in sentence
            )
        elif code not in codes:
            yield complaint(paths, (code,), f"{CATALOGUE} 中没有代码 {code}")
        elif not isinstance(sentence, str):
            yield complaint(paths, (code,), "应为一句话")


def _text(folder: Path) -> str:
    """The words of the notice and of those that it builds on."""
    return MARKUP.sub("", "".join(map(read_words, paths_of(folder, NOTICE))))
