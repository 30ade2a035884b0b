"""The population of rules: every code of the contract has its words, and the words their basis."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checks.__main__ import PAGE
from checks.catalogue import CUSTOM, load_catalogue
from checks.explain import as_page, explain
from checks.rule import all_rules
from pipeline.notices.profile import load_profile

CODES = (Path(__file__).parent / "contract_codes.txt").read_text("utf-8").split()
PROFILE = load_profile()
CATALOGUE = load_catalogue(PROFILE.folder)
NOTICE = re.sub(r"\s|\*|<(?!https)[^>]*>", "", (PROFILE.folder / "notice.txt").read_text("utf-8"))
SEVERITY = {"E": "error", "W": "warning", "I": "info"}


@pytest.mark.parametrize("line", CODES)
def test_code_of_the_contract(line: str) -> None:
    code, severity = line.split(":")
    entry = CATALOGUE.codes[code]
    assert entry.severity == SEVERITY[severity]
    assert entry.title and entry.help.endswith("。") and entry.message.endswith("。")
    assert entry.basis == CUSTOM or re.sub(r"\s", "", entry.basis) in NOTICE


def test_message_placeholders_are_known() -> None:
    known = {"field", "subject", "expected", "found", "detail"}
    for code, entry in CATALOGUE.codes.items():
        assert set(re.findall(r"\{(\w*)\}", entry.message)) <= known, code


def test_rules_yield_only_codes_of_the_catalogue() -> None:
    for rule in all_rules():
        assert set(rule.codes) <= set(CATALOGUE.codes), rule.name


def test_every_rule_is_documented() -> None:
    assert [rule.name for rule in all_rules() if not rule.summary.endswith(".")] == []


def test_messages_never_fail_on_hostile_values() -> None:
    assert "{x}" in CATALOGUE.message("X101", field="{x}", found="%s{0}", expected=None)


def test_explain() -> None:
    told = explain("f102", PROFILE)
    assert told is not None and told.code == "F102" and told.severity == "错误" and told.is_judged
    assert explain("F999", PROFILE) is None


def test_page_of_rules_is_current() -> None:
    assert PAGE.read_text("utf-8") == as_page(PROFILE), "run: python -m checks"


def test_a_page_is_named_as_people_name_it() -> None:
    assert CATALOGUE.name("扫描/IMG_7.jpg#1") == "扫描/IMG_7.jpg 第1页"
    told = CATALOGUE.message("Q101", subject=CATALOGUE.name("申报书.pdf#3"), detail="全黑")
    assert told.startswith("申报书.pdf 第3页无法识别（全黑）")
