"""The desk: a file that changed while it was read gives nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from flows.steps.desk import Desk, FileChanged
from flows.steps.pool import WorkerPool
from flows.steps.progress import Silent
from flows.steps.reading import PageReader, count_key
from pipeline.errors import UnreadableInput
from pipeline.model.document import Format, SourceFile
from pipeline.store import Store


def drawn(path: Path, pages: int = 2) -> str:
    """A PDF of white pages; its hash."""
    sheets = [Image.new("RGB", (300, 400), "white") for _ in range(pages)]
    sheets[0].save(path, "PDF", save_all=True, append_images=sheets[1:])
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_stays_open_from_page_to_page(tmp_path: Path) -> None:
    sha256, desk = drawn(tmp_path / "a.pdf"), Desk()
    with desk.media(tmp_path / "a.pdf", sha256) as first:
        assert first.page_count == 2
    with desk.media(tmp_path / "a.pdf", sha256) as second:
        assert second is first


def test_a_file_that_grew_since_it_was_taken_in_is_not_read(tmp_path: Path) -> None:
    sha256 = drawn(tmp_path / "a.pdf")
    with (tmp_path / "a.pdf").open("ab") as stream:
        stream.write(b"more")
    with pytest.raises(FileChanged), Desk().media(tmp_path / "a.pdf", sha256):
        pass


def test_a_file_that_grows_while_it_is_read_voids_what_was_read(tmp_path: Path) -> None:
    sha256, desk = drawn(tmp_path / "a.pdf"), Desk()
    with pytest.raises(FileChanged), desk.media(tmp_path / "a.pdf", sha256), (tmp_path / "a.pdf").open("ab") as stream:
        stream.write(b"more")


def test_another_file_of_the_same_size_in_its_place_is_told(tmp_path: Path) -> None:
    sha256, desk = drawn(tmp_path / "a.pdf"), Desk()
    with desk.media(tmp_path / "a.pdf", sha256):
        pass
    content = (tmp_path / "a.pdf").read_bytes()
    (tmp_path / "a.pdf").unlink()
    (tmp_path / "a.pdf").write_bytes(content[:-1] + b"!")
    with pytest.raises(FileChanged), desk.media(tmp_path / "a.pdf", sha256):
        pass


def test_a_file_that_went_away_is_changed_and_a_damaged_one_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 broken")
    sha256, desk = hashlib.sha256(b"%PDF-1.4 broken").hexdigest(), Desk()
    with pytest.raises(UnreadableInput), desk.media(tmp_path / "a.pdf", sha256):
        pass
    (tmp_path / "a.pdf").unlink()
    with pytest.raises(FileChanged), desk.media(tmp_path / "a.pdf", sha256):
        pass


def test_of_a_changed_file_nothing_is_kept_and_a_fault_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    sha256 = drawn(path)
    size = path.stat().st_size
    with path.open("ab") as stream:
        stream.write(b"more")
    file = SourceFile(path="a.pdf", sha256=sha256, size=size, format=Format.PDF, location=str(path), media=True)
    store = Store(tmp_path / "store")
    with WorkerPool(1, tmp_path / "log") as pool:
        faults = PageReader(pool, store, "jiebang-2021", Silent()).read("包", [file])
    assert [fault.subject for fault in faults] == ["a.pdf"] and "变动" in faults[0].message
    assert not store.has(count_key(sha256)) and not list(store.keys("pages"))
