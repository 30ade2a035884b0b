"""`make calibration`: how often a reading of some confidence is right, and the doubt threshold that follows from it.

Makes packages of the calibration family, reads the pages that have a truth, looks again at every value, and writes
docs/calibration.md and its plot. Resumable: what was made, read and asked is kept below calibration/; stopped early, it
writes nothing, and `--report` writes what was measured so far. The figure itself is put into `pipeline/doubt.py` by
hand, after looking at what it changes; a test holds both equal.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipeline.notices.profile import load_profile
from samples.inbox import make_inbox
from samples.truth import load_truth
from tests.calibration.measuring import Answers, answers_key, material_of, measure, rendered_at
from tests.calibration.report import write_report

COARSE = 50
"""Pixels an inch at which a form's characters are seven pixels high: as little as can be read at all."""
LEVELS: dict[str, tuple[str, int | None]] = {
    "office": ("office", None), "phone": ("phone", None), "grey": ("grey", None),
    "coarse": ("office", COARSE), "coarse grey": ("grey", COARSE),
}  # fmt: skip
"""The wear of each level and the resolution its pages are rendered at. Of pages read with ease nearly nothing is wrong,
and nothing tells what an unsure reading is worth: coarse copies give the readings in doubt."""
ROOT, DOCS = Path("calibration"), Path("docs")
SEED = 52_000_007
"""A seed that no other measurement begins with; the family draws other applicants from it besides."""


def main() -> int:
    """Measure, and write the figures down."""
    options = _options()
    for wear in sorted({LEVELS[level][0] for level in options.levels}):
        _make(wear, options.packages)
    if not options.report:
        for number in range(options.packages):
            for level in options.levels:
                _keep_answers(level, options.packages, number)
    kept = [answers for level in options.levels for answers in _kept(level, options.packages)]
    write_report(kept, DOCS)
    return 0


def _options() -> Namespace:
    parser = ArgumentParser(prog="make calibration", description=__doc__)
    parser.add_argument("--packages", type=int, default=8, help="packages a level")
    parser.add_argument("--levels", nargs="+", default=list(LEVELS), choices=LEVELS)
    parser.add_argument("--report", action="store_true", help="write down what was measured so far, measure nothing")
    return parser.parse_args()


def _folder(wear: str, packages: int) -> Path:
    return ROOT / f"{wear}-{SEED}-{packages}"


def _make(wear: str, packages: int) -> None:
    folder = _folder(wear, packages)
    if not (folder / "truth.json").exists():
        make_inbox(
            folder, packages, level=wear, family="calibration", seed=SEED, workers=1, size="short", packing="plain"
        )


def _keep_answers(level: str, packages: int, number: int) -> None:
    wear, dpi = LEVELS[level]
    folder = _folder(wear, packages)
    material, store = material_of(folder)
    truth = load_truth(folder).packages[number]
    files = next(each for each in material.packages if each.identity == truth.identity)
    started = time.monotonic()
    with rendered_at(dpi):
        if store.has(answers_key(truth.identity)):
            return
        store.put(answers_key(truth.identity), measure(files, truth, level, store, load_profile()))
    print(f"{level}: package {number + 1} in {time.monotonic() - started:.0f} s", flush=True)


def _kept(level: str, packages: int) -> list[Answers]:
    wear, dpi = LEVELS[level]
    folder = _folder(wear, packages)
    _, store = material_of(folder)
    with rendered_at(dpi):
        keys = [answers_key(package.identity) for package in load_truth(folder).packages]
    return [each for key in keys if (each := store.get(key, Answers)) is not None]


if __name__ == "__main__":
    sys.exit(main())
