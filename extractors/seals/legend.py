"""What is written on a seal: owner, inner lines, serial."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.readers.protocol import LineReader, Picture, RecognisedChar, RecognisedLine
from extractors.seals.outline import Box, Ellipse, straightened
from extractors.seals.unroll import Band, digits, find_band, letters, upright_inside
from pipeline.model.evidence import Char

Map = NDArray[np.uint8]

SURE = 0.90
"""Below this mean confidence the ring is read again from another picture of it."""
FEW = 4
"""A shorter name is looked at again: a gap in the ink may have cut it."""
WIDE = 2.7
"""Letters of one name stand evenly; a step this much wider than the usual one ends it."""
LETTER_GAP = 1.6
"""A step this much wider than the usual one has a letter in it that was not read."""
ASIDE = 2
"""As few characters as this, unsure and a gap away from the others, are no part of the name."""
FRAME = 8
"""Pixels of paper left and right of a strip."""
WEAK = 0.2
"""A character at the ring's end less sure than this is a flourish, not a letter."""
LINE_HEIGHT = (0.07, 0.42)
"""Height of an inner line in radii."""
SERIAL = re.compile(r"\d{6,20}")
CHINESE = re.compile(r"[\u3400-\u9fff]")
NAME = 0.45
"""Mean confidence below which what was read off a ring is no name."""
FOREIGN_NAME = 0.9
"""The same for a ring without Chinese: a blotch reads as letters too."""
NUMBER_FIRST, NUMBER_LAST = re.compile(r"\d{3,}"), re.compile(r"\d{3,}$")
STRAY = re.compile(r"[^0-9A-Za-z\u3400-\u9fff()（）·.&\-]")


@dataclass(frozen=True, slots=True)
class Legend:
    """The text of a seal. `confidence` is the owner's name's."""

    owner: str
    confidence: float
    inner: tuple[str, ...] = ()
    serial: str | None = None
    chars: tuple[Char, ...] = ()
    lost: bool = False
    """Whether a letter stands in the ring that could not be read."""


NOTHING = Legend("", 0.0)


def read_ring(ink: Map, ring: Ellipse, reader: LineReader) -> Legend:
    """Read a round or oval seal from the map of its ink (a crop; `ring` in its pixels).

    The ring is read first; where its letters stand then says which way is up, and where the inner lines have room.
    """
    level = _level(ink)
    band = find_band(level, ring)
    strip = letters(level, ring, band)
    line = _surest(strip, reader)
    owner = name_in(line)
    if owner.text:
        band = _narrowed(band, owner, strip.shape[1])
    inner, serial = _inside(level, ring, band, reader)
    least = NAME if len(CHINESE.findall(owner.text)) >= 2 else FOREIGN_NAME
    if owner.confidence < least:
        return Legend("", owner.confidence, inner, serial)
    return Legend(owner.text, owner.confidence, inner, serial, owner.chars, owner.lost)


def _surest(strip: Map, reader: LineReader) -> RecognisedLine:
    """The strip read; when unsure, read again with thicker strokes and in plain black."""
    first = reader.read_crops([_page(strip)])[0]
    name = name_in(first)
    if name.confidence >= SURE and len(name.text) >= FEW:
        return first
    lines = [first, *reader.read_crops([_page(other) for other in _others(strip)])]
    return max(lines, key=lambda line: (lambda found: found.confidence * min(len(found.text), 6))(name_in(line)))


@dataclass(frozen=True, slots=True)
class Name:
    """The owner's name in a line read: how sure it is, where it stands (0-1), whether letters were lost."""

    text: str
    confidence: float
    x0: float = 0.0
    x1: float = 1.0
    chars: tuple[Char, ...] = ()
    lost: bool = False


def name_in(line: RecognisedLine) -> Name:
    """The longest run of evenly spaced, sure characters: what stands apart from it is not the ring's text."""
    read = _without_numbers([char for char in line.chars if not STRAY.match(char.text)])
    if not read:
        return Name("", line.confidence)
    best = max(_even_runs(read), key=lambda run: sum(char.confidence for char in run))
    while len(best) > 1 and best[0].confidence < WEAK:
        best = best[1:]
    while len(best) > 1 and best[-1].confidence < WEAK:
        best = best[:-1]
    chars = tuple(_char(char) for char in best)
    confidence = float(np.mean([char.confidence for char in best]))
    text = "".join(char.text for char in chars)
    return Name(text, confidence, best[0].x0, best[-1].x1, chars, _letters_lost(best))


def _without_numbers(chars: list[RecognisedChar]) -> list[RecognisedChar]:
    """The characters without a number at either end: the serial, which shares the ring."""
    text = "".join(char.text for char in chars)
    start = found.end() if (found := NUMBER_FIRST.match(text)) else 0
    end = found.start() if (found := NUMBER_LAST.search(text)) else len(text)
    return chars[start:end] if start < end else chars


def _middle(char: RecognisedChar) -> float:
    return (char.x0 + char.x1) / 2


def _usual_step(chars: Sequence[RecognisedChar]) -> float:
    """The usual distance from one character's middle to the next, in widths of the strip."""
    steps = np.diff([_middle(char) for char in chars])
    return float(np.median(steps)) if len(steps) else 1.0


def _letters_lost(chars: Sequence[RecognisedChar]) -> bool:
    """Whether there is room for a letter between two characters, or before the first, or after the last.

    The strip begins and ends half a letter away from the ring's ink, so more room at its ends is a letter not read.
    """
    usual = _usual_step(chars)
    inside = any(_middle(after) - _middle(before) > LETTER_GAP * usual for before, after in pairwise(chars))
    return inside or _middle(chars[0]) > LETTER_GAP * usual or 1 - _middle(chars[-1]) > LETTER_GAP * usual


def _even_runs(chars: Sequence[RecognisedChar]) -> list[list[RecognisedChar]]:
    """The characters, parted at wide gaps, at smaller ones beside a few unsure characters, and at unsure digits."""
    usual = _usual_step(chars)
    runs = [[chars[0]]]
    for index, (before, char) in enumerate(pairwise(chars), start=1):
        step = (_middle(char) - _middle(before)) / usual
        digit = before.text.isdigit() != char.text.isdigit() and min(before.confidence, char.confidence) < SURE
        if step > WIDE or digit or (step > LETTER_GAP and (_aside(chars[:index]) or _aside(chars[index:]))):
            runs.append([])
        runs[-1].append(char)
    return runs


def _aside(chars: Sequence[RecognisedChar]) -> bool:
    return len(chars) <= ASIDE and float(np.mean([char.confidence for char in chars])) < SURE


def _char(char: RecognisedChar) -> Char:
    return Char(
        text=_half_width(char.text),
        confidence=round(char.confidence, 4),
        runner_up=_half_width(char.runner_up),
        runner_up_confidence=round(char.runner_up_confidence, 4),
    )


def _half_width(text: str) -> str:
    return text.replace("（", "(").replace("）", ")")


def _narrowed(band: Band, name: Name, width: int) -> Band:
    """The band with the arc that the name's letters cover (`width` of the strip before it was framed)."""

    def turn(x: float) -> float:
        return band.start + (band.end - band.start) * ((x * (width + 2 * FRAME) - FRAME) / width)

    return Band(band.inner, band.outer, max(turn(name.x0), band.start), min(turn(name.x1), band.end))


def _inside(level: Map, ring: Ellipse, band: Band, reader: LineReader) -> tuple[tuple[str, ...], str | None]:
    """Inner lines and serial, read in one go."""
    lines = _inner_lines(upright_inside(level, ring, band))
    serial = digits(level, ring, band)
    if serial is not None and not 0.03 < float((serial > 110).mean()) < 0.6:
        serial = None
    crops = [_page(line) for line in lines] + ([_page(serial)] if serial is not None else [])
    read = reader.read_crops(crops) if crops else ()
    texts = [text for line in read[: len(lines)] if (text := _kept(line, 0.6))]
    inner = tuple(text for text in texts if len(CHINESE.findall(text)) >= 2)
    number = _serial(read[-1]) if serial is not None else None
    return inner, number or next((text for text in texts if SERIAL.fullmatch(text)), None)


def _others(strip: Map) -> list[Map]:
    """The strip drawn otherwise: strokes thickened (faint ink), and in plain black and white."""
    thick = cv2.dilate(strip, np.ones((3, 3), np.uint8))
    smooth = cv2.GaussianBlur(strip, (0, 0), 1.2)
    _, plain = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return [np.asarray(thick, dtype=np.uint8), np.asarray(cv2.GaussianBlur(plain, (0, 0), 0.8), dtype=np.uint8)]


def _kept(line: RecognisedLine, least: float) -> str:
    """A line's text without stray signs and without unsure characters at its ends; "" where it is not sure enough."""
    chars = list(line.chars)
    while chars and (chars[0].confidence < WEAK or STRAY.match(chars[0].text)):
        chars.pop(0)
    while chars and (chars[-1].confidence < WEAK or STRAY.match(chars[-1].text)):
        chars.pop()
    if not chars or float(np.mean([char.confidence for char in chars])) < least:
        return ""
    return _half_width(STRAY.sub("", "".join(char.text for char in chars)))


def _serial(line: RecognisedLine) -> str | None:
    found = SERIAL.search(line.text.replace("O", "0").replace("o", "0").replace("l", "1"))
    return found.group() if found and line.confidence > 0.6 else None


def _inner_lines(inside: Map) -> list[Map]:
    """Level lines of text inside the ring, cut out, star left aside. 110 pixels a radius."""
    without_star = _without_star(inside)
    solid = (without_star > 90).astype(np.uint8)
    rows = solid.sum(axis=1) > 1
    lines = []
    for top, bottom in _runs(rows, join=3):
        height = (bottom - top) / 110
        columns = np.flatnonzero(solid[top:bottom].any(axis=0))
        if (
            LINE_HEIGHT[0] <= height <= LINE_HEIGHT[1]
            and len(columns)
            and columns[-1] - columns[0] > 1.6 * (bottom - top)
        ):
            pad = 5
            part = without_star[max(0, top - pad) : bottom + pad, max(0, columns[0] - pad) : columns[-1] + pad]
            lines.append(np.asarray(cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), dtype=np.uint8))
    return lines[:4]


def _without_star(inside: Map) -> Map:
    """Take out the big solid thing in the middle: a star, an emblem."""
    solid = (inside > 90).astype(np.uint8)
    core = cv2.erode(solid, np.ones((9, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    kept = inside.copy()
    for index in range(1, count):
        if core[labels == index].any() and stats[index, cv2.CC_STAT_HEIGHT] > 20:
            kept[labels == index] = 0
    return kept


def _runs(filled: NDArray[np.bool_], join: int) -> list[tuple[int, int]]:
    """Runs of True as (start, end), those closer than `join` made one."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(np.int8), [0]])))
    runs: list[tuple[int, int]] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if runs and start - runs[-1][1] < join:
            runs[-1] = (runs[-1][0], int(end))
        else:
            runs.append((int(start), int(end)))
    return runs


def read_rectangle(ink: Map, box: Box, reader: LineReader) -> Legend:
    """Read a square or rectangular seal: columns from right to left on chops of up to four characters, else rows."""
    inside = straightened(_level(ink), box, 0.07)
    if float((inside > 110).mean()) > 0.55:
        inside = 255 - inside  # letters cut white out of the ink
    inside = _without_frame(inside)
    rows = _rows(inside)
    if len(rows) <= 2 and all(len(cells) <= 2 for cells in rows):
        readings = [_chop(inside)]
        lines = reader.read_crops([_page(strip) for strip in readings])
        text = _kept(lines[0], 0.0)
        return Legend(text, lines[0].confidence, chars=_spelling(text, lines[0].chars))
    lines = reader.read_crops([_page(_bounds(inside, row)) for row in _row_spans(inside)] or [_page(inside)])
    texts = [_kept(line, 0.5) for line in lines]
    confidence = float(np.mean([line.confidence for line in lines]))
    text = "".join(texts)
    return Legend(text, confidence, chars=_spelling(text, [char for line in lines for char in line.chars]))


def _spelling(text: str, chars: Sequence[RecognisedChar]) -> tuple[Char, ...]:
    """The characters that spell the text, those left out of it skipped; none where they don't spell it."""
    spelling, rest = [], [_char(char) for char in chars]
    for wanted in text:
        while rest and rest[0].text != wanted:
            rest.pop(0)
        if not rest:
            return ()
        spelling.append(rest.pop(0))
    return tuple(spelling)


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
    return [(top, bottom) for top, bottom in _runs(solid, join=2) if bottom - top >= least]


def _rows(inside: Map) -> list[list[tuple[int, int]]]:
    """Characters as (start, end) in each row."""
    rows = []
    for top, bottom in _row_spans(inside):
        solid = np.asarray((inside[top:bottom] > 90).any(axis=0))
        tall = bottom - top
        rows.append([run for run in _runs(solid, join=max(2, tall // 8)) if run[1] - run[0] > 0.3 * tall])
    return rows


def _bounds(inside: Map, row: tuple[int, int]) -> Map:
    return inside[max(0, row[0] - 3) : row[1] + 3]


def _chop(inside: Map) -> Map:
    """A chop's characters in a row: right column first, each column from the top."""
    height, width = inside.shape
    columns = _runs(np.asarray((inside > 90).any(axis=0)), join=max(2, width // 40))
    middle = min((end for _, end in columns[:-1]), key=lambda end: abs(end - width / 2), default=width // 2)
    cells: list[Map] = []
    for part in (inside[:, middle:], inside[:, :middle]):
        runs = _runs((part > 90).sum(axis=1) > 0, join=max(2, height // 40))
        cut = min((end for _, end in runs[:-1]), key=lambda end: abs(end - height / 2), default=height // 2)
        cells += [part[:cut], part[cut:]] if part.size else []
    side = 48
    squares = [cv2.resize(cell, (side, side), interpolation=cv2.INTER_AREA) for cell in cells if cell.size]
    gap = np.zeros((side, 6), dtype=np.uint8)
    return np.hstack([piece for square in squares for piece in (gap, square)] + [gap])


def _level(ink: Map) -> Map:
    """Ink stretched so that a full stroke is 255, however faint the stamp."""
    strong = ink[ink > 20]
    full = float(np.percentile(strong, 70)) if strong.size > 50 else 255.0
    return np.clip(ink.astype(np.float32) * (235.0 / max(full, 12.0)), 0, 255).astype(np.uint8)


def _page(strip: Map) -> Picture:
    """Ink as black on white, with a little paper around: what the recogniser is used to."""
    framed = cv2.copyMakeBorder(strip, 4, 4, FRAME, FRAME, cv2.BORDER_CONSTANT)
    return np.asarray(cv2.cvtColor(255 - framed, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def joined(parts: Sequence[str]) -> str | None:
    """Inner lines as one string; None where there are none."""
    return "".join(parts) or None
