from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import UsageProblem
from pipeline.remote import RemoteEmpty, RemoteFile, RemotePlace, mirror, standing_of
from pipeline.remote.mirroring import MOVING, ROUNDS
from tests.s3 import Storage


def content(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "home" / "inbox"


def test_a_bucket_is_mirrored_and_only_what_changed_is_fetched_again(s3: Storage, bucket: str, target: Path) -> None:
    for key, body in (("甲/a.pdf", b"a"), ("甲/b.pdf", b"b"), ("乙/c d%.pdf", b"c"), ("../e.pdf", b"e")):
        s3.put(bucket, f"收件夹/成都市/{key}", body)
    s3.put(bucket, "收件夹/空/", b"")
    place = RemotePlace(f"s3://{bucket}/收件夹")
    first = mirror(place, target)
    assert content(target) == {"成都市/甲/a.pdf": b"a", "成都市/甲/b.pdf": b"b", "成都市/乙/c d%.pdf": b"c"}
    assert first.fetched == 3 and [subject for subject, _ in first.problems] == ["成都市/../e.pdf"]
    times = {path: (target / path).stat().st_mtime_ns for path in content(target)}
    s3.put(bucket, "收件夹/成都市/甲/b.pdf", b"B")  # of the same size
    s3.put(bucket, "收件夹/成都市/丙/f.pdf", b"f")
    s3.remove(bucket, "收件夹/成都市/乙/c d%.pdf")
    assert mirror(place, target).fetched == 2
    assert content(target) == {"成都市/甲/a.pdf": b"a", "成都市/甲/b.pdf": b"B", "成都市/丙/f.pdf": b"f"}
    assert (target / "成都市/甲/a.pdf").stat().st_mtime_ns == times["成都市/甲/a.pdf"]
    assert not (target / "成都市" / "乙").exists()
    assert mirror(place, target).fetched == 0


def test_one_file_is_mirrored_under_its_name(s3: Storage, bucket: str, tmp_path: Path) -> None:
    s3.put(bucket, "网上申报.xlsx", b"x")
    assert mirror(RemotePlace(f"s3://{bucket}/网上申报.xlsx"), tmp_path / "home" / "网上申报.xlsx").fetched == 1
    assert (tmp_path / "home" / "网上申报.xlsx").read_bytes() == b"x"


@pytest.mark.parametrize("address", ["memory:inbox-{name}", "file://{folder}", "file:{folder}"])
def test_any_storage_is_mirrored(address: str, tmp_path: Path, target: Path) -> None:
    place = RemotePlace(address.format(name=tmp_path.name, folder=tmp_path / "share"))
    source = tmp_path / "a.pdf"
    for body in (b"one", b"two!"):
        source.write_bytes(body)
        place.put(source, "成都市/甲/a.pdf")
        assert mirror(place, target).fetched == 1
        assert content(target) == {"成都市/甲/a.pdf": body}
        assert mirror(place, target).fetched == 0


def test_a_file_spoilt_here_is_fetched_again(s3: Storage, bucket: str, target: Path) -> None:
    s3.put(bucket, "甲/a.pdf", b"whole")
    place = RemotePlace(f"s3://{bucket}")
    mirror(place, target)
    (target / "甲" / "a.pdf").write_bytes(b"wh")
    assert mirror(place, target).fetched == 1 and content(target) == {"甲/a.pdf": b"whole"}


def test_an_empty_place_takes_nothing_away(s3: Storage, bucket: str, target: Path) -> None:
    s3.put(bucket, "in/甲/a.pdf", b"a")
    mirror(RemotePlace(f"s3://{bucket}/in"), target)
    s3.remove(bucket, "in/甲/a.pdf")
    with pytest.raises(RemoteEmpty, match="是空的"):
        mirror(RemotePlace(f"s3://{bucket}/in"), target)
    assert content(target) == {"甲/a.pdf": b"a"}


class Growing(RemotePlace):
    """A place whose file grows whenever it was listed, so many times."""

    def __init__(self, address: str, grow: Callable[[int], None], times: int) -> None:
        super().__init__(address)
        self._grow, self._left = grow, times

    def files(self) -> tuple[RemoteFile, ...]:
        found = super().files()
        if self._left:
            self._left -= 1
            self._grow(self._left)
        return found


@pytest.mark.parametrize(("times", "fetched", "moving"), [(1, 1, False), (ROUNDS + 1, 0, True)])
def test_a_file_that_grows_under_the_look_is_looked_at_again_and_never_half_taken(
    s3: Storage, bucket: str, target: Path, times: int, fetched: int, moving: bool
) -> None:
    s3.put(bucket, "甲/a.pdf", b"")

    def grow(left: int) -> None:
        s3.put(bucket, "甲/a.pdf", b"x" * (100 - left))

    found = mirror(Growing(f"s3://{bucket}", grow, times), target)
    assert [path for path, message in found.problems if message == MOVING] == (["甲/a.pdf"] if moving else [])
    assert content(target) == ({} if moving else {"甲/a.pdf": b"x" * 100})


def test_a_full_disk_is_told_before_anything_is_fetched(
    s3: Storage, bucket: str, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3.put(bucket, "甲/a.pdf", b"a")
    monkeypatch.setattr("pipeline.remote.mirroring.LEAST_FREE", 1 << 60)
    with pytest.raises(UsageProblem, match="磁盘空间不足"):
        mirror(RemotePlace(f"s3://{bucket}"), target)
    assert not target.exists()


def test_how_a_place_stands_changes_with_a_file_of_the_same_size(s3: Storage, bucket: str, target: Path) -> None:
    s3.put(bucket, "甲/a.pdf", b"a")
    before = standing_of(RemotePlace(f"s3://{bucket}"), target)
    assert list(before) == [str(target / "甲" / "a.pdf")]
    assert standing_of(RemotePlace(f"s3://{bucket}"), target) == before
    s3.put(bucket, "甲/a.pdf", b"b")
    assert standing_of(RemotePlace(f"s3://{bucket}"), target) != before
