from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.remote import RemoteAway, RemoteFile, RemotePlace, put_back, refuse_unwritable
from pipeline.remote.putting import PROBE
from pipeline.store import Store
from tests.s3 import Storage

LAST = "run.json"


class Watched(RemotePlace):
    """Notes what is done to the place, in order; breaks off at a path."""

    def __init__(self, address: str, breaks_at: str = "") -> None:
        super().__init__(address, waits=())
        self.done: list[str] = []
        self.breaks_at = breaks_at

    def put(self, source: Path, path: str) -> None:
        if path == self.breaks_at:
            raise RemoteAway("gone")
        super().put(source, path)
        self.done.append(f"+{path}")

    def remove(self, path: str) -> None:
        super().remove(path)
        self.done.append(f"-{path}")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    for path in (
        "results/成都市/甲/result.json",
        "results/成都市/甲/report.html",
        "核验汇总.xlsx",
        LAST,
        ".heyan/lock",
    ):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(path.encode())
    return out


def shown(out: Path) -> list[str]:
    """All files of an output folder but those of its workspace."""
    files = (each for each in out.rglob("*") if each.is_file() and ".heyan" not in each.parts)
    return sorted(each.relative_to(out).as_posix() for each in files)


def test_the_runs_record_goes_first_and_comes_last(s3: Storage, bucket: str, out: Path) -> None:
    place, store = Watched(f"s3://{bucket}/out"), Store(out / ".heyan")
    assert put_back(out, place, store, LAST) == 4
    assert place.done[0] == f"-{LAST}" and place.done[-1] == f"+{LAST}"
    assert s3.objects(bucket) == {f"out/{path}": (out / path).read_bytes() for path in shown(out)}


def test_only_what_changed_is_put_and_only_what_was_put_is_taken_away(s3: Storage, bucket: str, out: Path) -> None:
    place, store = Watched(f"s3://{bucket}/out"), Store(out / ".heyan")
    s3.put(bucket, "out/somebody's.txt", b"")
    put_back(out, place, store, LAST)
    place.done.clear()
    (out / "results/成都市/甲/report.html").unlink()
    (out / "核验汇总.xlsx").write_bytes(b"anew")
    s3.put(bucket, "out/results/成都市/甲/result.json", b"spoilt by somebody")
    put_back(out, place, store, LAST)
    changed = {"+核验汇总.xlsx", "+results/成都市/甲/result.json", "-results/成都市/甲/report.html"}
    assert {*place.done} == changed | {f"-{LAST}", f"+{LAST}"}
    assert s3.objects(bucket)["out/somebody's.txt"] == b""
    assert s3.objects(bucket)["out/results/成都市/甲/result.json"] == b"results/" + "成都市/甲/result.json".encode()


def test_broken_off_there_is_no_record_and_the_next_call_ends_it(s3: Storage, bucket: str, out: Path) -> None:
    store = Store(out / ".heyan")
    put_back(out, Watched(f"s3://{bucket}/out"), store, LAST)
    for name in ("核验汇总.xlsx", LAST):
        (out / name).write_bytes(b"anew")
    with pytest.raises(RemoteAway):
        put_back(out, Watched(f"s3://{bucket}/out", "核验汇总.xlsx"), store, LAST)
    assert f"out/{LAST}" not in s3.objects(bucket)
    put_back(out, Watched(f"s3://{bucket}/out"), store, LAST)
    assert s3.objects(bucket)[f"out/{LAST}"] == s3.objects(bucket)["out/核验汇总.xlsx"] == b"anew"


@pytest.mark.parametrize("breaks_at", ["results/成都市/甲/result.json", LAST])
def test_what_was_put_before_it_broke_off_goes_when_it_is_here_no_longer(
    breaks_at: str, out: Path, tmp_path: Path
) -> None:
    address, store = f"file://{tmp_path / 'share'}", Store(out / ".heyan")
    with pytest.raises(RemoteAway):
        put_back(out, Watched(address, breaks_at), store, LAST)
    (out / "results/成都市/甲/report.html").unlink()
    put_back(out, Watched(address), store, LAST)
    assert [each.path for each in RemotePlace(address).files()] == shown(out)


def test_what_somebody_took_away_is_put_again_where_nothing_tells_versions(out: Path, tmp_path: Path) -> None:
    class Untold(RemotePlace):
        def files(self) -> tuple[RemoteFile, ...]:
            return tuple(replace(each, version="") for each in super().files())

    place, store = Untold(f"file://{tmp_path / 'share'}", waits=()), Store(out / ".heyan")
    put_back(out, place, store, LAST)
    (tmp_path / "share" / "核验汇总.xlsx").unlink()
    put_back(out, place, store, LAST)
    assert [each.path for each in place.files()] == shown(out)


def test_what_did_not_arrive_whole_gets_no_record(out: Path, tmp_path: Path) -> None:
    class Short(RemotePlace):
        def put(self, source: Path, path: str) -> None:
            cut = tmp_path / "cut"
            cut.write_bytes(source.read_bytes()[:3])
            super().put(cut, path)

    place = Short(f"file://{tmp_path / 'share'}", waits=())
    with pytest.raises(RemoteAway, match="不完整"):
        put_back(out, place, Store(out / ".heyan"), LAST)
    assert not (tmp_path / "share" / LAST).exists()


@pytest.mark.parametrize("address", ["memory:out-{name}", "file://{folder}/share/out"])
def test_any_storage_takes_results(address: str, out: Path, tmp_path: Path) -> None:
    place = RemotePlace(address.format(name=tmp_path.name, folder=tmp_path))
    refuse_unwritable(place)
    put_back(out, place, Store(out / ".heyan"), LAST)
    assert [each.path for each in place.files()] == shown(out)


def test_whether_a_place_takes_anything_leaves_nothing_there(s3: Storage, bucket: str) -> None:
    refuse_unwritable(RemotePlace(f"s3://{bucket}/out"))
    assert not any(PROBE in key for key in s3.objects(bucket))
