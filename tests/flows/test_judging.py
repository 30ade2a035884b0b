from __future__ import annotations

import shutil
from pathlib import Path

from flows.steps.judging import delivery_judging_key
from pipeline.notices.profile import load_profile


def test_a_deliverys_judgement_rests_on_what_the_notice_says_not_on_its_name(tmp_path: Path) -> None:
    profile = load_profile()
    shutil.copytree(profile.folder, tmp_path / "notice")
    same = profile.model_copy(update={"folder": tmp_path / "notice"})
    assert delivery_judging_key("a", (), profile) == delivery_judging_key("a", (), same)
    shutil.copytree(profile.folder, tmp_path / "changed")
    with (tmp_path / "changed" / "profile.yaml").open("a") as stream:
        stream.write("# changed\n")
    changed = profile.model_copy(update={"folder": tmp_path / "changed"})
    assert delivery_judging_key("a", (), profile) != delivery_judging_key("a", (), changed)
