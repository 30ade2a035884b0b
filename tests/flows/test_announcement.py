from __future__ import annotations

from pathlib import Path

import pytest

from flows.steps.announcement import HIDDEN, announce_end, announce_failure, reason_of, without_codes
from pipeline.errors import UsageProblem
from tests.flows.examples import SECRETS, finished

OUT = Path("/data/核验结果-20211120")


def test_counts_worst_packages_and_the_way_to_the_results() -> None:
    run = finished()
    told = announce_end(run.record, run.last, OUT, "")
    assert told.title == "核验完成"
    lines = told.body.splitlines()
    assert lines[0] == "4 个申报包，120 页，用时 1 小时 2 分。"
    assert lines[1] == "结论：通过 0，需人工核看 1，需补正 3，程序未能处理 0。"
    assert lines[2] == "问题：错误 6，提醒 4，提示 0。"
    assert lines[3:7] == [
        "错误最多的包：",
        f"　成都市/乙公司 {HIDDEN}　错误 3",
        f"　绵阳市/丙公司_{HIDDEN}　错误 2",
        "　成都市/甲公司　错误 1",
    ]
    assert lines[-1] == f"结果：{OUT}/核验汇总.xlsx"
    assert announce_end(run.record, run.last, OUT, "https://核验.example").body.endswith("https://核验.example")


def test_no_value_mobile_or_code_is_told() -> None:
    run = finished(failed=1)
    told = announce_end(run.record, run.last, OUT, "")
    assert told.title == "核验完成，1 个包未能处理"
    assert not [secret for secret in SECRETS if secret in told.title + told.body]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("成都市/甲公司", "成都市/甲公司"),
        ("2021年甲公司A3项目", "2021年甲公司A3项目"),
        ("甲公司１３８１２３４５６７８", f"甲公司{HIDDEN}"),
        ("甲公司138 1234 5678", f"甲公司{HIDDEN}"),
        ("甲公司MA6CCCC1-X", "甲公司MA6CCCC1-X"),
        ("12345678-X甲", f"{HIDDEN}甲"),
        ("51010719900101123X", HIDDEN),
    ],
)
def test_what_looks_like_a_number_of_a_person_or_unit_is_hidden(name: str, shown: str) -> None:
    assert without_codes(name) == shown


def test_of_foreign_exceptions_the_name_alone_is_told() -> None:
    assert reason_of(ValueError("13812345678 是手机")) == "程序出错（ValueError）"
    told = announce_failure(OUT, reason_of(UsageProblem("磁盘已满，电话13812345678")), "")
    assert "磁盘已满" in told.body and "13812345678" not in told.body
