"""What is set for a run's own server is gone with it."""

from __future__ import annotations

import os

import pytest

from flows.orchestration.environment import set_meanwhile


def test_variables_are_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONE", "before")
    monkeypatch.delenv("OTHER", raising=False)
    with pytest.raises(ValueError, match="broken"), set_meanwhile(ONE="now", OTHER="too"):
        assert (os.environ["ONE"], os.environ["OTHER"]) == ("now", "too")
        raise ValueError("broken")
    assert os.environ["ONE"] == "before" and "OTHER" not in os.environ
