"""`heyan notice check`: what a person sees, and the exit status."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.cli.notice import check_profile
from pipeline.notices.profile import load_profile


def test_what_a_right_notice_decides_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_profile("jiebang-2021") == 0
    told = capsys.readouterr().out
    assert "18 个，参考指标 164 项" in told and "2021-11-19 17:00:00" in told and "封面揭榜单位处" in told


def test_a_wrong_notice_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(load_profile().folder, tmp_path / "notice")
    path = tmp_path / "notice" / "profile.yaml"
    path.write_text(path.read_text("utf-8").replace("max_projects: 3\n", "max_projects: [3]\n"), encoding="utf-8")
    assert check_profile(str(path)) == 2
    assert "（max_projects）：应为整数" in capsys.readouterr().out
