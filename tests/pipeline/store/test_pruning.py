from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.store import Store
from pipeline.store.pruning import STAMP_EVERY, Family, prune

FAMILIES = (Family(("pages",), 2), Family(("crops",)), Family(("briefs", "assembled")))
OLD, NOW = 1_000_000.0, 2_000_000.0


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Entries of 100 bytes each, one used a second after the other, in this order; and a mark, which is no entry."""
    store = Store(tmp_path)
    for name in (
        "secrecy/a",
        "pages/v1/a/0001",
        "crops/a/1.jpg",
        "crops/b/1.jpg",
        "briefs/x",
        "assembled/x",
        "briefs/y",
    ):
        store.put_bytes(name if name.endswith(".jpg") else f"{name}.json", b"x" * 100)
    for number, name in enumerate(
        ("pages/v1/a", "crops/b", "crops/a", "briefs/x.json", "assembled/x.json", "briefs/y.json")
    ):
        os.utime(tmp_path / name, (OLD + number, OLD + number))
    return store


def left(store: Store) -> set[str]:
    return {key for key in tuple(store.keys()) if not key.startswith("secrecy")}


def test_within_its_limit_nothing_goes(store: Store) -> None:
    pruned = prune(store.root, FAMILIES, 700, (), NOW, lambda: pytest.fail("asked for nothing"))
    assert (pruned.size, pruned.entries, pruned.freed) == (700, 0, 0) and len(left(store)) == 6


def test_what_was_used_longest_ago_goes_first_and_no_more_than_must(store: Store) -> None:
    pruned = prune(store.root, FAMILIES, 500, (), NOW)
    assert left(store) == {"crops/a/1.jpg", "briefs/x", "assembled/x", "briefs/y"}
    assert (pruned.size, pruned.entries, pruned.freed) == (500, 2, 200)


def test_what_is_in_use_never_goes_nor_what_was_used_since_nor_what_is_no_entry(store: Store) -> None:
    os.utime(store.root / "crops" / "a", (NOW, NOW))
    pruned = prune(store.root, FAMILIES, 0, {"pages/v1/a", "briefs/y"}, NOW, lambda: {"briefs/x"})
    assert left(store) == {"pages/v1/a/0001", "crops/a/1.jpg", "briefs/x", "assembled/x", "briefs/y"}
    assert store.has("secrecy/a") and pruned.size == 600 and pruned.entries == 1


def test_files_of_one_entry_go_together_and_that_by_which_it_is_found_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[str] = []
    unlink = Path.unlink
    monkeypatch.setattr(Path, "unlink", lambda path: gone.append(path.parent.name) or unlink(path))
    prune(store.root, FAMILIES, 400, {"pages/v1/a", "crops/a", "crops/b", "briefs/y"}, NOW)
    assert gone == ["briefs", "assembled"]


def test_a_use_is_noted(store: Store) -> None:
    prune(store.root, FAMILIES, 700, {"pages/v1/a"}, NOW)
    assert (store.root / "pages/v1/a").stat().st_mtime > NOW + STAMP_EVERY
    prune(store.root, FAMILIES, 600, (), NOW)
    assert "pages/v1/a/0001" in left(store) and "crops/b/1.jpg" not in left(store)
