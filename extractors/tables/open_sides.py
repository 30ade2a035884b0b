"""Tables drawn without their left and right border: rows between rulings of one length, columns between inner ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

import cv2
import numpy as np

from extractors.tables.rulings import Mask, Rulings, pieces_of

LEAST_WIDTH_IN_CHARACTERS = 12.0
"""A shorter ruling is under a blank."""
SAME_END_IN_CHARACTERS = 0.8
"""Rulings of one table end this close below each other."""
LEAST_RULINGS = 3
THROUGH = 0.8
"""Share of the table's height that one of its inner rulings runs: its columns are ruled, and not its head's alone."""
BORDERED = 0.2
"""Share of its height from which what is ruled along its side is a border, worn or cut."""


@dataclass(frozen=True, slots=True)
class _Stack:
    """Horizontal rulings below each other, from end to end, in pixels."""

    left: int
    right: int
    levels: tuple[int, ...]

    @property
    def top(self) -> int:
        """The first ruling's height on the page."""
        return self.levels[0]

    @property
    def bottom(self) -> int:
        """The last one's."""
        return self.levels[-1]


def closed_at_sides(lines: Mask, rulings: Rulings, character_height: float) -> Mask:
    """The rulings (0 or 255), open sides of tables drawn in; `character_height` in pixels."""
    closed = lines.copy()
    for stack in _stacks(rulings.horizontal, character_height):
        for table in _tables(stack, rulings.vertical, character_height):
            for x in (table.left, table.right):
                if _ruled(rulings.vertical, x, table, character_height) < BORDERED:
                    cv2.line(closed, (x, table.top), (x, table.bottom), (255.0,), 3)
    return closed


def _stacks(horizontal: Mask, character_height: float) -> Sequence[_Stack]:
    """Rulings that begin and end below each other, from the top down."""
    reach = SAME_END_IN_CHARACTERS * character_height
    stacks: list[_Stack] = []
    for left, right, y in sorted(_runs(horizontal, character_height), key=lambda run: run[2]):
        own = next((s for s in stacks if abs(s.left - left) <= reach and abs(s.right - right) <= reach), None)
        if own is None:
            stacks.append(_Stack(left, right, (y,)))
        else:
            stacks.remove(own)
            stacks.append(_Stack(max(own.left, left), min(own.right, right), (*own.levels, y)))
    return stacks


def _tables(stack: _Stack, vertical: Mask, character_height: float) -> Sequence[_Stack]:
    """What of a stack has columns: all of it, or each of the tables of one width that lie below each other.

    Rulings above a table of its width are a page's head. A lone one below it closes a body without columns.
    """
    if len(stack.levels) >= LEAST_RULINGS and _has_columns(vertical, stack, character_height):
        return [stack]
    parts = [stack.levels[:1]]
    for above, below in pairwise(stack.levels):
        if _has_columns(vertical, replace(stack, levels=(above, below)), character_height):
            parts[-1] = (*parts[-1], below)
        else:
            parts.append((below,))
    return [
        replace(stack, levels=part)
        for part, after in zip_longest(parts, parts[1:])
        if len(part) >= LEAST_RULINGS and (after is None or len(after) > 1)
    ]


def _runs(horizontal: Mask, character_height: float) -> Iterator[tuple[int, int, int]]:
    """Left and right end, and height, of long horizontal rulings."""
    count, _, stats = pieces_of(horizontal)
    for x, y, width, height, _ in stats[1:count]:
        if width >= LEAST_WIDTH_IN_CHARACTERS * character_height:
            yield int(x), int(x + width - 1), int(y + height // 2)


def _has_columns(vertical: Mask, stack: _Stack, character_height: float) -> bool:
    """Whether a ruling runs down inside, from the first horizontal one to the last."""
    edge = round(character_height)
    inside = vertical[stack.top : stack.bottom + 1, stack.left + edge : max(stack.left + edge, stack.right - edge)]
    if inside.size == 0:
        return False
    near = cv2.dilate(inside, np.ones((1, 7), np.uint8)) > 0
    return bool(near.mean(axis=0).max() >= THROUGH)


def _ruled(vertical: Mask, x: int, stack: _Stack, character_height: float) -> float:
    """The share of the table's height along which something is ruled about a side."""
    reach = round(character_height)
    about = vertical[stack.top : stack.bottom + 1, max(0, x - reach) : x + reach + 1]
    return float((about > 0).any(axis=1).mean()) if about.size else 0.0
