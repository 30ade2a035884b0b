"""The rules, by tables that a person of the field can read (tests/checks/tables)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checks.engine import judge
from checks.rule import PACKAGE, rules_of
from tests.checks.building import build

TABLES = Path(__file__).parent / "tables"
ENTRIES = [entry for table in sorted(TABLES.glob("*.yaml")) for entry in yaml.safe_load(table.read_text("utf-8"))]
CERTAIN = {
    "P001",
    "P102",
    "P151",
    "Q101",
    "R105",
    "R106",
    "F112",
    "F131",
    "F123",
    "F121",
    "F122",
    "F132",
    "F134",
    "X301",
}
"""Codes of package rules that rest on nothing a reader could doubt, or whose doubt other codes carry."""


TESTED_ELSEWHERE = {"F121", "F122", "F123", "F132", "R203"}
"""Codes whose cases are too long for a table's line."""


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


def test_every_package_rule_is_seen_to_pass_to_fail_and_to_doubt() -> None:
    seen = {(entry["rule"], entry["outcome"]) for entry in ENTRIES}
    codes = {code for rule in rules_of(PACKAGE) for code in rule.codes if not code.startswith("S")}
    for code in sorted(codes - TESTED_ELSEWHERE):
        assert (code, "failed") in seen, f"{code} never fails"
        assert (code, "passed") in seen or code in {"P112", "P113", "P114", "P115", "F131"}, f"{code} never passes"
        assert (code, "undecided") in seen or code in CERTAIN | {"P111", "P112", "P113", "P114"}, f"{code} never doubts"
