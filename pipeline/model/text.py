"""Lines of text and tables as read off one page."""

from __future__ import annotations

from enum import StrEnum

from pipeline.model.evidence import Char
from pipeline.model.geometry import BBox
from pipeline.model.record import Record


class Layer(StrEnum):
    """Which ink a reader was shown: the page as it is, or with one colour or a black seal out."""

    FULL = "full"
    WITHOUT_RED = "without_red"
    WITHOUT_BLUE = "without_blue"
    WITHOUT_SEAL = "without_seal"
    TEXT = "text"


class Line(Record):
    """One line of text, left to right; `chars` spell `text` (empty for a born-digital text layer).

    `straight` is where it stands on the working picture (upright, flattened, straight), in fractions of that: on a
    photographed sheet a long line's `bbox` is as high as several lines. None: the page lies straight as it is.
    """

    text: str
    confidence: float
    bbox: BBox
    straight: BBox | None = None
    layer: Layer = Layer.FULL
    chars: tuple[Char, ...] = ()
    others: tuple[Line, ...] = ()
    """What other ink layers gave for the same place, where they differed."""

    @property
    def row(self) -> BBox:
        """The box by which lines are put in rows and order."""
        return self.straight or self.bbox


class CheckBox(Record):
    """The place for a tick before an option's word; `ticked` None = the ink in it does not decide."""

    option: str
    bbox: BBox
    label: BBox
    """Where the option's word stands."""
    fill: float
    """Ink inside the box as a share of its inside; for a mark without a box, of a box of that height."""
    ticked: bool | None
    boxed: bool = False
    """Whether a printed box with nothing in it stands there."""


class TableCell(Record):
    """A cell of a ruled table: its place in the grid, its box, the lines in it in reading order."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    bbox: BBox
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """The lines' texts joined by line breaks."""
        return "\n".join(line.text for line in self.lines)


class Table(Record):
    """A ruled table."""

    bbox: BBox
    rows: int
    columns: int
    cells: tuple[TableCell, ...]
