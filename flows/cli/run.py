"""`heyan run`: take the inputs in, do what is left to do, say in Chinese what came out."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from rich.console import Console

from flows.cli.exits import BROKEN, DONE, INTERRUPTED
from flows.cli.fetching import fetched
from flows.cli.progress import Bar
from flows.steps.aftermath import conclude, watched
from flows.steps.announcement import duration
from flows.steps.batch import Batch, Finished, is_settled, run_batch
from flows.steps.inputs import Call, Material, read_filed, take_in
from flows.steps.occupancy import alone
from flows.steps.pool import WorkerPool
from flows.steps.releasing import with_releases
from flows.steps.threads import ThreadsThrough
from pipeline.reports.products import WORKBOOK
from pipeline.reports.wording import CONCLUSIONS, SEVERITIES
from pipeline.settings import settings
from pipeline.store import Store


def run_inbox(call: Call) -> int:
    """Run a call; the exit status is 0, or 1 when the program broke on a package.

    Raises:
        UsageProblem: The call or its inputs are unusable.
    """
    console = Console(highlight=False, soft_wrap=True)
    left_out = fetched(console, call)
    filed = read_filed(call)
    with alone(call.out), watched(call):
        store = Store(call.workspace)
        material = with_releases(take_in(call, filed), store)
        material = replace(material, problems=(*material.problems, *left_out))
        try:
            with Bar(console) as bar:
                finished = conclude(call, _work(material, store, call.workers, bar), bar)
        except KeyboardInterrupt:
            console.print("已中断；再次运行同样的命令会接着做。")
            return INTERRUPTED
        _tell(console, call, finished)
    return BROKEN if finished.record.failed else DONE


def _work(material: Material, store: Store, workers: int, bar: Bar) -> Finished:
    """Do what is left to do; Prefect is not even imported when nothing is."""
    log = store.root / "log" / "workers.log"
    with WorkerPool(workers, log, settings().worker_bytes) as local:
        batch = Batch(material, store, local, bar)
        with _interruptible(batch):
            if is_settled(batch):
                return run_batch(batch, ThreadsThrough(workers))
            from flows.orchestration.batch import run_flow
            from flows.orchestration.cluster import pool_of

            with pool_of(material.call, local) as batch.pool:
                return run_flow(batch)


@contextmanager
def _interruptible(batch: Batch) -> Iterator[None]:
    """Ctrl-C ends the workers first: threads that wait for them then end at once."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        del number, frame
        batch.pool.stop()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _tell(console: Console, call: Call, finished: Finished) -> None:
    """The closing summary."""
    record, counted = finished.record, Counter(finished.last.conclusions)
    parts = "，".join(f"{word} {counted[name]}" for name, word in CONCLUSIONS.items() if counted[name])
    severities = Counter(finding.severity for finding in finished.last.findings)
    console.print(f"核验完成：{record.packages} 个申报包，{record.pages} 页，用时 {duration(record.seconds)}。")
    if parts:
        console.print(f"结论：{parts}。")
    console.print("问题：" + "，".join(f"{word} {severities[name]}" for name, word in SEVERITIES.items()) + "。")
    for name, conclusion in zip(finished.last.packages, finished.last.conclusions, strict=True):
        if conclusion == "failed":
            console.print(f"[red]未能处理：{name}[/red]（详见该包的 result.json）")
    if record.faults:
        console.print(f"程序未能完成的事项 {len(record.faults)} 条，见汇总表“运行记录”。")
    console.print(f"汇总表：{call.shown('out')}/{WORKBOOK}")
    console.print(f"各包页面：{call.shown('out')}/results/…/report.html（同一文件夹内有可打印的核验单.docx）")
