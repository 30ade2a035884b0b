"""Where tables with few rulings stand: between rulings of one length, as in a three-line table, or in a frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2

from extractors.imaging.frame import PageFrame
from extractors.tables.cells import Grid
from extractors.tables.gaps import Region, table_of
from extractors.tables.rulings import Mask, pieces_of
from pipeline.model.geometry import BBox, union
from pipeline.model.text import Line, Table

LEAST_LENGTH_IN_CHARACTERS = 8.0
"""A shorter ruling is under a blank or a head, not across a table."""
SAME_ENDS_IN_CHARACTERS = 1.5
"""Rulings of one table end this close below each other."""
THREE_LINES = 3
"""Rulings of a table that has no others: above and below the head, and below the last row."""
MOST_RULES = 6
"""Of a table that is one of several of one width; all rulings of the page together may be one table's, too."""
CENTRED_IN_CHARACTERS = 1.0
"""What stands alone between two rulings, this near to their middle, is the next table's caption,"""
CAPTION_WIDTH = 0.5
"""and so is what is this wide, as a share of the rulings."""
FRAMED = 0.9
"""Least share of a frame's height that its sides run."""
ACROSS = 0.9
"""Least share of all lines' width that a ruling runs which parts rows: one to write on begins behind its label."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal ruling in pixels of the working picture."""

    left: int
    right: int
    y: int


def find_open_tables(
    rules: Sequence[Rule], vertical: Mask, lines: Sequence[Line], character_height: float, frame: PageFrame
) -> tuple[Table, ...]:
    """Tables outside all full grids, from the top of the page down.

    Args:
        rules: Horizontal rulings outside the grids (`rules_outside`).
        vertical: The mask of vertical ones.
        lines: Of the page.
        character_height: In pixels of the working picture, as rulings are.
        frame: The page's.
    """
    found: list[Table] = []
    for stack in _stacks(rules, character_height):
        if len(stack) >= THREE_LINES:
            found.extend(_between(stack, lines, character_height, frame))
        elif len(stack) == 2 and _framed(vertical, stack, character_height):
            found.extend(_table(stack, lines, character_height, frame))
    return tuple(sorted(found, key=lambda table: table.bbox.y0))


def levels_across(rules: Sequence[Rule], lines: Sequence[Line], frame: PageFrame) -> tuple[float, ...]:
    """Heights (fractions of the working picture) of those rulings outside all grids that run across all of the text."""
    if not lines:
        return ()
    width, height = frame.working_size
    text = union(line.row for line in lines)
    across = (rule for rule in rules if rule.right - rule.left >= ACROSS * text.width * width)
    return tuple(rule.y / height for rule in across)


def rules_outside(horizontal: Mask, grids: Sequence[Grid], character_height: float) -> list[Rule]:
    """Long horizontal rulings that belong to no grid, from the top down; all in pixels of the working picture."""
    count, _, stats = pieces_of(horizontal)
    rules = [
        Rule(int(x), int(x + width), int(y + height // 2))
        for x, y, width, height, _ in stats[1:count]
        if width >= LEAST_LENGTH_IN_CHARACTERS * character_height
    ]
    free = [rule for rule in rules if not any(_belongs(rule, grid, character_height) for grid in grids)]
    return sorted(free, key=lambda rule: rule.y)


def _belongs(rule: Rule, grid: Grid, character_height: float) -> bool:
    x0, y0, x1, y1 = grid.box
    return y0 - character_height <= rule.y <= y1 + character_height and rule.left < x1 and rule.right > x0


def _stacks(rules: Sequence[Rule], character_height: float) -> list[list[Rule]]:
    """Rulings that begin and end below each other."""
    reach = SAME_ENDS_IN_CHARACTERS * character_height
    stacks: list[list[Rule]] = []
    for rule in rules:
        own = (s for s in stacks if abs(s[-1].left - rule.left) <= reach and abs(s[-1].right - rule.right) <= reach)
        stack = next(own, None)
        if stack is None:
            stacks.append([rule])
        else:
            stack.append(rule)
    return stacks


def _between(
    stack: Sequence[Rule], lines: Sequence[Line], character_height: float, frame: PageFrame
) -> Iterator[Table]:
    """Tables between rulings of one length, the longest first: several such tables may stand on a page."""
    start = 0
    while len(stack) - start >= THREE_LINES:
        most = min(start + MOST_RULES, len(stack))
        ends = sorted({len(stack), *range(start + THREE_LINES, most + 1)}, reverse=True)
        tables = ((end, table) for end in ends for table in _table(stack[start:end], lines, character_height, frame))
        end, table = next(tables, (start + 1, None))
        if table is not None:
            yield table
        start = end


def _table(stack: Sequence[Rule], lines: Sequence[Line], character_height: float, frame: PageFrame) -> Iterator[Table]:
    width, height = frame.working_size
    left, right = min(rule.left for rule in stack) / width, max(rule.right for rule in stack) / width
    levels = tuple(rule.y / height for rule in stack)
    region = Region(BBox(left, levels[0], right, levels[-1]), character_height / width, levels)
    if any(_is_caption(band, region) for band in _lower_bands(lines, region)):
        return
    table = table_of(region, lines)
    if table is not None:
        yield table


def _lower_bands(lines: Sequence[Line], region: Region) -> Iterator[list[Line]]:
    """What stands between each two rulings below the first two, which have the head between them."""
    for above, below in pairwise(region.levels[1:]):
        yield [line for line in lines if above <= line.row.center[1] <= below and region.holds(line)]


def _is_caption(band: Sequence[Line], region: Region) -> bool:
    if len(band) != 1:
        return False
    own, box = band[0].row, region.box
    centred = abs(own.center[0] - box.center[0]) <= CENTRED_IN_CHARACTERS * region.character
    return centred or own.width >= CAPTION_WIDTH * box.width


def _framed(vertical: Mask, stack: Sequence[Rule], character_height: float) -> bool:
    """Whether rulings run down at both ends of two horizontal ones."""
    top, bottom, reach = stack[0].y, stack[-1].y, round(SAME_ENDS_IN_CHARACTERS * character_height)
    sides = (vertical[top:bottom, max(0, x - reach) : x + reach + 1] for x in (stack[0].left, stack[0].right))
    return all(cv2.countNonZero(side.max(axis=1)) >= FRAMED * (bottom - top) for side in sides)
