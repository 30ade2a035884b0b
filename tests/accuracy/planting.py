"""One character or digit of every filed value changed, in a copy of the online filing: the paper is read only once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import openpyxl

from samples.defects import COMPARED, altered
from samples.online import ONLINE_KEYS, SHEETS
from samples.truth import InboxTruth

UNCHANGED = ("无",)
"""Answers in which no single character can be changed."""


def plant(online: Path, out: Path, truth: InboxTruth, seed: int) -> Mapping[str, Mapping[str, str]]:
    """Write the changed filing; by package, the changed keys with what is filed now."""
    rng = Random(seed)
    book = openpyxl.load_workbook(online)
    sheet = book[SHEETS[0]]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = {str(sheet.cell(row, heads["申报编号"]).value): row for row in range(2, sheet.max_row + 1)}
    planted: dict[str, dict[str, str]] = {}
    for package in truth.packages:
        if package.online_no is None or not package.clean:
            continue
        row = rows[package.online_no]
        for key, heading in ONLINE_KEYS:
            cell = sheet.cell(row, heads[heading]) if heading in heads else None
            if cell is None or key not in COMPARED or cell.value is None or str(cell.value) in UNCHANGED:
                continue
            value = altered(_text(cell.value), key, rng)
            cell.value = value
            planted.setdefault(package.identity, {})[key] = value
    book.save(out)
    return planted


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
