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
from tests.calibration.measuring import Answers, answers_key, material_of, measure
from tests.calibration.report import write_report

LEVELS = ("office", "phone", "grey")
ROOT, DOCS = Path("calibration"), Path("docs")
SEED = 52_000_007
"""A seed that no other measurement begins with; the family draws other applicants from it besides."""


def main() -> int:
    """Measure, and write the figures down."""
    options = _options()
    folders = {level: _made(level, options) for level in options.levels}
    if not options.report:
        for number in range(options.packages):
            for folder in folders.values():
                _keep_answers(folder, number)
    kept = [answers for folder in folders.values() for answers in _kept(folder)]
    write_report(kept, DOCS)
    return 0


def _options() -> Namespace:
    parser = ArgumentParser(prog="make calibration", description=__doc__)
    parser.add_argument("--packages", type=int, default=8, help="packages a level")
    parser.add_argument("--levels", nargs="+", default=list(LEVELS), choices=LEVELS)
    parser.add_argument("--report", action="store_true", help="write down what was measured so far, measure nothing")
    return parser.parse_args()


def _made(level: str, options: Namespace) -> Path:
    folder = ROOT / f"{level}-{SEED}-{options.packages}"
    if not (folder / "truth.json").exists():
        make_inbox(
            folder, options.packages, level=level, family="calibration", seed=SEED, workers=1, size="short",
            packing="plain",
        )  # fmt: skip
    return folder


def _keep_answers(folder: Path, number: int) -> None:
    material, store = material_of(folder)
    truth = load_truth(folder).packages[number]
    if store.has(answers_key(truth.identity)):
        return
    started = time.monotonic()
    files = next(each for each in material.packages if each.identity == truth.identity)
    store.put(answers_key(truth.identity), measure(files, truth, store, load_profile()))
    print(f"{folder.name}: package {number + 1} in {time.monotonic() - started:.0f} s", flush=True)


def _kept(folder: Path) -> list[Answers]:
    _, store = material_of(folder)
    answers = [store.get(answers_key(package.identity), Answers) for package in load_truth(folder).packages]
    return [each for each in answers if each is not None]


if __name__ == "__main__":
    sys.exit(main())
