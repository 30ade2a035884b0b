"""Words and numbers that a narrow cell breaks over two lines: nothing stands between their parts."""

from __future__ import annotations

import re

from pipeline.model.geometry import BBox
from pipeline.model.text import Line
from pipeline.values import is_wide

NARROW = 0.55
"""Width of a Latin letter or digit, in Chinese characters."""
ROOM = 1.5
"""Chinese characters' widths that a line so broken leaves free of its cell at most: its margins and less than a letter.
Of 22 words and numbers broken in drawn cells 0 to 1.46."""
BROKEN = re.compile(r"[A-Za-z][A-Za-z0-9]|[0-9][0-9a-z.%]|\.[0-9]")
"""A line's last character and the next one's first, within a word or number; a capital behind a digit begins one."""


def breaks_a_word(line: Line, following: Line, cell: BBox) -> bool:
    """Whether a line of a cell ends for want of room within a word or number that the following one goes on with."""
    if not line.text or not following.text or not BROKEN.fullmatch(line.text[-1] + following.text[0]):
        return False
    character = line.bbox.width / sum(1.0 if is_wide(char) else NARROW for char in line.text)
    return cell.width - line.bbox.width < ROOM * character
