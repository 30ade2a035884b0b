"""Every code of the contract is seen to pass, to fail and to stay undecided, or it is said why it can't."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.outcomes_seen import HERE, Seen, in_tables, of_notices, on_records

CODES = [line.partition(":")[0] for line in (HERE / "contract_codes.txt").read_text("utf-8").split()]
DUE = ("passed", "failed", "undecided")
ASKS = "a question by itself: whoever reads it looks at the paper, and nothing is left to doubt but the same"
NO_PIXELS = "rests on the clerk's log or the filing's export alone; without them it does not apply"
MEASURED = "measured on the picture, not read; where the picture can't show it, what it would be said of is undecided"
EQUALS = "rests on texts that are the same several times over: a misreading can only make them differ"
WHY_NOT: dict[Seen, str] = {
    ("P132", "passed"): "a filing that has its package is P131's",
    ("P141", "undecided"): ASKS,
    ("P151", "undecided"): NO_PIXELS,
    ("S161", "undecided"): MEASURED,
    ("S163", "passed"): "a file without a digital signature lacks nothing: the code does not apply",
    ("S163", "undecided"): "information; that a signature could not be verified stands in it",
    ("S164", "undecided"): MEASURED,
    ("S171", "undecided"): "itself says that a seal can't be read; a seal that may not be there is another code's",
    ("X301", "undecided"): "rests on editable copy and filing, where paper is the doubt already",
    ("R101", "undecided"): EQUALS,
    ("R103", "undecided"): "the list's unit and product are the same as read or filed; the unit alone is a warning",
    ("R105", "undecided"): NO_PIXELS,
    ("R106", "undecided"): NO_PIXELS,
    ("R110", "undecided"): ASKS,
    ("R208", "undecided"): EQUALS,
    ("Q101", "undecided"): "itself says that a page can't be read",
    ("Q102", "passed"): "no test of its own: it stands in place of what a doubt leaves open",
    ("Q102", "undecided"): "is the doubt",
}
"""What no code's rules can say, and why."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> set[Seen]:
    folder: Path = tmp_path_factory.mktemp("notices")
    told = {*in_tables(), *of_notices(folder)}
    lacking = {code for code in CODES if not {(code, outcome) for outcome in DUE} <= told}
    return told | set(on_records(lacking))


@pytest.mark.parametrize("outcome", DUE)
def test_every_code_is_seen_with_every_outcome_or_it_is_said_why_not(seen: set[Seen], outcome: str) -> None:
    unseen = {code for code in CODES if (code, outcome) not in seen}
    assert unseen == {code for code, never in WHY_NOT if never == outcome}


def test_reasons_are_given_of_codes_of_the_contract() -> None:
    assert {code for code, _ in WHY_NOT} <= set(CODES) and all(WHY_NOT.values())
