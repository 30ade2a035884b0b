"""Seals, slices of seam stamps, signatures: first as marks on one page, then as what they mean for the package."""

from __future__ import annotations

from enum import StrEnum

from pipeline.model.evidence import Char, Place
from pipeline.model.geometry import BBox
from pipeline.model.record import Record


class Shape(StrEnum):
    """The outline of a seal."""

    ROUND = "round"
    OVAL = "oval"
    RECTANGLE = "rectangle"


class Purpose(StrEnum):
    """What a seal may be used for."""

    OFFICIAL = "official"
    CONTRACT = "contract"
    FINANCE = "finance"
    INVOICE = "invoice"
    DEPARTMENT = "department"
    BRANCH = "branch"
    PERSONAL = "personal"
    OTHER = "other"


class Ink(StrEnum):
    """The colour a seal has on the scan."""

    RED = "red"
    BLUE = "blue"
    BLACK = "black"


class Side(StrEnum):
    """An edge of the upright page."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


class SealMark(Record):
    """A seal as found on one page. `confidence` that it is a seal; `text_confidence` of its owner's name."""

    bbox: BBox
    shape: Shape
    diameter_mm: float | None
    colour: Ink
    confidence: float
    text: str = ""
    text_confidence: float = 0.0
    chars: tuple[Char, ...] = ()
    """A Char for every character of `text`."""
    lost: bool = False
    """Whether a letter stands in the ring that could not be read."""
    hidden: int = 0
    """How many of the letters not read stand under print, on a copy where nothing tells print from seal."""
    inner: str | None = None
    inner_unsure: bool = False
    """Whether ink stands inside the ring as a line does, and was not surely read: it may say what the seal is for."""
    serial: str | None = None
    purpose: Purpose = Purpose.OFFICIAL
    fingerprint: str = ""
    """Hash of the impression's pixels after alignment: two that are equal were pasted, not stamped (S162)."""

    @property
    def certainty(self) -> float:
        """How sure what is told of it is: that it is a seal and, where a name was read, every letter of that."""
        return min(self.confidence, self.text_confidence) if self.text else self.confidence


class SliceMark(Record):
    """A sliver of a seam stamp along an edge; lengths in mm.

    `straight` is its ink's box on the working picture (upright, flattened, straight), in fractions of that: sheets lie
    askew, and a slice is narrower than its askew box.
    """

    side: Side
    bbox: BBox
    straight: BBox
    colour: Ink
    width_mm: float | None
    confidence: float


class SignatureMark(Record):
    """Handwriting found on a page."""

    bbox: BBox
    confidence: float


class Likeness(Record):
    """Another seal, and how far each letter of its name agrees, as a picture (correlation), with a seal in doubt."""

    place: Place
    letters: tuple[float, ...]


class Seal(Record):
    """A seal placed: which required place it answers (`cover.applicant`, `commitment`, ... or None)."""

    mark: SealMark
    file: str
    page: int
    place: str | None = None
    owner: str = ""
    """The unit named on the paper whose seal it is, as far as its letters could be read; "" where none is."""
    resembles: str = ""
    """The fingerprint of a seal on another page that may be the same picture, and may not; "" where none is."""
    like: tuple[Likeness, ...] = ()
    """Other seals of the package that it may be a further impression of, where its own name is in doubt."""

    @property
    def on_page(self) -> Place:
        """Where it is."""
        return Place(file=self.file, page=self.page, bbox=self.mark.bbox)

    @property
    def name(self) -> str:
        """Whose it is: the unit it was found to be of, else what was read off it."""
        return self.owner or self.mark.text


class SeamState(StrEnum):
    """Whether a seam stamp runs through its sheets."""

    WHOLE = "whole"
    BROKEN = "broken"
    ABSENT = "absent"
    UNDECIDED = "undecided"


class PageRef(Record):
    """A page of a file."""

    file: str
    page: int


class Alike(Record):
    """A whole seal that a joined seam was compared with: how far their letters agree as pictures (correlation).

    `mean` over all letters; `pieces` one by one around the joined ring, from its top on clockwise, each as broad as a
    letter, None where there is none to compare. `unseen` of the seal's lettered pieces lie on no slice.
    """

    place: Place
    mean: float
    pieces: tuple[float | None, ...] = ()
    unseen: int = 0


class Seam(Record):
    """One seam impression over a group of sheets. `picture` is the key of the joined picture among the artefacts."""

    state: SeamState
    pages: tuple[PageRef, ...]
    missing: tuple[PageRef, ...] = ()
    slices: tuple[Place, ...] = ()
    text: str = ""
    text_confidence: float = 0.0
    chars: tuple[Char, ...] = ()
    lost: bool = False
    """Whether a letter of the joined ring could not be read, as the cuts do."""
    diameter_mm: float | None = None
    alike: tuple[Alike, ...] = ()
    """The copy's whole seals of this size and colour, and how like them the joined seal is."""
    discontinuous: tuple[PageRef, ...] = ()
    """Sheets whose slice does not continue its neighbours'."""
    unplaced: tuple[PageRef, ...] = ()
    """Sheets with a slice of which that can't be told: no circle fits the slices, or too little of this one is left."""
    picture: str | None = None
    reason: str = ""

    @property
    def over_files(self) -> bool:
        """Whether its sheets lie in several files, so that a page's number does not say which sheet."""
        return len({page.file for page in self.pages}) > 1


class Signature(Record):
    """Whether a role has signed; None = can't be told."""

    role: str
    present: bool | None
    place: Place | None = None
    reason: str = ""


class DigitalSignature(Record):
    """A signature in a PDF's own data. `intact` = the file is as it was signed; None = could not be checked."""

    file: str
    signer: str = ""
    signed_at: str = ""
    intact: bool | None = None
    reason: str = ""
