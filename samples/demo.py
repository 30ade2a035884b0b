"""The small inbox of `make demo`: three short packages in two deliveries, one clean, two with planted defects."""

from __future__ import annotations

from pathlib import Path

from samples.defects import DefectSpec
from samples.inbox import make_inbox

DEMO_SEED = 20211115
DEMO_DEFECTS = (
    (),
    (DefectSpec("X101", "leader_mobile"), DefectSpec("S111")),
    (DefectSpec("F102"), DefectSpec("S122"), DefectSpec("X101", "revenue")),
)


def make_demo(out: Path, workers: int = 2) -> Path:
    """Write OUT/inbox, OUT/online.xlsx and OUT/truth.json."""
    return make_inbox(
        out, 3, "office", "tuning", DEMO_SEED, DEMO_DEFECTS,
        workers=workers, size="short", packing="plain", deliveries=2,
    )  # fmt: skip
