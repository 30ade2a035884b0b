from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from flows.steps.arrival import (
    Arrival,
    Arrived,
    ShareAway,
    Stand,
    await_inputs,
    moving_faults,
    note_arrived,
    refuse_absent,
    standing,
    wait_until_still,
)
from flows.steps.inputs import Call
from pipeline.store import Store


@pytest.fixture
def call(tmp_path: Path) -> Call:
    package = tmp_path / "inbox" / "成都市" / "甲公司"
    package.mkdir(parents=True)
    (package / "扫描件.pdf").write_bytes(b"%PDF")
    (tmp_path / "online.json").write_text("{}")
    return Call(tmp_path / "inbox", tmp_path / "online.json", tmp_path / "out")


class Clock:
    """Looks that follow one another, and the seconds slept between them."""

    def __init__(self, looks: Iterable[Mapping[str, Stand]]) -> None:
        self._looks: Iterator[Mapping[str, Stand]] = iter(looks)
        self.slept: list[float] = []

    def look(self) -> Mapping[str, Stand]:
        return next(self._looks)


def test_what_stood_like_this_last_time_is_not_waited_for() -> None:
    clock = Clock([{"a": (1, 1)}])
    arrival = wait_until_still(clock.look, {"a": (1, 1), "gone": (2, 2)}, 30, 300, clock.slept.append)
    assert arrival == Arrival({"a": (1, 1)}) and clock.slept == []


def test_a_growing_file_is_waited_for_until_size_and_time_stand() -> None:
    clock = Clock([{"a": (1, 1)}, {"a": (2, 1)}, {"a": (2, 2)}, {"a": (2, 2), "b": (1, 1)}, {"a": (2, 2), "b": (1, 1)}])
    arrival = wait_until_still(clock.look, {}, 30, 300, clock.slept.append)
    assert arrival == Arrival({"a": (2, 2), "b": (1, 1)}) and clock.slept == [30] * 4


def test_after_the_limit_it_is_told_what_still_moves(call: Call) -> None:
    path = str(call.inbox / "成都市" / "甲公司" / "大.pdf")
    clock = Clock({path: (size, size), "b": (1, 1)} for size in range(100))
    arrival = wait_until_still(clock.look, {}, 30, 90, clock.slept.append)
    assert arrival.moving == (path,) and len(clock.slept) == 3
    (fault,) = moving_faults(call, arrival)
    assert fault.subject == "成都市/甲公司/大.pdf" and "仍在写入" in fault.message
    store = Store(call.workspace)
    note_arrived(store, arrival)
    assert store.get("arrived", Arrived) == Arrived(files={"b": (1, 1)})


def test_a_file_still_being_copied_is_taken_whole(call: Call) -> None:
    file = call.inbox / "成都市" / "甲公司" / "大.pdf"

    def copy() -> None:
        with file.open("wb") as stream:
            for _ in range(8):
                stream.write(b"x" * 1000)
                stream.flush()
                sleep(0.05)

    copying = Thread(target=copy)
    copying.start()
    arrival = await_inputs(call, quiet=1.0, limit=10)
    size = file.stat().st_size
    copying.join()
    assert size == 8000 and arrival.files[str(file)][0] == 8000 and not arrival.moving


def test_all_files_and_the_filings_are_watched(call: Call) -> None:
    assert sorted(os.path.relpath(path, call.inbox.parent) for path in standing((call.inbox, call.online))) == [
        "inbox/成都市/甲公司/扫描件.pdf",
        "online.json",
    ]


def test_a_share_that_is_away_is_refused_as_such(call: Call) -> None:
    refuse_absent(call)
    call.online.unlink()
    with pytest.raises(ShareAway, match="无法访问"):
        refuse_absent(call)
    call.online.write_text("{}")
    call.inbox.rename(call.inbox.with_name("elsewhere"))
    with pytest.raises(ShareAway, match="无法访问"):
        refuse_absent(call)
    call.inbox.mkdir()
    with pytest.raises(ShareAway, match="没有连上"):
        refuse_absent(call)
