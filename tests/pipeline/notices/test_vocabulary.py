from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.errors import UsageProblem
from pipeline.notices.profile import load_profile
from pipeline.notices.vocabulary import load_vocabulary, vocabulary_of

PROFILE = load_profile()


def changed(folder: Path, before: str, after: str) -> Path:
    shutil.copytree(PROFILE.folder, folder / "notice")
    path = folder / "notice" / "words.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


def test_every_alias_is_of_an_indicator_and_of_one_name_within_its_group() -> None:
    words = vocabulary_of(PROFILE)
    for direction in PROFILE.directions:
        for group in direction.groups:
            said = [alias for each in group.indicators for alias in words.aliases.get(each.id, ())]
            assert len(said) == len(set(said)), group.id


def test_no_reference_indicator_is_named_by_a_word_for_other_quantities() -> None:
    (others,) = (kind for kind in vocabulary_of(PROFILE).kinds if kind.name == "他量")
    words = {word for said in others.words.values() for word in said}
    named = {
        (indicator.id, word)
        for direction in PROFILE.directions
        for indicator in direction.references
        for name in (indicator.name, *indicator.aliases, *vocabulary_of(PROFILE).aliases.get(indicator.id, ()))
        for word in words
        if word in name and not any(word in besides and besides in name for besides in others.besides)
    }
    assert named == set()


def test_an_alias_of_no_indicator_is_told_with_its_line(tmp_path: Path) -> None:
    path = changed(tmp_path, "  D14-01:", "  D14-99:")
    line = 1 + next(n for n, each in enumerate(path.read_text(encoding="utf-8").splitlines()) if "D14-99" in each)
    with pytest.raises(UsageProblem, match=f"words.yaml 第{line}行.*D14-99"):
        vocabulary_of(load_profile(str(path.parent)))


def test_a_word_of_two_meanings_is_told(tmp_path: Path) -> None:
    path = changed(tmp_path, "推断: [推理, ", "推断: [推理, 时延, ")
    with pytest.raises(UsageProblem, match="时延"):
        load_vocabulary(path.parent)
