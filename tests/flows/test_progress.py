"""What moves on the screen while a long step is under way: second looks, a report's pictures, the workbook."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from checks.disputes import Dispute
from flows.cli.progress import Bar
from flows.orchestration.showing import ShownProgress
from flows.steps import second_look, telling
from flows.steps.batch import Batch, _attempt_in_pool
from flows.steps.pictures import PackagePictures
from flows.steps.progress import Silent
from flows.steps.second_look import looker
from flows.steps.telling import heard_by
from pipeline.model.document import Format, SourceFile
from pipeline.model.evidence import Place, Reading, Source
from pipeline.model.geometry import BBox
from pipeline.notices.profile import load_profile
from pipeline.store import Store
from tests.flows import jobs


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(telling, "SECONDS_BETWEEN", 0.0)
    heard: list[str] = []
    with heard_by(heard.append):
        yield heard


def test_each_second_look_is_told(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading(value="甲", raw="甲", source=Source.PAPER)
    monkeypatch.setattr(second_look, "_look_at", lambda *_: reading)
    disputes = [Dispute(path=f"fields/{key}", reading=reading) for key in ("applicant", "product", "address")]
    assert len(looker((), (), None, load_profile())(disputes)) == 3
    assert words == ["复看 1/3 处", "复看 2/3 处", "复看 3/3 处"]


def test_each_picture_made_for_a_report_is_told_and_none_that_is_kept(words: list[str], tmp_path: Path) -> None:
    from PIL import Image

    scan = tmp_path / "a.png"
    Image.new("RGB", (100, 140), "white").save(scan)
    from pipeline.intake.listing import file_hash

    file = SourceFile(path="a.png", sha256=file_hash(scan), size=1, format=Format.IMAGE, location=str(scan))
    place = Place(file="a.png", page=1, bbox=BBox(0.2, 0.2, 0.8, 0.8))
    for _ in range(2):
        pictures = PackagePictures((file,), (), Store(tmp_path / "store"))
        assert pictures.page("a.png", 1, 50) and pictures.crop(place, 50)
    assert words == ["截图 第 1 幅", "截图 第 2 幅"]


class Heard(Silent):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str, str]] = []

    def note(self, stage: str, subject: str, words: str) -> None:
        self.notes.append((stage, subject, words))


class HerePool:
    """Does all work here."""

    def call(self, work: Any, *arguments: Any, seconds: float, told: Any = None) -> Any:
        with heard_by(told):
            return work(*arguments)


def test_what_a_worker_tells_is_told_with_its_stage_and_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(telling, "SECONDS_BETWEEN", 0.0)
    progress = Heard()
    batch = Batch(None, Store(tmp_path), HerePool(), ShownProgress(progress))  # type: ignore[arg-type]
    _attempt_in_pool(batch, "核验", "成都市/甲", jobs.count_up, 2)
    assert progress.notes == [("核验", "成都市/甲", "1/2"), ("核验", "成都市/甲", "2/2")] and not batch.errors


def test_the_bar_shows_it_with_the_package() -> None:
    screen = StringIO()
    with Bar(Console(file=screen, force_terminal=True, width=140)) as bar:
        bar.begin("核验", 2)
        bar.note("核验", "成都市/甲", "复看 12/175 处")
        bar.note("没有这一步", "成都市/甲", "复看 1/2 处")
    assert "复看 12/175 处　成都市/甲" in screen.getvalue() and "1/2" not in screen.getvalue()
