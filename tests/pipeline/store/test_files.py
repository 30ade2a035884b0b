from __future__ import annotations

import gc
from pathlib import Path

import pytest

from pipeline.model.evidence import Char, Place, Reading, Source
from pipeline.model.geometry import BBox
from pipeline.model.seal import PageRef
from pipeline.store import Store

PLACE = Place(file="成都市/a.pdf", page=2, bbox=BBox(0.1, 0.2, 1 / 3, 0.7))


def test_a_record_comes_back_equal(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("成都市/甲公司/place", PLACE)
    assert store.get("成都市/甲公司/place", Place) == PLACE
    assert store.has("成都市/甲公司/place") and not store.has("成都市/甲公司")


def test_equal_records_make_equal_files(tmp_path: Path) -> None:
    for root in ("a", "b"):
        Store(tmp_path / root).put("k", PLACE)
    assert (tmp_path / "a/k.json").read_bytes() == (tmp_path / "b/k.json").read_bytes()


@pytest.mark.parametrize("content", [b"", b"{", b'{"file": "a"}', b"\xff\xfe", b'{"file":"a","page":1,"odd":2}'])
def test_damaged_or_foreign_records_are_as_absent(tmp_path: Path, content: bytes) -> None:
    store = Store(tmp_path)
    store.put("k", PLACE)
    (tmp_path / "k.json").write_bytes(content)
    assert store.get("k", Place) is None


def test_another_type_is_absent(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("k", PLACE)
    assert store.get("k", PageRef) is None
    assert store.get("nothing", Place) is None


def test_bytes_and_dropping(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put_bytes("seams/1.png", b"png")
    store.put("seams/1", PLACE)
    assert store.get_bytes("seams/1.png") == b"png" and list(store.keys()) == ["seams/1", "seams/1.png"]
    store.drop("seams")
    assert list(store.keys()) == [] and store.get_bytes("seams/1.png") is None


@pytest.mark.parametrize("key", ["../x", "a/../../x", "/etc/x", "a//b", "", "a/\0"])
def test_no_key_leads_out(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a step"):
        Store(tmp_path / "in").put(key, PLACE)
    assert not (tmp_path / "x.json").exists()


def test_long_names_fit_and_stay_apart(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("长" * 300 + "甲", PLACE)
    store.put("长" * 300 + "乙", PLACE.model_copy(update={"page": 9}))
    kept = store.get("长" * 300 + "甲", Place), store.get("长" * 300 + "乙", Place)
    assert [place.page for place in kept if place] == [2, 9]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.put("k", PLACE)

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        store.put("k", PLACE.model_copy(update={"page": 3}))
    assert store.get("k", Place) == PLACE and [path.name for path in tmp_path.iterdir()] == ["k.json"]


def test_sweeping_takes_the_parts_of_killed_writers_and_nothing_that_is_called_alike(tmp_path: Path) -> None:
    (tmp_path / "材料.part-1").mkdir()
    (tmp_path / "材料.part-1" / "扫描件.part-2.pdf").write_bytes(b"scan")
    (tmp_path / f"run.json.part-{'0a' * 6}").write_bytes(b"{")
    store = Store(tmp_path)
    store.sweep()
    assert list(store.keys()) == ["材料.part-1/扫描件.part-2.pdf"]


def test_fields_left_out_come_back_with_their_defaults(tmp_path: Path) -> None:
    store = Store(tmp_path)
    reading = Reading(value="甲", raw="甲", source=Source.PAPER, chars=(Char(text="甲", confidence=0.9),))
    store.put("k", reading, without={"chars": True})
    assert store.get("k", Reading) == reading.model_copy(update={"chars": ()})


def test_a_digest_tells_records_apart_without_reading_them(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for key, page in (("a", 2), ("b", 2), ("c", 3)):
        store.put(key, PLACE.model_copy(update={"page": page}))
    assert store.digest("a") == store.digest("b") != store.digest("c") != "" == store.digest("nothing")


def test_reading_a_record_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("k", PLACE)
    for enabled in (True, False):
        (gc.enable if enabled else gc.disable)()
        try:
            store.get("k", Place)
            store.get("k", PageRef)
            assert gc.isenabled() is enabled
        finally:
            gc.enable()
