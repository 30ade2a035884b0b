"""One S3 server for all tests here, its address in the environment as users set it; a fresh bucket a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.s3 import Storage, storage

NEVER = 10**9


@pytest.fixture(scope="session")
def server() -> Iterator[Storage]:
    with storage() as running:
        yield running


@pytest.fixture
def s3(server: Storage, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    server.ask_for_keys(NEVER)
    yield server
    server.ask_for_keys(NEVER)


@pytest.fixture
def bucket(s3: Storage, request: pytest.FixtureRequest) -> str:
    name = f"b{abs(hash(request.node.name)):x}"
    s3.make_bucket(name)
    return name
