"""A second look is taken once: filings, rules and notices may change, the pixels do not."""

from __future__ import annotations

from pathlib import Path

from checks.disputes import Dispute
from flows.steps.kept_looks import KeptLooks
from flows.steps.withholding import forget_readings, mark_key
from pipeline.model.care import SecrecyMark
from pipeline.model.document import Format, SourceFile
from pipeline.model.evidence import Place, Reading, Source
from pipeline.model.geometry import BBox
from pipeline.store import Store

FILE = SourceFile(path="扫描件.pdf", sha256="a" * 64, size=1, format=Format.PDF, media=True)
PLACE = Place(file=FILE.path, page=1, bbox=BBox(0.1, 0.2, 0.3, 0.25))


def dispute(raw: str, value: str = "120", spans: tuple[tuple[int, int], ...] = ((0, 1),)) -> Dispute:
    reading = Reading(value=value, raw=raw, source=Source.PAPER, places=(PLACE,))
    return Dispute(path="fields/staff", reading=reading, spans=spans)


class Counted:
    """A look that reads `raw`, and how often it was taken."""

    def __init__(self, raw: str) -> None:
        self.taken = 0
        self._raw = raw

    def at(self, each: Dispute) -> Reading:
        self.taken += 1
        return each.reading.model_copy(update={"raw": self._raw, "value": self._raw, "looks": 2})


def looked(store: Store, each: Dispute, counted: Counted, normal: str = "normal") -> Reading:
    return KeptLooks((FILE,), store, ("身份证",)).look(each, lambda raw: f"{normal} {raw}", lambda: counted.at(each))


def test_a_look_is_taken_once_for_the_same_reading_and_question(tmp_path: Path) -> None:
    store, counted = Store(tmp_path), Counted("126")
    for _ in range(2):
        assert looked(store, dispute("120"), counted).raw == "126"
    assert counted.taken == 1
    looked(store, dispute("120", spans=((2, 3),)), counted)
    looked(store, dispute("121"), counted)
    assert counted.taken == 3


def test_the_value_is_made_anew_of_what_was_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    looked(store, dispute("120"), Counted("126"))
    assert looked(store, dispute("120"), Counted("-"), "another notice's").value == "another notice's 126"
    looked(store, dispute("130"), Counted("130"))
    assert looked(store, dispute("130", value="an older value"), Counted("-")).value == "an older value"


def test_looks_at_a_marked_file_are_forgotten(tmp_path: Path) -> None:
    store, counted = Store(tmp_path), Counted("126")
    looked(store, dispute("120"), counted)
    store.put(mark_key(FILE.sha256), SecrecyMark(sha256=FILE.sha256, page=1, word="机密"))
    forget_readings((FILE,), store)
    assert not list(store.keys("looks"))
    looked(store, dispute("120"), counted)
    assert counted.taken == 2
