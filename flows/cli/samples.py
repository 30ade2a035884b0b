"""`heyan samples`: a sample inbox with its truth."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import UsageProblem
from pipeline.settings import default_workers


def make_samples(out: Path, packages: int, level: str, family: str, seed: int, profile: str) -> int:
    """Make samples below `out`.

    Raises:
        UsageProblem: There is no such level or family, or what draws the pages is not installed.
    """
    from samples.inbox import make_inbox

    try:
        inbox = make_inbox(out, packages, level, family, seed, workers=default_workers(), notice=profile)
    except ValueError as problem:
        raise UsageProblem(f"没有这种样本（{level}、{family}）：{problem}") from problem
    except FileNotFoundError as problem:
        raise UsageProblem(f"造样本要用的程序没有装好：{problem}；请运行 heyan doctor") from problem
    print(f"收件夹：{inbox}\n网上申报：{out / 'online.xlsx'}\n标准答案：{out / 'truth.json'}")
    return 0
