from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageProblem
from pipeline.notices.evidence_words import read_evidence_guide
from pipeline.notices.profile import load_profile

OWN = load_profile().folder / "evidence.yaml"


def test_every_kind_that_is_absorbed_is_a_kind() -> None:
    guide = read_evidence_guide(OWN)
    kinds = {kind.kind for kind in guide.kinds}
    assert {other for kind in guide.kinds for other in kind.absorbs} <= kinds
    assert {item for kind in guide.kinds for item in kind.items} == set(load_profile().evidence_items)


def test_a_kind_that_does_not_fit_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "evidence.yaml"
    path.write_text(OWN.read_text(encoding="utf-8").replace("items: [2, 1]", "items: [两]", 1), encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"evidence\.yaml 第4行"):
        read_evidence_guide(path)
