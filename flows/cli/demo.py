"""`heyan demo`: a small inbox made and checked, to see what comes out."""

from __future__ import annotations

from pathlib import Path

from flows.cli.run import run_inbox
from flows.steps.inputs import Call
from pipeline.settings import default_workers


def run_demo(out: Path) -> int:
    """Make the demo's inbox below `out`, unless it stands there, and run it."""
    from samples.demo import make_demo

    workers = default_workers()
    if not (out / "truth.json").is_file():
        print("正在造小样收件夹（3 个虚构申报包，其中 2 个埋了问题）……", flush=True)
        make_demo(out, workers=workers)
    print(f"收件夹：{out / 'inbox'}　网上申报：{out / 'online.xlsx'}", flush=True)
    return run_inbox(Call(out / "inbox", out / "online.xlsx", out / "out", workers=workers))
