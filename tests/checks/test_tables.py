"""The rules, by tables that a person of the field can read (tests/checks/tables)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checks.engine import judge
from tests.checks.building import build

TABLES = Path(__file__).parent / "tables"
ENTRIES = [entry for table in sorted(TABLES.glob("*.yaml")) for entry in yaml.safe_load(table.read_text("utf-8"))]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['rule']} {entry['what']}")
def test_entry(entry: dict[str, Any]) -> None:
    judgement = judge(build(entry))
    assert judgement.faults == ()
    outcomes = [
        verdict.outcome.value
        for verdict in judgement.verdicts
        if (verdict.code, verdict.subject) == (entry["rule"], entry["subject"])
    ]
    assert outcomes == ([] if entry["outcome"] == "absent" else [entry["outcome"]])
    _findings_follow(entry, judgement)
    if "disputes" in entry:
        named = {dispute.path for dispute in judgement.disputes}
        assert named >= set(entry["disputes"])
        assert entry["disputes"] or not named
    if "conclusion" in entry:
        assert judgement.conclusion == entry["conclusion"]


def _findings_follow(entry: dict[str, Any], judgement: Any) -> None:
    """A failed verdict is a finding, and nothing else of that code and subject is."""
    found = {(finding.code, finding.subject) for finding in judgement.findings}
    assert ((entry["rule"], entry["subject"]) in found) == (entry["outcome"] == "failed")
    codes = {code for code, _ in found}
    if entry.get("finding") == "none":
        assert "Q102" not in {code for code, subject in found if subject == entry["subject"]}
    elif "finding" in entry:
        assert entry["finding"] in codes
