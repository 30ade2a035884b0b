"""Pooled figures: what counts as error, how sources add up, and that a bad pool looks bad."""

from __future__ import annotations

from collections import Counter

from samples.truth import PackageTruth, Planted
from tests.accuracy.pooled import Pool, error_codes, never_found, of_pages, of_records, table
from tests.accuracy.rules.outcomes import CLEAN, Kept
from tests.accuracy.scores import Scores, score_clean, score_defects


def kept(code: str, fate: str, *errors: str, conclusion: str = "correct") -> Kept:
    return Kept.model_validate({"code": code, "number": 0, "fate": fate, "errors": errors, "conclusion": conclusion})


def test_records_are_counted_by_code() -> None:
    pool = of_records(
        [
            kept("F101", "found"), kept("F101", "silent"), kept("F103", "undecided"), kept("F102", "found", "X101"),
            kept(CLEAN, "silent", conclusion=CLEAN), kept(CLEAN, "silent", "F142"),
        ]
    )  # fmt: skip
    assert pool.fates == {
        "F101": Counter(found=1, silent=1), "F103": Counter(undecided=1), "F102": Counter(found=1),
    }  # fmt: skip
    assert (pool.false_errors, pool.clean, pool.clean_errors, pool.clean_verdicts) == (2, 2, 1, 1)
    assert pool.total(error_codes()) == Counter(found=2, silent=1)
    assert never_found(pool) == ("F103",)


def test_warnings_are_no_error_codes() -> None:
    assert "F101" in error_codes() and "F103" not in error_codes() and "S163" not in error_codes()


def test_pools_add_up() -> None:
    one = Pool(fates={"S101": Counter(found=2)}, false_errors=1, clean=3, clean_errors=1, clean_verdicts=2)
    other = Pool(fates={"S101": Counter(silent=1), "F101": Counter(found=4)}, false_errors=2, clean=1)
    both = one.joined(other)
    assert both.fates == {"S101": Counter(found=2, silent=1), "F101": Counter(found=4)}
    assert (both.false_errors, both.clean, both.clean_errors, both.clean_verdicts) == (3, 4, 1, 2)


def package(*codes: str) -> PackageTruth:
    return PackageTruth(
        identity="成都市/甲", delivery="成都市", level="office", family="tuning", recommender="", online_no=None,
        fields={}, planted=tuple(Planted(code=code) for code in codes), clean=not codes,
    )  # fmt: skip


def result(*codes: str, undecided: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "findings": [
            {"code": code, "field": None, "subject": "", "severity": "error", "message": ""} for code in codes
        ],
        "verdicts": [{"code": code, "subject": "", "outcome": "undecided"} for code in undecided],
        "seams": [], "signatures": [], "verdict": "correct",
    }  # fmt: skip


def test_pages_are_counted_by_code() -> None:
    scores = Scores()
    score_defects(scores, package("S101", "S122", "S113"), result("S101", "F101", undecided=("S122",)))
    score_clean(scores, package(), result("F142"))
    scores.planted["doubt"] = 2
    pool = of_pages(scores)
    assert pool.fates == {
        "S101": Counter(found=1), "S122": Counter(undecided=1), "S113": Counter(silent=1),
        "X101": Counter(undecided=2),
    }  # fmt: skip
    assert (pool.false_errors, pool.clean_errors, pool.clean) == (2, 1, 1)


def test_the_table_names_what_is_not_always_found() -> None:
    pool = Pool(fates={"F101": Counter(found=97, silent=3), "F102": Counter(silent=1)}, false_errors=97, clean=2)
    lines = table("records", pool, "office").splitlines()
    figures = {line[2:46].strip(): line[46:].split() for line in lines[1:]}
    assert figures["error codes: recall"][0] == "96.04%"
    assert figures["error codes: precision"][0] == "50.00%"
    assert figures["all: silent"][0] == "3.96%"
    assert figures["codes planted; never found"][:2] == ["2;", "F102"]
    assert lines[-1].endswith("F101 97/0/3, F102 0/0/1")
