"""What stands in the environment is used, or refused in a sentence that names the variable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.errors import UsageProblem
from pipeline.settings import settings


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("HEYAN_DPI", "高", "应为数字"),
        ("HEYAN_DPI", "0", "应大于 0"),
        ("HEYAN_WORKER_BYTES", "2GB", "应为整数"),
        ("HEYAN_PREFECT", "也许", "应为 true 或 false"),
        ("HEYAN_RETRY_SECONDS", "60,300", r"应写成 \[60,300,900\] 的样子"),
        ("HEYAN_RETRY_SECONDS", "[-1]", "不能小于 0"),
        ("HEYAN_RETRY_SECONDS", "7", r"应写成 \[60,300,900\] 的样子"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageProblem, match=f"环境变量 {name} 的值无法使用，{sentence}"):
        settings()


def test_what_can_be_used_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYAN_DPI", "300")
    monkeypatch.setenv("HEYAN_RETRY_SECONDS", "[0, 2.5]")
    assert (settings().dpi, settings().retry_seconds) == (300.0, (0.0, 2.5))
    monkeypatch.delenv("HEYAN_RETRY_SECONDS")
    settings.cache_clear()
    assert settings().retry_seconds == (60.0, 300.0, 900.0)
