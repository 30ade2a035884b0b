"""What packages are put together by: the words a notice is read by, not its limits."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from flows.steps import versions
from flows.steps.asked import IN_FILES_OF_THEIR_OWN, JUDGED_BY, asked_of
from flows.steps.sources import sources_of
from pipeline.notices.profile import Profile, load_profile
from pipeline.settings import CHECKOUT

THROUGH_OTHERS = frozenset({"due_seals", "package_seals", "required_seal", "own_hop", "hop"})
"""Properties of a profile that look at one of these keys."""
APART = ("pipeline/notices/", "pipeline/intake/")
"""The notice's own checks, and intake, whose records stand in the key themselves."""


def test_nothing_that_puts_together_looks_at_what_is_left_out() -> None:
    left_out = JUDGED_BY | THROUGH_OTHERS
    for path in sources_of(versions.ASSEMBLING):
        name = path.relative_to(CHECKOUT).as_posix()
        if not name.startswith(APART):
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            assert not {node.attr for node in nodes if isinstance(node, ast.Attribute)} & left_out, name


def test_what_is_left_out_is_in_a_profile() -> None:
    assert Profile.model_fields.keys() >= JUDGED_BY | IN_FILES_OF_THEIR_OWN


def changed(folder: Path, name: str, before: str, after: str) -> str:
    """What is asked of the default notice with some words of a file changed."""
    shutil.copytree(load_profile().folder, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after), encoding="utf-8")
    return asked_of(load_profile(str(folder)))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("profile.yaml", "max_projects: 3", "max_projects: 2  # fewer"),
        ("catalogue.yaml", "severity: error", "severity: warning"),
        ("letter.yaml", "请", "敬请"),
    ],
)
def test_limits_and_sentences_have_nothing_put_together_anew(
    tmp_path: Path, name: str, before: str, after: str
) -> None:
    assert changed(tmp_path / "notice", name, before, after) == asked_of(load_profile())


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("profile.yaml", "单位地址", "注册地址"),
        ("words.yaml", "synonyms:", "# other words\nsynonyms:"),
        ("evidence.yaml", "审计报告", "审计的报告"),
    ],
)
def test_words_that_papers_are_read_by_do(tmp_path: Path, name: str, before: str, after: str) -> None:
    assert changed(tmp_path / "notice", name, before, after) != asked_of(load_profile())
