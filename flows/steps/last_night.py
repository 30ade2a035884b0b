"""When runs began and ended in an output folder, and whether last night's did: the dead man's check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flows.steps.inputs import WORKSPACE
from flows.steps.occupancy import is_occupied
from pipeline.model.record import Record
from pipeline.store import Store

RUN_TIMES = "run-times"
CLOCK_SLACK = timedelta(minutes=5)
"""How far clocks of two machines on one share may be apart."""


class RunTimes(Record):
    """The last run's beginning, the last end of a whole run, how many packages the program broke on in it."""

    began: datetime
    ended: datetime | None = None
    failed: int = 0


@dataclass(frozen=True, slots=True)
class LastNight:
    """Whether a run ended in time, and a sentence that says so."""

    ended: bool
    sentence: str


def note_beginning(store: Store, now: datetime) -> None:
    """Keep when a run begins; the end of the last whole one stays known."""
    before = store.get(RUN_TIMES, RunTimes)
    store.put(RUN_TIMES, before.model_copy(update={"began": now}) if before else RunTimes(began=now))


def note_end(store: Store, now: datetime, failed: int) -> None:
    """Keep when a run ended whole."""
    before = store.get(RUN_TIMES, RunTimes)
    store.put(RUN_TIMES, RunTimes(began=before.began if before else now, ended=now, failed=failed))


def last_night(out: Path, now: datetime, within: timedelta) -> LastNight:
    """Whether a run in an output folder ended whole within the time before now, and none broke off since."""
    times = Store(out / WORKSPACE).get(RUN_TIMES, RunTimes)
    if times is None:
        return LastNight(False, f"这个输出文件夹里没有核验记录：{out}")
    if max(times.began, times.ended or times.began) > now + CLOCK_SLACK:
        return LastNight(False, "上次核验的时间晚于本机当前时间，无法判断昨夜是否完成，请先校准本机时钟。")
    if times.ended is None or times.began > times.ended:
        began = f"{_told(times.began)} 开始的核验"
        state = "仍在进行，尚未完成" if is_occupied(out) else "中途停止，没有完成"
        return LastNight(False, f"{began}{state}。")
    ended = f"最近一次核验于 {_told(times.ended)} 完成"
    if now - times.ended > within:
        hours = within.total_seconds() / 3600
        return LastNight(False, f"{ended}，此后 {hours:g} 小时内没有新的核验完成，昨夜的核验可能没有运行。")
    broken = f"，其中 {times.failed} 个包程序未能处理" if times.failed else ""
    return LastNight(True, f"{ended}{broken}。")


def _told(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
