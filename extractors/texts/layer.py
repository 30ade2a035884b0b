"""The text layer of a born-digital page as lines."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox, union
from pipeline.model.text import Layer, Line

WIDE_GAP = 1.2
"""Words further apart than this many line heights are two lines (two cells)."""


def lines_of_words(words: Sequence[tuple[str, BBox]], aspect: float) -> tuple[Line, ...]:
    """Words (text, box in fractions) joined into lines; `aspect` is the page's height over its width."""
    lines: list[list[tuple[str, BBox]]] = []
    for text, box in sorted(words, key=lambda word: (round(word[1].center[1], 3), word[1].x0)):
        home = next((line for line in lines if _continues(line[-1][1], box, aspect)), None)
        if home is None:
            lines.append([(text, box)])
        else:
            home.append((text, box))
    return tuple(_line(line, aspect) for line in lines)


def _continues(last: BBox, box: BBox, aspect: float) -> bool:
    height = min(last.height, box.height)
    same_row = abs(last.center[1] - box.center[1]) < 0.5 * height
    return same_row and -0.5 * height * aspect <= box.x0 - last.x1 < WIDE_GAP * height * aspect


def _line(words: Sequence[tuple[str, BBox]], aspect: float) -> Line:
    chars: list[Char] = []
    last: BBox | None = None
    for text, box in words:
        if last is not None and box.x0 - last.x1 > 0.15 * box.height * aspect:
            chars.append(Char(text=" ", confidence=1.0))
        step = box.width / max(1, len(text))
        chars.extend(
            Char(
                text=char,
                confidence=1.0,
                bbox=BBox(box.x0 + step * index, box.y0, box.x0 + step * (index + 1), box.y1),
            )
            for index, char in enumerate(text)
        )
        last = box
    return Line(
        text="".join(char.text for char in chars),
        confidence=1.0,
        bbox=union(box for _, box in words),
        layer=Layer.TEXT,
        chars=tuple(chars),
    )
