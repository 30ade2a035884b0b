"""Measures the reader on boxes that people corrected: `python -m tests.accuracy.corrected FOLDER...`.

A folder is one that `heyan corrections export` made. Each crop holds a line; the lines are read as the page reading
reads them and made a value by the box's kind. Boxes that are ticked are left out: no line reader decides them.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from extractors.readers.protocol import LineReader, Picture
from flows.steps.exporting import INDEX, AccuracyCase
from flows.steps.second_look import TICKED
from pipeline.settings import settings
from pipeline.values import fold, normalise
from tests.accuracy.tally import Tally

ALL = "all"


@dataclass(frozen=True, slots=True)
class Measured:
    """A case read anew: whether the page reading had it right, and whether the reader has it right now."""

    case: AccuracyCase
    value: str
    was_right: bool
    is_right: bool


def load_cases(folder: Path) -> tuple[AccuracyCase, ...]:
    """The cases of an exported folder.

    Raises:
        OSError: There is no index in it.
        ValueError: A line of the index is no case.
    """
    lines = (folder / INDEX).read_text(encoding="utf-8").splitlines()
    return tuple(AccuracyCase.model_validate(json.loads(line)) for line in lines)


def measure(folder: Path, reader: LineReader) -> Iterator[Measured]:
    """Every case of a folder whose value is written, not ticked, read by `reader`."""
    for case in load_cases(folder):
        if case.kind in TICKED or not isinstance(case.value, str):
            continue
        read = reader.read_crops([_picture(folder / crop) for crop in case.crops])
        value = normalise(case.kind, "\n".join(line.text for line in read))
        yield Measured(case, value, fold(str(case.read)) == fold(case.value), fold(value) == fold(case.value))


def table(measured: Sequence[Measured]) -> str:
    """A line a key and one for all: cases, right before, right now, character error now."""
    by_key: dict[str, list[Measured]] = defaultdict(list)
    for each in measured:
        by_key[each.case.key].append(each)
    rows = [_row(key, by_key[key]) for key in sorted(by_key)]
    return "\n".join(("key                       cases    before       now     errors", *rows, _row(ALL, measured)))


def _row(name: str, measured: Iterable[Measured]) -> str:
    before, now, errors, characters = Tally(), Tally(), 0, 0
    for each in measured:
        before.add(each.was_right, each.case.key)
        now.add(each.is_right, each.case.key)
        errors += Levenshtein.distance(fold(each.value), fold(str(each.case.value)))
        characters += len(fold(str(each.case.value)))
    return f"{name:<24}{now.total:>7}{_share(before):>10}{_share(now):>10}{errors / max(1, characters):>11.2%}"


def _share(tally: Tally) -> str:
    return f"{tally.right / tally.total:.1%}" if tally.total else "-"


def _picture(path: Path) -> Picture:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise OSError(f"no picture: {path}")
    return np.asarray(picture, dtype=np.uint8)


def main() -> int:
    """Measure the folders together and print."""
    from extractors.readers.paddle import paddle_reader

    parser = ArgumentParser(prog="python -m tests.accuracy.corrected", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    reader = paddle_reader(settings().models)
    print(table([each for folder in parser.parse_args().folders for each in measure(folder, reader)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
