"""Text with its evidence: a string whose every character knows where it stands and how sure its reader was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.forms.broken_words import breaks_a_word
from pipeline.model.evidence import Cell, Char, Place, Reading, Source, Value, Variant
from pipeline.model.geometry import BBox, union
from pipeline.model.text import Layer, Line

BREAK = Char(text="\n", confidence=1.0)
HALF_A_CHARACTER = 0.5
BORDERS = "|｜¦"
"""What a reader makes of a cell's border at a line's end: no value begins or ends with one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a character stands: the place of its line, and the line's other readings."""

    place: Place
    line: Line


@dataclass(frozen=True, slots=True)
class Flow:
    """`text[i]` is `chars[i]`, standing at `marks[i]` (None for line breaks and for editable text)."""

    text: str
    chars: tuple[Char, ...]
    marks: tuple[Mark | None, ...]
    source: Source = Source.PAPER
    cells: tuple[Cell, ...] = ()
    place: Place | None = None
    """Where an empty flow would stand: the box that holds it."""

    def __getitem__(self, span: slice) -> Flow:
        return Flow(self.text[span], self.chars[span], self.marks[span], self.source, self.cells, self.place)

    def __add__(self, other: Flow) -> Flow:
        if not self.text:
            return other if other.text else self
        if not other.text:
            return self
        return Flow(
            f"{self.text}\n{other.text}",
            (*self.chars, BREAK, *other.chars),
            (*self.marks, None, *other.marks),
            self.source,
            (*self.cells, *(cell for cell in other.cells if cell not in self.cells)),
            self.place,
        )

    def stripped(self, blanks: str = "") -> Flow:
        """Without white space (and `blanks`) at either end."""
        start, end = 0, len(self.text)
        while start < end and (self.text[start].isspace() or self.text[start] in blanks):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in blanks):
            end -= 1
        return self[start:end]

    @property
    def unbroken(self) -> str:
        """The text, words and numbers whole that the cell which holds it broke over two lines."""
        return "".join(char for at, char in enumerate(self.text) if char != "\n" or not self._is_within_a_word(at))

    def _is_within_a_word(self, at: int) -> bool:
        before, after = self.marks[max(at - 1, 0)], self.marks[min(at + 1, len(self.marks) - 1)]
        if before is None or after is None or self.place is None:
            return False
        return breaks_a_word(before.line, after.line, self.place.bbox)

    @property
    def places(self) -> tuple[Place, ...]:
        """One place a line, cut to the characters used; the holding box when there are none."""
        found: list[Place] = []
        start = 0
        for index in range(1, len(self.marks) + 1):
            if index == len(self.marks) or not _same_line(self.marks[index], self.marks[start]):
                mark = self.marks[start]
                if mark is not None:
                    found.append(_cut(mark, self.chars[start:index]))
                start = index
        return tuple(found) or ((self.place,) if self.place else ())

    def reading(self, value: Value) -> Reading:
        """The flow as a Reading of that normalised value."""
        from_pixels = any(mark is not None and mark.line.layer is not Layer.TEXT for mark in self.marks)
        lines = _lines(self.marks)
        return Reading(
            value=value,
            raw=self.text,
            confidence=min((char.confidence for char in self.chars if not char.text.isspace()), default=1.0),
            source=self.source,
            places=self.places,
            cells=self.cells,
            chars=self.chars if from_pixels else (),
            variants=tuple(
                Variant(reader="paddle", layer=reading.layer, text=reading.text, confidence=reading.confidence)
                for line in lines
                if line.others
                for reading in (line, *line.others)
            ),
        )


def flow_of_lines(lines: Sequence[Line], file: str, page: int, box: BBox | None = None) -> Flow:
    """Lines of a page joined by line breaks; `box` is the cell that holds them."""
    chars: list[Char] = []
    marks: list[Mark | None] = []
    for line in lines:
        if chars:
            chars.append(BREAK)
            marks.append(None)
        mark, read = Mark(Place(file=file, page=page, bbox=line.bbox), line), _without_borders(line.chars)
        chars.extend(read)
        marks.extend([mark] * len(read))
    holder = Place(file=file, page=page, bbox=box) if box else None
    return Flow("".join(char.text for char in chars), tuple(chars), tuple(marks), place=holder)


def _without_borders(chars: Sequence[Char]) -> Sequence[Char]:
    """A line's characters without a cell's borders, which are read as strokes at its ends."""
    kept = [at for at, char in enumerate(chars) if char.text not in BORDERS]
    return chars[kept[0] : kept[-1] + 1] if kept else chars


def flow_of_text(text: str, source: Source, cell: Cell | None = None) -> Flow:
    """Editable text, certain as it stands."""
    chars = tuple(Char(text=char, confidence=1.0) for char in text)
    return Flow(text, chars, (None,) * len(chars), source, (cell,) if cell else ())


def join(flows: Iterable[Flow]) -> Flow:
    """Flows one after another, a line break between."""
    whole = Flow("", (), ())
    for flow in flows:
        whole = whole + flow
    return whole


def _same_line(one: Mark | None, other: Mark | None) -> bool:
    if one is None or other is None or one is other:
        return one is other
    return one.place == other.place


def _lines(marks: Sequence[Mark | None]) -> list[Line]:
    lines: list[Line] = []
    for mark in marks:
        if mark is not None and (not lines or lines[-1] is not mark.line):
            lines.append(mark.line)
    return lines


def _cut(mark: Mark, chars: Sequence[Char]) -> Place:
    """The line's place, cut to the characters used, half a character's slack at either end."""
    line = mark.place.bbox
    boxes = [char.bbox for char in chars if char.bbox is not None]
    if len(chars) == len(mark.line.chars) or not boxes:
        return mark.place
    used = union(boxes)
    slack = HALF_A_CHARACTER * line.width / max(1, len(mark.line.chars))
    cut = BBox(max(line.x0, used.x0 - slack), line.y0, min(line.x1, used.x1 + slack), line.y1)
    return mark.place.model_copy(update={"bbox": cut})
