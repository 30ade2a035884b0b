"""A release from a secrecy mark holds for one page of one file's bytes, and only while the list says so."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from flows.steps.inputs import Call, Material
from flows.steps.releasing import is_released, release_key, released_marks, with_releases
from flows.steps.withholding import is_withheld, mark_key
from pipeline.intake import Release
from pipeline.model.care import ReleasedMark, SecrecyMark
from pipeline.model.document import Format, SourceFile
from pipeline.model.package import DeliveryFiles, Inbox, PackageFiles
from pipeline.notices.profile import load_profile
from pipeline.store import Store

SHA256 = "ab" * 32
FILE = SourceFile(path="附件/制度.pdf", sha256=SHA256, size=1, format=Format.PDF, location="")
PACKAGE = "成都市/甲公司"


def release(page: int | None = 2, file: str = FILE.path, who: str = "王五") -> Release:
    return Release(package=PACKAGE, mark=ReleasedMark(file=file, page=page, who=who, why="是制度名称"))


def material(*releases: Release) -> Material:
    package = PackageFiles(identity=PACKAGE, delivery="成都市", files=(FILE,))
    inbox = Inbox(root="in", deliveries=(DeliveryFiles(name="成都市", packages=(package,)),))
    call = Call(Path("in"), Path("online"), Path("out"))
    return Material(call=call, profile=load_profile(), inbox=inbox, filings=(), releases=releases)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.put(mark_key(SHA256), SecrecyMark(sha256=SHA256, page=2, word="机密"))
    store.put_bytes("assembled/1.json", f'{{"sha256":"{SHA256}"}}'.encode())
    return store


def test_a_released_page_stops_nothing_and_its_package_is_put_together_anew(store: Store) -> None:
    assert with_releases(material(release()), store).problems == ()
    assert not is_withheld((FILE,), store) and not store.has("assembled/1")
    assert released_marks((FILE,), store) == ()
    assert is_released(SHA256, 2, "机密", store)
    assert [mark.who for mark in released_marks((FILE,), store)] == ["王五"]


@pytest.mark.parametrize("page", [1, None])
def test_a_mark_on_another_page_stops_as_before(store: Store, page: int | None) -> None:
    (problem,) = with_releases(material(release(page)), store).problems
    assert "第2页" in problem.message and problem.subject == PACKAGE
    assert is_withheld((FILE,), store)
    assert not is_released(SHA256, 2, "机密", store)


def test_releases_of_several_pages_are_all_of_use(store: Store) -> None:
    both = material(release(2), release(5))
    assert with_releases(both, store).problems == ()
    is_released(SHA256, 2, "机密", store)
    store.put(mark_key(SHA256), SecrecyMark(sha256=SHA256, page=7, word="秘密"))
    (problem,) = with_releases(both, store).problems
    assert "第7页" in problem.message


def test_a_release_of_a_file_that_is_not_there_is_told_and_releases_nothing(store: Store) -> None:
    (problem,) = with_releases(material(release(file="别的.pdf")), store).problems
    assert "别的.pdf" in problem.message and problem.subject == PACKAGE
    assert is_withheld((FILE,), store)


def test_what_the_list_no_longer_says_is_taken_back(store: Store) -> None:
    with_releases(material(release()), store)
    is_released(SHA256, 2, "机密", store)
    store.put_bytes(f"crops/{SHA256}/1.jpg", b"")
    with_releases(material(), store)
    assert is_withheld((FILE,), store) and not store.has(release_key(SHA256, 2))
    assert list(store.keys("crops")) == []


def test_a_run_killed_while_it_released_goes_on_with_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        killed = Mock(side_effect=KeyboardInterrupt)
        patched.setattr("flows.steps.releasing.forget_readings", killed)
        with_releases(material(release()), store)
    assert is_withheld((FILE,), store)
    with_releases(material(release()), store)
    assert not is_withheld((FILE,), store)
