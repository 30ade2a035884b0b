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
from samples.truth import InboxTruth, PackageTruth, load_truth
from tests.accuracy import pooled
from tests.accuracy.papers import score_papers
from tests.accuracy.planting import plant
from tests.accuracy.pooled import of_pages, of_records
from tests.accuracy.rows import score_rows
from tests.accuracy.rules.outcomes import measured
from tests.accuracy.scores import Scores, score_clean, score_colourless, score_defects, score_planted, score_reading
from tests.accuracy.table import table, wrongs

LEVELS = ("office", "phone", "grey")
ROOT = Path("accuracy")
SEAL_DEFECTS = (
    ("S101", "S111", "S122"), ("S103", "S102", "S113", "S131", "S141"), ("S104", "S164", "S121", "S142"),
    ("S151", "S171", "S162", "S141"), ("S101", "S112", "S123", "S142"), ("S102", "S113", "S124", "S131"),
    ("S103", "S164", "S122"), ("S104", "S111", "S162"), ("S151", "S113", "S121"), ("S171", "S124", "S131"),
    ("S112", "S123", "Q101"), ("S113", "S122", "Q101"),
)  # fmt: skip
"""What is wrong with the k-th package's pages: each code twice a level at least, none in another's place.

A photocopy's lack of colour (S161) is the level's own; a value left in doubt (Q102) can't be planted on a page.
"""
DELIVERIES = 4
"""Of the packages with defects: as many as have something wrong about their table's seal."""
OF_DELIVERIES = ("S141", "S142")


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
        if level == "grey":
            score_colourless(scores, result)
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
        groups = SEAL_DEFECTS[: options.packages]
        defects = tuple(tuple(DefectSpec(code) for code in group) for group in groups)
        make_inbox(
            folder, options.packages, level=level, family=options.family, seed=seed + 1, defects=defects, size="short",
            deliveries=min(DELIVERIES, options.packages),
        )  # fmt: skip
    _run(folder, folder / "online.xlsx", folder / "out")
    for package, result in _results(folder / "out", load_truth(folder)):
        score_defects(scores, package, _with_table(result, package, folder / "out"))


def _with_table(result: Any, package: PackageTruth, out: Path) -> Any:
    """A package's result with what its delivery's says of a defect of the table that was planted with it."""
    codes = {defect.code for defect in package.planted} & set(OF_DELIVERIES)
    if not codes:
        return result
    path = out / "results" / package.delivery / "delivery.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    said = {key: [each for each in table[key] if each["code"] in codes] for key in ("findings", "verdicts")}
    return {**result, **{key: [*result[key], *said[key]] for key in said}}


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
