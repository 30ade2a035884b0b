"""Where a signature belongs: behind its label, between the lines above and below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.geometry import BBox
from pipeline.model.seal import Shape
from pipeline.model.text import Line
from pipeline.values import fold

REACH_MM = (8.0, 85.0, 10.0, 9.0)
"""Left of the label's end, right of it, above and below the label's middle: a signature is up to 15 mm high."""
SIGN_WORDS = ("签字", "签名", "签章")
A_FEW = 8
"""Characters of a line that says no more than （签字）."""
A_LABEL = 3
"""Characters before the label's end that make sure that a line is the label, not running text about it."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A place for a signature: its label's line, the box to look at, and the printed words in it (fractions)."""

    label: Line
    bbox: BBox
    print_: tuple[BBox, ...]


def find_zone(lines: Sequence[Line], label: str, size_mm: tuple[float, float]) -> Zone | None:
    """The zone of a label on a page of the given size in mm; None where the label does not stand on it."""
    width, height = size_mm
    found = _label_line(lines, label) or _beside_sign_words(lines, label, width / height)
    if found is None:
        return None
    line, share = found
    x = line.bbox.x0 + share * line.bbox.width
    y = (line.bbox.y0 + line.bbox.y1) / 2
    left, right, up, down = REACH_MM
    box = BBox(max(0.0, x - left / width), max(0.0, y - up / height), min(1.0, x + right / width),
               min(1.0, y + down / height))  # fmt: skip
    return Zone(line, box, tuple(_printed(lines, box, label, line)))


def _label_line(lines: Sequence[Line], label: str) -> tuple[Line, float] | None:
    """The line that holds the label and where in it (0-1) the label ends; the lowest one, if there are several."""
    wanted = fold(label)
    hits = []
    for line in lines:
        text = fold(line.text)
        at = text.find(wanted)
        if 0 <= at <= A_LABEL and len(text) <= len(wanted) + 16:
            hits.append((line, _share(line, wanted, text, at)))
    return max(hits, key=lambda hit: hit[0].bbox.y0, default=None)


def _beside_sign_words(lines: Sequence[Line], label: str, aspect: float) -> tuple[Line, float] | None:
    """Where the label must stand when the signature hides it: on the line of （签字）, from the left margin.

    Letters are as wide as the line is high; `aspect` is the page's width through its height.
    """
    words = [line for line in lines if len(line.text) <= A_FEW and any(word in line.text for word in SIGN_WORDS)]
    if not words:
        return None
    words_line = max(words, key=lambda line: line.bbox.y0)
    box = words_line.bbox
    margin = min((line.bbox.x0 for line in lines if line.bbox.y0 < box.y0 and len(line.text) > A_FEW), default=box.x0)
    end = margin + (len(label) + 1) * box.height / aspect
    if end >= box.x0:
        return None
    return Line(text=f"{label}：", confidence=0.0, bbox=BBox(margin, box.y0, end, box.y1)), 1.0


def _share(line: Line, wanted: str, text: str, at: int) -> float:
    """Where the label ends in the line: by its characters' boxes, else in proportion."""
    count = sum(1 for _ in wanted)
    boxed = [char for char in line.chars if char.bbox is not None]
    if len(boxed) == len(line.text) and boxed and at == 0 and line.bbox.width > 0:
        box = boxed[min(count, len(boxed)) - 1].bbox
        if box is not None:
            return min(1.0, (box.x1 - line.bbox.x0) / line.bbox.width)
    return min(1.0, (at + count) / max(len(text), 1))


def _printed(lines: Sequence[Line], box: BBox, label: str, label_line: Line) -> list[BBox]:
    """Boxes of printed words in the zone: the label, 签字 in brackets, and other lines that are sure print."""
    printed = []
    for line in lines:
        if line.bbox.intersection(box).area <= 0 or line.bbox.x1 < box.x0 or line.bbox.y1 < box.y0:
            continue
        if line.bbox.x0 > box.x1 or line.bbox.y0 > box.y1:
            continue
        printed += _words(line, label, label_line)
    return printed


def _words(line: Line, label: str, label_line: Line) -> list[BBox]:
    """The printed parts of a line: all of it, if it is another printed line; of the label's line its own words.

    Of a label in two pieces the second may go on with the name as it was signed, however surely read (人：汪宇航（).
    """
    text, place = fold(line.text), label_line.bbox
    goes_on = place.y0 <= line.bbox.center[1] <= place.y1 and place.x0 < line.bbox.x0 < place.x1
    if fold(label) not in text and not goes_on and not any(word in text for word in SIGN_WORDS):
        return [line.bbox] if _is_print(line) else []
    boxed = [char for char in line.chars if char.bbox is not None]
    if len(boxed) != len(line.chars) or not boxed:
        return [line.bbox]
    own = set(label) | set("".join(SIGN_WORDS)) | set("()（）：:")
    return [char.bbox for char in boxed if char.text in own and char.bbox is not None]


SURE_PRINT = 0.9
"""Print reads like this; handwriting that reads at all reads worse."""
PRINTED_LENGTH = 4
"""Letters of the shortest line that print is told by: 公司（企业盖章）, 联系电话, 二〇二一年; 汪宇航（ has three."""


def _is_print(line: Line) -> bool:
    return sum(char.isalnum() for char in line.text) >= PRINTED_LENGTH and line.confidence >= SURE_PRINT


def chop_in(zone: Zone, seals: Sequence[tuple[Shape, BBox]]) -> bool:
    """Whether a name chop stands in the zone."""
    return any(shape is Shape.RECTANGLE and zone.bbox.contains(*box.center) for shape, box in seals)
