"""What is written on a square or rectangular seal."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import LineReader
from extractors.seals.legend import Legend
from extractors.seals.names import kept_text, spelling
from extractors.seals.outline import Box, straightened
from extractors.seals.strips import as_print, levelled, runs_of

Map = NDArray[np.uint8]


def read_rectangle(ink: Map, box: Box, reader: LineReader) -> Legend:
    """Read a square or rectangular seal: columns from right to left on chops of up to four characters, else rows."""
    inside = straightened(levelled(ink), box, 0.07)
    if float((inside > 110).mean()) > 0.55:
        inside = 255 - inside  # letters cut white out of the ink
    inside = _without_frame(inside)
    rows = _rows(inside)
    if len(rows) <= 2 and all(len(cells) <= 2 for cells in rows):
        readings = [_chop(inside)]
        lines = reader.read_crops([as_print(strip) for strip in readings])
        text = kept_text(lines[0], 0.0)
        return Legend(text, lines[0].confidence, chars=spelling(text, lines[0].chars))
    lines = reader.read_crops([as_print(_bounds(inside, row)) for row in _row_spans(inside)] or [as_print(inside)])
    texts = [kept_text(line, 0.5) for line in lines]
    confidence = float(np.mean([line.confidence for line in lines]))
    text = "".join(texts)
    return Legend(text, confidence, chars=spelling(text, [char for line in lines for char in line.chars]))


def _without_frame(inside: Map) -> Map:
    """Clear remains of the frame: long straight ink along the sides."""
    cleared = inside.copy()
    for side in range(4):
        turned = np.rot90(cleared, side)
        for row in range(max(1, turned.shape[0] // 12)):
            if float((turned[row] > 90).mean()) > 0.6:
                turned[: row + 1] = 0
    return cleared


def _row_spans(inside: Map) -> list[tuple[int, int]]:
    solid = np.asarray((inside > 90).sum(axis=1) > 0.01 * inside.shape[1])
    least = 0.08 * inside.shape[0]
    return [(top, bottom) for top, bottom in runs_of(solid, join=2) if bottom - top >= least]


def _rows(inside: Map) -> list[list[tuple[int, int]]]:
    """Characters as (start, end) in each row."""
    rows = []
    for top, bottom in _row_spans(inside):
        solid = np.asarray((inside[top:bottom] > 90).any(axis=0))
        tall = bottom - top
        rows.append([run for run in runs_of(solid, join=max(2, tall // 8)) if run[1] - run[0] > 0.3 * tall])
    return rows


def _bounds(inside: Map, row: tuple[int, int]) -> Map:
    return inside[max(0, row[0] - 3) : row[1] + 3]


def _chop(inside: Map) -> Map:
    """A chop's characters in a row: right column first, each column from the top."""
    height, width = inside.shape
    columns = runs_of(np.asarray((inside > 90).any(axis=0)), join=max(2, width // 40))
    middle = min((end for _, end in columns[:-1]), key=lambda end: abs(end - width / 2), default=width // 2)
    cells: list[Map] = []
    for part in (inside[:, middle:], inside[:, :middle]):
        runs = runs_of((part > 90).sum(axis=1) > 0, join=max(2, height // 40))
        cut = min((end for _, end in runs[:-1]), key=lambda end: abs(end - height / 2), default=height // 2)
        cells += [part[:cut], part[cut:]] if part.size else []
    side = 48
    squares = [cv2.resize(cell, (side, side), interpolation=cv2.INTER_AREA) for cell in cells if cell.size]
    gap = np.zeros((side, 6), dtype=np.uint8)
    return np.hstack([piece for square in squares for piece in (gap, square)] + [gap])
