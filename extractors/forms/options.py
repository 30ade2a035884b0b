"""Where the words of options stand in lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model.text import Line

TICK_GLYPHS = frozenset("□☐☑☒⊠■▣√✓✔✗×口囗回区図图凶日目冈网因困囚図XxVv●○◯◎Rr〇")
"""What readers make of a tick box, ticked or not."""
DIRECTION = re.compile(r"方\s*向\s*([0-9０-９]{1,2})\s*[:：]")


YES_AND_NO = frozenset("是否")
CLOSING = frozenset("）)：:。，,、；;")
"""Signs that end the option before; what else is neither letter nor digit is part of a mark: [√], 【 】, ☒."""


def is_mark(char: str) -> bool:
    """Whether a character before an option's word may be its tick box, or a part of it, or a blank."""
    return char in TICK_GLYPHS or not (char.isalnum() or char in CLOSING)


def is_direction(text: str) -> bool:
    """Whether an option's word is a direction's."""
    return DIRECTION.match(text) is not None


def is_misread_box(char: str) -> bool:
    """Whether a character before 是 or 否, on a line that holds nothing but them and boxes, is a box misread."""
    return char not in YES_AND_NO


def _only_yes_and_no(text: str) -> bool:
    """Whether a line holds nothing but them and boxes, which may have been read as a letter before their word each."""
    before = ""
    for char, after in zip(text, text[1:] + " ", strict=True):
        letter = char.isalnum() and char not in TICK_GLYPHS and char not in YES_AND_NO
        if letter and (after not in YES_AND_NO or (before.isalnum() and before not in YES_AND_NO)):
            return False
        before = char
    return True


def option_spans(line: Line, options: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """(option, start, end) in the line's characters.

    是 and 否 count only on a line that holds nothing but them and boxes; directions are called `方向N`, and their names
    hold no options.
    """
    text = line.text
    directions = list(DIRECTION.finditer(text))
    for match in directions:
        yield f"方向{int(match.group(1))}", match.start(), match.end()
    if directions:
        return
    for option in options:
        if len(option) == 1 and not _only_yes_and_no(text):
            continue
        for match in re.finditer(r"\s*".join(map(re.escape, option)), text):
            yield option, match.start(), match.end()
