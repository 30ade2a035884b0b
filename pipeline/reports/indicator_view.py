"""The indicator tables of the witnesses, row beside row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.model.application import Application
from pipeline.model.evidence import Place, Reading
from pipeline.model.indicator import COLUMNS, Indicator
from pipeline.model.package import Result
from pipeline.reports.differences import Piece, marked

SAME_NAME = 80
"""rapidfuzz ratio from which two indicator names are shown as one; showing only, nothing is judged by it."""


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One witness's row: its cells in the order of COLUMNS, None where a cell was not found."""

    source: str
    place: Place | None
    cells: tuple[tuple[Piece, ...] | None, ...]


def indicator_groups(result: Result) -> tuple[tuple[IndicatorLine, ...], ...]:
    """Every indicator once: the paper's row, then the rows of the others that read differently (or stand alone)."""
    paper = _rows(result.package.paper)
    others = {"网上": _rows(result.online), "可编辑": _rows(next(iter(result.package.editable), None))}
    paired = {source: _paired(paper, rows) for source, rows in others.items()}
    groups = [
        _group(row, {source: pairs[0].get(number) for source, pairs in paired.items()})
        for number, row in enumerate(paper)
    ]
    alone = [(_line(source, row, None),) for source, (_, rest) in paired.items() for row in rest]
    return (*groups, *alone)


def _rows(application: Application | None) -> tuple[Indicator, ...]:
    return application.indicators if application else ()


def _paired(paper: Sequence[Indicator], others: Sequence[Indicator]) -> tuple[dict[int, Indicator], list[Indicator]]:
    """Each paper row's counterpart by likeness of names, best pairs first, and the rows left over."""
    scores = [
        (fuzz.ratio(mine.name.text, theirs.name.text), -number, -other)
        for number, mine in enumerate(paper)
        for other, theirs in enumerate(others)
    ]
    pairs: dict[int, int] = {}
    for score, number, other in sorted(scores, reverse=True):
        if score >= SAME_NAME and -number not in pairs and -other not in pairs.values():
            pairs[-number] = -other
    rest = [row for other, row in enumerate(others) if other not in pairs.values()]
    return {number: others[other] for number, other in pairs.items()}, rest


def _group(row: Indicator, others: dict[str, Indicator | None]) -> tuple[IndicatorLine, ...]:
    different = {source: other for source, other in others.items() if other and _texts(other) != _texts(row)}
    lines = [_line(source, other, row) for source, other in different.items()]
    return (_line("纸质", row, next(iter(different.values()), None)), *lines)


def _line(source: str, row: Indicator, rival: Indicator | None) -> IndicatorLine:
    rivals = _texts(rival) if rival else (None,) * len(COLUMNS)
    cells = tuple(
        None if text is None else marked(text, other) if other is not None else (Piece(text, False),)
        for text, other in zip(_texts(row), rivals, strict=True)
    )
    return IndicatorLine(source, row.place or next(iter(row.name.places), None), cells)


def _texts(row: Indicator) -> tuple[str | None, ...]:
    cells: list[Reading | None] = [getattr(row, column) for column in COLUMNS]
    return tuple(cell.text if cell else None for cell in cells)
