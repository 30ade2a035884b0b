"""A run's store within its bounds: nothing of the present inbox goes, and what went is told."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from flows.cli.doctor import examine
from flows.steps.homes import LOCK, forget_homes, home_of, homes, in_use, note_home
from flows.steps.inputs import WORKSPACE
from flows.steps.last_night import RUN_TIMES, RunTimes
from flows.steps.reading import count_key, page_key
from flows.steps.upkeep import keep_up
from flows.steps.withholding import mark_key
from pipeline.intake.archives import unpack
from pipeline.model.care import SecrecyMark
from pipeline.model.document import Format, SourceFile
from pipeline.model.run import RunRecord, Upkeep
from pipeline.notices.profile import load_profile
from pipeline.reports.run_rows import run_rows
from pipeline.settings import settings
from pipeline.store import Store
from tests.flows.commands import run
from tests.flows.tiny import make_more, make_tiny

HERE, GONE = "aa" * 32, "bb" * 32


@pytest.fixture(autouse=True)
def limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("HEYAN_STORE_BYTES", "1")
    monkeypatch.setenv("HEYAN_DATA", str(tmp_path / "data"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_nothing_of_the_present_inbox_goes_and_all_else_does(tmp_path: Path) -> None:
    store, profile = Store(tmp_path / WORKSPACE), load_profile()
    for sha256 in (HERE, GONE):
        for key in (page_key(sha256, 1, profile), count_key(sha256), f"looks/{sha256}/1"):
            store.put_bytes(f"{key}.json", b"{}")
        store.put_bytes(f"crops/{sha256}/1.jpg", b"x")
        store.put_bytes(f"unpacked/{sha256}/00001.pdf", b"x")
        store.put_bytes(f"unpacked/docx/{sha256}.docx", b"x")
        store.put(mark_key(sha256), SecrecyMark(sha256=sha256, page=1, word="机密"))
    for name in ("here", "gone"):
        for kind in ("briefs", "assembled", "judged", "looked", "summaries", "judged-deliveries"):
            told = b"%b joined/%b.png" % (b"{}", (b"a" if name == "here" else b"b") * 32)
            store.put_bytes(f"{kind}/{name}.json", told)
        store.put_bytes(f"joined/{('a' if name == 'here' else 'b') * 32}.png", b"x")
    for path in sorted(store.root.rglob("*"), reverse=True):
        os.utime(path, (1.0, 1.0))
    located = [f"unpacked/{HERE}/00001.pdf", f"unpacked/docx/{HERE}.docx"]
    files = [SourceFile(path=f"{n}.pdf", sha256=HERE, size=1, format=Format.PDF, location=str(store.root / each))
             for n, each in enumerate(located)]  # fmt: skip
    store.put(RUN_TIMES, RunTimes(began=datetime.now().astimezone() - timedelta(minutes=1)))
    before = set(store.keys())
    upkeep = keep_up(store, files, ["briefs/here", "judged/here", "judged-deliveries/here"], profile)
    gone = before - set(store.keys())
    assert gone == {key for key in before if GONE in key or "gone" in key or "b" * 32 in key} - {mark_key(GONE)}
    assert upkeep.entries == 10 and upkeep.freed > 0 and upkeep.size > upkeep.limit == 1


def test_an_archive_in_an_archive_is_used_as_long_as_it_is_unpacked(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("b.txt", "b")
    unpack(archive, HERE, tmp_path / "unpacked")
    os.utime(tmp_path / "unpacked" / HERE, (1.0, 1.0))
    unpack(archive, HERE, tmp_path / "unpacked")
    assert (tmp_path / "unpacked" / HERE).stat().st_mtime > 1.0


def test_homes_of_output_folders_that_are_gone_go_and_no_others(tmp_path: Path) -> None:
    places = {name: tmp_path / name / "out" for name in ("there", "gone", "served", "share", "unnoted")}
    for name, out in places.items():
        out.mkdir(parents=True)
        home = home_of("runs", out)
        if name == "unnoted":
            home.mkdir(parents=True)
        else:
            note_home(home, out)
    for name in ("gone", "served", "share", "unnoted"):
        shutil.rmtree(places[name] if name == "share" else tmp_path / name)  # share: its mount point is there, empty
    with in_use(home_of("runs", places["served"])):
        assert [home.folder for home in forget_homes()] == [home_of("runs", places["gone"])]
    left = {home.folder for home in homes()}
    assert left == {home_of("runs", places[name]) for name in ("there", "served", "share", "unnoted")}
    assert [home.folder for home in forget_homes()] == [home_of("runs", places["served"])]
    assert not (home_of("runs", places["served"]) / LOCK).exists()


@pytest.mark.parametrize("problem", [PermissionError, FileNotFoundError, RuntimeError])
def test_a_data_folder_out_of_reach_stops_no_run(problem: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Path:
        raise problem

    monkeypatch.setattr("flows.steps.homes._data", away)
    assert forget_homes() == () and list(homes()) == []


def test_the_doctor_tells_what_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("there", "gone"):
        (tmp_path / name / "out" / WORKSPACE).mkdir(parents=True)
        note_home(home_of("runs", tmp_path / name / "out"), tmp_path / name / "out")
    (tmp_path / "there" / "out" / WORKSPACE / "pages").write_bytes(b"x" * 50_000_000)
    shutil.rmtree(tmp_path / "gone")
    examine(str(tmp_path / "there" / "out"))
    told = capsys.readouterr().out
    assert "运行情况记录：2 处，0.00 GB，其中 1 处的输出文件夹已不在" in told
    assert "识别结果占用：0.05 GB，上限 0.00 GB" in told


def test_what_went_is_told_in_the_workbook() -> None:
    record = RunRecord(upkeep=Upkeep(size=3 * 1024**3, limit=2 * 1024**3, entries=5, freed=1024**3, homes=2))
    told = {row[1].content: row[2].content for row in run_rows(record, (), ()) if row[0].content == "留存"}
    assert told == {
        "识别结果占用": "3.00 GB，上限 2.00 GB（HEYAN_STORE_BYTES）；本次收件夹所需的不清理",
        "清理最久未用的识别结果": "5 项，1.00 GB",
        "清理输出文件夹已不在的运行情况记录": "2 处",
    }


@pytest.mark.reader
def test_a_run_over_its_limit_forgets_a_package_that_left_and_reads_nothing_again(tmp_path: Path) -> None:
    make_tiny(tmp_path)
    make_more(tmp_path, 1)
    out = tmp_path / "out"
    assert run(tmp_path, out).returncode == 0
    pages = {path.parent.name for path in (out / WORKSPACE / "pages").rglob("0001.json")}
    left = next(path for path in sorted((tmp_path / "inbox" / "成都市").iterdir()) if any(path.glob("*.pdf")))
    shutil.rmtree(left)
    assert run(tmp_path, out).returncode == 0
    kept = {path.parent.name for path in (out / WORKSPACE / "pages").rglob("0001.json")}
    assert kept < pages
    sheet = load_workbook(out / "核验汇总.xlsx")["运行记录"]
    told = {row[1]: row[2] for row in sheet.iter_rows(values_only=True) if row[0] == "留存"}
    assert "清理最久未用的识别结果" in told
    assert run(tmp_path, out).returncode == 0
    told = {row[1]: row[2] for row in load_workbook(out / "核验汇总.xlsx")["运行记录"].iter_rows(values_only=True)}
    assert told["页数"] == told["此前已识别、未重读的页"]
