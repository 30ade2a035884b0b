"""`make accuracy`: makes the judging family's packages, runs heyan on them as a clerk would, prints the figures.

Resumable: what was made, read and judged is kept below accuracy/, named by family, level and seed. First the rules
alone, on records: every code that no picture is needed for, twenty times. Then three runs a level: one with the true
filing, one with a character or digit changed in every filed value, one on short packages each of which has something
missing or wrong about its seals, its seam or its signature. Below each level's figures all its planted defects stand in
one table with those on records.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from pipeline.notices.profile import load_profile
from samples.defects import DefectSpec
from samples.inbox import make_inbox
from samples.truth import InboxTruth, load_truth
from tests.accuracy import pooled
from tests.accuracy.papers import score_papers
from tests.accuracy.planting import plant
from tests.accuracy.pooled import of_pages, of_records
from tests.accuracy.rows import score_rows
from tests.accuracy.rules.outcomes import measured
from tests.accuracy.scores import Scores, score_clean, score_defects, score_planted, score_reading
from tests.accuracy.table import table, wrongs

LEVELS = ("office", "phone", "grey")
ROOT = Path("accuracy")
SEAL_DEFECTS = ("S122", "S113", "S101", "S121", "S103", "S122", "S123", "S111", "S113", "S112", "S131", "S151")
"""Go round the packages: a sheet left out of the seam and a missing signature most of all."""


def main() -> int:
    """Measure and print."""
    options = _options()
    seed = options.seed if options.seed is not None else _seed_of_commit()
    print(f"family {options.family}, seed {seed}, {options.packages} packages a level")
    records = of_records(measured(ROOT, seed))
    print(pooled.table("records", records, "office"), flush=True)
    for level in options.levels:
        started = time.monotonic()
        scores = _measure(level, seed, options)
        print(table(level, scores), flush=True)
        pages = of_pages(scores)
        print(pooled.table(f"pages, {level}", pages, level))
        print(pooled.table(f"records and pages, {level}", records.joined(pages), level), flush=True)
        print(f"  measured in {time.monotonic() - started:.0f} s", flush=True)
        if options.show:
            print("\n".join(f"    {line}" for line in wrongs(scores)), flush=True)
    return 0


def _options() -> Namespace:
    parser = ArgumentParser(prog="make accuracy", description=__doc__)
    parser.add_argument("--family", default="judging", choices=("tuning", "judging", "reserve"))
    parser.add_argument("--packages", type=int, default=12)
    parser.add_argument("--levels", nargs="+", default=list(LEVELS), choices=LEVELS)
    parser.add_argument("--seed", type=int, default=None, help="default: taken from the commit")
    parser.add_argument("--without-defects", action="store_true", help="leave out the packages with defects of seals")
    parser.add_argument("--show", action="store_true", help="print every wrong answer (tuning families only)")
    options = parser.parse_args()
    if options.show and options.family != "tuning":
        parser.error("only the tuning family's answers are looked at")
    return options


def _seed_of_commit() -> int:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout
    return int(commit[:6], 16)


def _measure(level: str, seed: int, options: Namespace) -> Scores:
    folder = ROOT / f"{options.family}-{level}-{seed}-{options.packages}"
    if not (folder / "truth.json").exists():
        make_inbox(folder, packages=options.packages, level=level, family=options.family, seed=seed)
    truth = load_truth(folder)
    online = folder / "online.xlsx"
    altered = folder / "online-altered.xlsx"
    planted = plant(online, altered, truth, seed)
    _run(folder, online, folder / "out")
    scores = Scores()
    for package, result in _results(folder / "out", truth):
        score_reading(scores, package, result)
        score_papers(scores.more, package, result, load_profile())
        if package.clean:
            score_clean(scores, package, result)
    _score_deliveries(scores, folder, truth)
    _run(folder, altered, folder / "out")
    for package, result in _results(folder / "out", truth):
        score_planted(scores, planted.get(package.identity, {}), result, package.identity)
    if not options.without_defects:
        _measure_defects(scores, level, seed, options)
    return scores


def _score_deliveries(scores: Scores, folder: Path, truth: InboxTruth) -> None:
    names = {direction.number: direction.name for direction in load_profile().directions}
    for delivery in truth.deliveries:
        path = folder / "out" / "results" / delivery.name / "delivery.json"
        score_rows(scores.more, delivery, json.loads(path.read_text(encoding="utf-8")), names)


def _measure_defects(scores: Scores, level: str, seed: int, options: Namespace) -> None:
    folder = ROOT / f"{options.family}-{level}-{seed}-{options.packages}-defects"
    if not (folder / "truth.json").exists():
        defects = tuple(DefectSpec(code) for code in SEAL_DEFECTS)
        make_inbox(
            folder, options.packages, level=level, family=options.family, seed=seed + 1, defects=defects, size="short"
        )
    _run(folder, folder / "online.xlsx", folder / "out")
    for package, result in _results(folder / "out", load_truth(folder)):
        score_defects(scores, package, result)


def _run(folder: Path, online: Path, out: Path) -> None:
    command = [str(Path(sys.executable).parent / "heyan"), "run", str(folder / "inbox"), "--online", str(online)]
    subprocess.run([*command, "--out", str(out)], check=True, stdout=subprocess.DEVNULL)


def _results(out: Path, truth: InboxTruth) -> list[tuple[Any, Any]]:
    found = []
    for package in truth.packages:
        path = out / "results" / package.identity / "result.json"
        found.append((package, json.loads(path.read_text(encoding="utf-8"))))
    return found


if __name__ == "__main__":
    sys.exit(main())
