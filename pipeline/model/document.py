"""Files, and pages as read."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from pipeline.model.evidence import Reading
from pipeline.model.geometry import BBox
from pipeline.model.record import Record
from pipeline.model.seal import SealMark, SignatureMark, SliceMark
from pipeline.model.text import CheckBox, Line, Table


class FileKind(StrEnum):
    """What a file is, by what stands in it."""

    STAMPED = "stamped"
    EDITABLE = "editable"
    EVIDENCE = "evidence"
    RECOMMENDATION = "recommendation"
    OTHER = "other"
    UNREADABLE = "unreadable"


class Format(StrEnum):
    """A file's format, by its bytes."""

    PDF = "pdf"
    IMAGE = "image"
    WORD = "word"
    LEGACY_WORD = "legacy_word"
    SPREADSHEET = "spreadsheet"
    OFD = "ofd"
    ARCHIVE = "archive"
    TEXT = "text"
    UNKNOWN = "unknown"


class Section(StrEnum):
    """What a page belongs to."""

    COVER = "cover"
    INSTRUCTIONS = "instructions"
    FORM = "form"
    INDICATORS = "indicators"
    TASKBOOK = "taskbook"
    EVIDENCE = "evidence"
    COMMITMENT = "commitment"
    RECOMMENDATION = "recommendation"
    BLANK = "blank"
    OTHER = "other"


class PageSource(StrEnum):
    """Where a page's text comes from."""

    TEXT = "text"
    OCR = "ocr"


class SourceFile(Record):
    """A file of a package: `path` inside the package, `location` on disk (unpacked beside the inbox if archived).

    Where a file lies is known to the run that found it alone: it is kept in no record, and nothing rests on it.
    `problem` is one Chinese sentence why it could not be read, else empty.
    """

    path: str
    sha256: str
    size: int
    format: Format
    location: str = Field(default="", exclude=True)
    problem: str = ""
    media: bool = False
    """A PDF or picture that has pages."""


class PageReading(Record):
    """All that was read off one page's picture or text layer; what is stored by (file hash, page, versions, settings).

    `width`, `height` are pixels of the upright stored page (`dpi` says at what rendering); `rotation` the degrees
    clockwise that turned the scan upright. `lines` are in reading order. `colourless` = no coloured ink stands
    on it, so that it may be a grey scan; `grey` = its file stores no colour, so that it is one;
    `tinted` = its pixels are not all neutral, as those of a colour scan of black print.
    `born_digital` = its text comes from the file, and no scanned picture covers it.
    """

    page: int
    rotation: int
    width: int
    height: int
    dpi: float | None
    source: PageSource
    blank: bool = False
    unreadable: str = ""
    colourless: bool = False
    grey: bool = False
    tinted: bool = False
    photographed: bool = False
    frame: tuple[float, ...] = ()
    """Homography from the working picture (flattened, straight) to the stored upright page, pixels, row by row."""
    working_size: tuple[int, int] = (0, 0)
    """Width and height of the working picture in pixels."""
    pixels_per_mm: float | None = None
    """Scale of the working picture."""
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    open_tables: tuple[Table, ...] = ()
    """Tables without a full grid of rulings: their columns are told by the white between them."""
    levels: tuple[float, ...] = ()
    """Heights on the working picture, in fractions of it, of rulings across all of the text that are no grid's."""
    boxes: tuple[CheckBox, ...] = ()
    seals: tuple[SealMark, ...] = ()
    slices: tuple[SliceMark, ...] = ()
    signatures: tuple[SignatureMark, ...] = ()
    personal: tuple[BBox, ...] = ()
    """Where identity card numbers stand; their characters are masked in the lines."""


class Page(Record):
    """A page of a package: its file, its reading, and the section it was found to be."""

    file: str
    sha256: str
    reading: PageReading
    section: Section = Section.OTHER
    printed: Reading | None = None
    """The number printed in its margin, as read."""

    @property
    def page(self) -> int:
        """Its number in its file, from 1."""
        return self.reading.page
