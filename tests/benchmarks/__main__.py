"""`make bench`: processor seconds a page and character errors, of heyan and of others, on the same pages in one run.

Everything made is kept below bench/. Every engine has a process and one thread; each page is read by all of them
before the next one, the first round only warms them up, and a page's figure is the median of the other rounds.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from pipeline.settings import settings
from tests.benchmarks.engines import install_rapidocr
from tests.benchmarks.pages import BenchPage, bench_pages
from tests.benchmarks.stand import Setting, Stand, Timed
from tests.benchmarks.table import Row, print_misses, print_pages, print_parts, print_rows
from tests.benchmarks.whole import SEALS

ROOT = Path("bench")
SEED = 20211112
ROWS = {
    "paddle-960": "PaddleOCR, same models, detector at 960, OpenVINO",
    "paddle-960-cpu": "PaddleOCR, the same on plain ONNX Runtime",
    "paddle": "PaddleOCR as it comes (detector at full size)",
    "rapidocr": "RapidOCR as it comes",
    "tesseract": "Tesseract, chi_sim, psm 3",
    "heyan": "heyan's whole reading",
}


def main() -> int:
    """Measure and print."""
    options = _options()
    folder = (ROOT / f"pages-{options.seed}").resolve()
    pages = bench_pages(folder, options.seed)[: options.pages]
    names = [name for name in ROWS if name in options.engines]
    if "rapidocr" in names and (problem := install_rapidocr(ROOT / "rapidocr")):
        print(problem)
        names.remove("rapidocr")
    stands = {name: Stand(Setting(name, settings().models, (ROOT / "rapidocr").resolve())) for name in names}
    try:
        rows = _measure(stands, pages, options.rounds, folder)
    finally:
        for stand in stands.values():
            stand.close()
    print(f"{len(pages)} pages, {options.rounds} rounds, seed {options.seed}; processor seconds, one thread each")
    print_rows(rows)
    print_pages(pages, rows)
    print_parts(rows)
    if options.misses:
        print_misses(pages, rows)
    return 0


def _options() -> Namespace:
    parser = ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="besides the one that warms up")
    parser.add_argument("--pages", type=int, default=None, help="only the first pages")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--engines", nargs="+", default=list(ROWS), choices=ROWS)
    parser.add_argument("--misses", action="store_true", help="print what was misread, line by line")
    return parser.parse_args()


def _measure(stands: dict[str, Stand], pages: Sequence[BenchPage], rounds: int, folder: Path) -> list[Row]:
    readings: dict[str, list[list[Timed]]] = {name: [[] for _ in pages] for name in stands}
    for number in range(rounds + 1):
        for index, page in enumerate(pages):
            for name, stand in stands.items():
                timed = stand.read(page)
                if number:
                    readings[name][index].append(timed)
    rows = []
    for name, stand in stands.items():
        looks = stand.look_again(folder) if name == "heyan" else None
        row = Row.of(name, ROWS[name], pages, readings[name], looks)
        rows.append(row)
        if name == "heyan":
            rows.append(row.without(SEALS, "heyan, no seals", "heyan's reading, seals and seam slices aside"))
    return rows


if __name__ == "__main__":
    sys.exit(main())
