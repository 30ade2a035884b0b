"""How doubts on a clean package are counted."""

from __future__ import annotations

from typing import Any

from samples.truth import PackageTruth
from tests.accuracy.scores import Scores, score_clean

WHOLE = [0.0, 0.0, 1.0, 1.0]


def verdict(code: str, subject: str, message: str) -> dict[str, Any]:
    return {
        "id": f"{code}/{subject}", "code": code, "subject": subject, "field": None, "outcome": "undecided",
        "message": message, "expected": None, "found": None, "places": [{"file": "a.pdf", "page": 1, "bbox": WHOLE}],
    }  # fmt: skip


def warning(code: str, subject: str) -> dict[str, Any]:
    return {"code": code, "severity": "warning", "subject": subject, "field": None, "message": ""}


def test_what_is_open_for_one_reason_is_one_question_and_each_test_is_counted_beside() -> None:
    seam = [verdict(code, "seam", "扫描件没有颜色，无法判断骑缝章，请核对纸质件") for code in ("S121", "S122", "S123")]
    result = {
        "verdict": "look",
        "findings": [warning("S161", "scan"), warning("Q102", "cover.applicant")],
        "verdicts": [*seam, verdict("S103", "cover.applicant", "印文识别存疑"), verdict("F101", "uscc", "未能识别")],
    }
    scores = Scores()
    score_clean(scores, PackageTruth.model_construct(identity="成都市/甲"), result)
    assert scores.questions == [4]  # copy, owner of the seal, seam, code
    assert scores.doubts == [7]
