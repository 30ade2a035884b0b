"""The tables of Prefect's page; the page itself is seen in test_nightly."""

from __future__ import annotations

from uuid import UUID

import pytest
from httpx import ConnectError

from flows.orchestration import showing
from flows.steps.progress import Silent
from tests.flows.examples import PACKAGES, SECRETS, finished


def test_packages_with_most_errors_come_first() -> None:
    rows = showing.package_table(finished().last)
    assert [row["包"] for row in rows] == [PACKAGES[1], PACKAGES[2], PACKAGES[0], PACKAGES[3]]
    assert rows[0] == {"包": PACKAGES[1], "结论": "需补正", "错误": 3, "提醒": 0, "提示": 0}


def test_findings_are_counted_and_tell_no_value() -> None:
    rows = showing.finding_table(finished().last)
    assert [(row["级别"], row["条数"]) for row in rows] == [("错误", 3), ("错误", 1), ("错误", 2), ("提醒", 4)]
    told = str([{key: row[key] for key in row if key != "包"} for row in rows])
    assert not [secret for secret in SECRETS if secret in told]


def test_a_server_that_is_away_stops_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def away(*_: object, key: str, **__: object) -> None:
        asked.append(key)
        raise ConnectError("away")

    monkeypatch.setattr(showing, "create_progress_artifact", away)
    monkeypatch.setattr(showing, "create_table_artifact", away)
    progress = showing.ShownProgress(Silent())
    progress.begin("识别", 3)
    progress.advance("识别", "甲", 3)
    progress.end()
    showing.show_finished(finished())
    assert asked == ["progress", "packages"]


def test_a_server_that_goes_away_in_the_middle_stops_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def away(_: UUID, share: float, **__: object) -> None:
        asked.append(share)
        raise ConnectError("away")

    monkeypatch.setattr(showing, "create_progress_artifact", lambda *_, **__: UUID(int=1))
    monkeypatch.setattr(showing, "update_progress_artifact", away)
    progress = showing.ShownProgress(Silent())
    progress.begin("识别", 4)
    progress.advance("识别", "甲", 1)
    progress.begin("核验", 2)
    progress.end()
    assert asked == [25.0, 0.0, 100.0]
