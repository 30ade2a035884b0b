"""`python -m tests.accuracy.rules`: the rules on records alone, with the cases in which they do not say what is due."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.accuracy.pooled import of_records, table
from tests.accuracy.rules.outcomes import CLEAN, Kept, measured

ROOT = Path("accuracy")


def main() -> int:
    """Measure, and print the table and every case that is not as it should be."""
    parser = ArgumentParser(prog="python -m tests.accuracy.rules", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=ROOT)
    options = parser.parse_args()
    started = time.monotonic()
    kept = measured(options.folder, options.seed, options.workers)
    print(table("records", of_records(kept), "office"))
    print("\n".join(f"    {line}" for line in _strange(kept)))
    print(f"  measured in {time.monotonic() - started:.0f} s")
    return 0


def _strange(kept: Iterable[Kept]) -> Iterator[str]:
    """Defects not found, errors that are none, doubts and faults on what is clean."""
    for each in kept:
        missed = each.fate != "found" and each.code != CLEAN
        if missed or each.errors or each.faults or (each.code == CLEAN and each.others):
            said = " ".join((*each.errors, *(f"({code})" for code in each.others)))
            yield f"{each.code} {each.number} {each.fate} {each.where}: {said}"


if __name__ == "__main__":
    sys.exit(main())
