from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from pipeline.remote import RemoteAbsent, RemoteAway, RemotePlace, RemoteRefused, is_remote, name_of, shown_address
from pipeline.remote.problems import asked
from tests.flows.ports import free_port
from tests.s3 import Storage


@pytest.mark.parametrize("told", ["s3://b/in", "memory:in", "memory://in", "file:/a/b", "file:///a", "oss://b"])
def test_addresses_are_told_from_paths(told: str) -> None:
    assert is_remote(told)


@pytest.mark.parametrize("told", ["收件夹", "/srv/in", "./s3:/b", "C:/in", "a:b", "s3:/bucket/in"])
def test_paths_are_no_addresses(told: str) -> None:
    assert not is_remote(told)


def test_an_address_is_shown_without_its_password_and_names_its_place() -> None:
    assert shown_address("sftp://me:secret@host/in/") == "sftp://me@host/in"
    assert shown_address("sftp://me:sec@ret@host/a:b@c") == "sftp://me@host/a:b@c"
    assert name_of("sftp://me:secret@host") == "me@host"
    assert (
        name_of("s3://bucket/收件夹/") == "收件夹"
        and name_of("s3://bucket") == "bucket"
        and name_of("file://") == "root"
    )


def test_a_bucket_that_is_not_there(s3: Storage) -> None:
    with pytest.raises(RemoteAbsent, match="s3://nobody/in 不存在"):
        RemotePlace("s3://nobody/in").files()


def test_keys_that_are_refused(s3: Storage, bucket: str) -> None:
    s3.ask_for_keys()
    with pytest.raises(RemoteRefused, match="拒绝了访问"):
        RemotePlace(f"s3://{bucket}/in").files()


def test_no_keys_at_all(s3: Storage, bucket: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    with pytest.raises(RemoteRefused, match=r"没有访问 .* 的凭据"):
        RemotePlace(f"s3://{bucket}/in").files()


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(importlib.import_module("fsspec.registry")._registry, "s3", raising=False)
    with pytest.raises(RemoteRefused, match=r"pip install 'heyan\[s3\]'"):
        RemotePlace("s3://bucket/in").files()


def test_an_address_of_no_storage() -> None:
    with pytest.raises(RemoteRefused, match="地址写法"):
        RemotePlace("nonsense://bucket/in").files()


def test_a_server_that_is_away_is_asked_again_with_growing_waits(s3: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setattr("s3fs.core.S3FileSystem.retries", 1)
    place, slept = RemotePlace("s3://bucket/in", waits=(0.0,)), []
    with pytest.raises(RemoteAway, match="连不上 s3://bucket/in"):
        place.files()

    def ask() -> str:
        slept.append("?")
        if len(slept) < 5:
            raise ConnectionResetError
        return "there"

    waited: list[float] = []
    assert asked("x", ask, (1.0, 4.0, 9.0, 16.0), waited.append) == "there" and waited == [1.0, 4.0, 9.0, 16.0]
    slept.clear()
    with pytest.raises(RemoteAway):
        asked("x", ask, (1.0,), waited.append)


def test_what_cannot_heal_is_asked_once() -> None:
    asks: list[int] = []

    def ask() -> None:
        asks.append(1)
        raise PermissionError

    with pytest.raises(RemoteRefused):
        asked("x", ask, (0.0, 0.0))
    assert len(asks) == 1
