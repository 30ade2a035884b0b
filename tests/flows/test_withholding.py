"""What is kept of marked files goes, also where a run was killed in the middle of taking it away."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.steps.batch import Batch, assemble_all
from flows.steps.inputs import Call, Material
from flows.steps.progress import Silent
from flows.steps.withholding import DELIVERIES, forget_readings, mark_key
from pipeline.model.care import SecrecyMark
from pipeline.model.document import Format, SourceFile
from pipeline.model.package import DeliveryFiles, Inbox, Package, PackageFiles
from pipeline.store import Store
from tests.flows.test_parting import PROFILE, HerePool, through

SHA256 = "ab" * 32
FILE = SourceFile(path="a.pdf", sha256=SHA256, size=1, format=Format.PDF, location="")


def filled(root: Path) -> Store:
    store = Store(root)
    for kind in ("assembled", "looked"):
        store.put_bytes(f"{kind}/1.json", f'{{"sha256":"{SHA256}"}}'.encode())
    for kind in ("briefs", "judged", "summaries", DELIVERIES):
        store.put_bytes(f"{kind}/1.json", b"{}")
    store.put_bytes(f"looks/{SHA256}/1.json", b"{}")
    store.put_bytes(f"crops/{SHA256}/1.jpg", b"")
    store.put_bytes("judged/2.json", b"{}")
    store.put(mark_key(SHA256), SecrecyMark(sha256=SHA256, page=1, word="机密"))
    return store


def test_everything_made_of_a_marked_file_goes(tmp_path: Path) -> None:
    store = filled(tmp_path)
    forget_readings((FILE,), store)
    assert set(store.keys()) == {"judged/2", mark_key(SHA256)}


@pytest.mark.parametrize("drops", range(1, 8))
def test_a_run_killed_in_between_leaves_nothing_that_the_next_does_not_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drops: int
) -> None:
    store, left = filled(tmp_path), [drops]
    drop = Store.drop

    def mortal(self: Store, key: str) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        drop(self, key)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Store, "drop", mortal)
        forget_readings((FILE,), store)
    forget_readings((FILE,), store)
    assert set(store.keys()) == {"judged/2", mark_key(SHA256)}


def handed_in(root: Path, *names: str) -> Batch:
    """Packages that hold one and the same marked file."""
    store = filled(root)
    packages = tuple(PackageFiles(identity=f"成都市/{name}", delivery="成都市", files=(FILE,)) for name in names)
    inbox = Inbox(root="收件", deliveries=(DeliveryFiles(name="成都市", packages=packages),))
    material = Material(Call(inbox=root, online=root, out=root), PROFILE, inbox, ())  # type: ignore[arg-type]
    return Batch(material, store, HerePool(), Silent())


def test_a_marked_file_handed_in_twice_stops_both_packages_and_breaks_neither(tmp_path: Path) -> None:
    assemble_all(handed_in(tmp_path, "乙"), through)
    for names in (("乙", "甲"), ("甲", "乙", "丙", "丁")):  # the others come later, two of them at once
        batch = handed_in(tmp_path, *names)
        assemble_all(batch, through)
        kept = [batch.store.get(batch.assembly(name), Package) for name in batch.packages]
        assert not batch.errors and all(each is not None and each.withheld for each in kept)
        assert set(batch.jobs()) == set(batch.packages)
    forget_readings((FILE,), batch.store, stopped=True)
    assert not any(batch.store.has(batch.assembly(name)) for name in batch.packages)
