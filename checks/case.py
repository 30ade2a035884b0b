"""What rules see: a package with its filing and delivery, a delivery with its packages, the whole run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from checks.medium import DOCUMENT, PAPER, Medium
from pipeline.model.application import Application, Mention
from pipeline.model.care import WithheldFile
from pipeline.model.document import FileKind, Format, Page, Section
from pipeline.model.evidence import Place, Reading
from pipeline.model.geometry import BBox
from pipeline.model.package import Delivery, FileRecord, Package
from pipeline.model.record import Record
from pipeline.model.seal import Ink
from pipeline.notices.profile import FieldSpec, Profile

WHOLE_PAGE = BBox(0.0, 0.0, 1.0, 1.0)
NAMES = ("applicant", "product", "leader_name", "contact_name", "legal_representative", "partners")
"""Keys whose values make a difference in running text grave."""
PROMISED = "commitment_"
"""How the keys of the commitment's blanks begin."""
DOCUMENT_FORMATS = (Format.WORD, Format.LEGACY_WORD, Format.TEXT, Format.UNKNOWN, Format.ARCHIVE)
"""Formats an editable copy may have; an archive or unknown file may hold one."""


@dataclass(frozen=True)
class Case:
    """A package, the online filing it was matched with, the delivery it came in, and the notice."""

    package: Package
    profile: Profile
    online: Application | None = None
    delivery: Delivery | None = None
    holder: str = ""
    """The package of the same application that has their one filing, where this package is a copy of it."""
    paperless: bool = False
    """What stands for the paper is a document without pages, not printed yet; see `checks.paperless`."""

    @property
    def medium(self) -> Medium:
        """What the judged copy is called."""
        return DOCUMENT if self.paperless else PAPER

    @property
    def identity(self) -> str:
        """The package's identity."""
        return self.package.identity

    @property
    def withheld(self) -> tuple[WithheldFile, ...]:
        """Files with a secrecy mark, which stop the package."""
        return self.package.withheld

    @property
    def paper(self) -> Application | None:
        """The stamped copy as read."""
        return self.package.paper

    @cached_property
    def editable(self) -> Application | None:
        """The editable copy that holds most of the form."""
        return max(self.package.editable, key=lambda copy: len(copy.fields), default=None)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of units, people and products that any witness gives."""
        witnesses = [each for each in (self.paper, self.editable, self.online) if each is not None]
        return tuple(sorted({name for each in witnesses for key in NAMES if len(name := each.text(key)) > 1}))

    @cached_property
    def sections(self) -> frozenset[Section]:
        """The sections that some page belongs to; of a document without pages, those that something was read of."""
        if self.paperless:
            return _sections_written(self.paper) if self.paper else frozenset()
        return frozenset(page.section for page in self.package.pages)

    @cached_property
    def unread_pages(self) -> tuple[Page, ...]:
        """Pages that could not be read."""
        return tuple(page for page in self.package.pages if page.reading.unreadable)

    @cached_property
    def unread_files(self) -> tuple[FileRecord, ...]:
        """Files that could not be read."""
        return tuple(file for file in self.package.files if file.kind == FileKind.UNREADABLE or file.source.problem)

    @property
    def may_hide_pages(self) -> bool:
        """Whether something that is not found may stand where nothing could be read."""
        hidden = any(file.source.format != Format.WORD for file in self.unread_files)
        return bool(self.unread_pages) or hidden

    @property
    def may_hide_document(self) -> bool:
        """Whether an editable copy may be among the files that could not be read."""
        return any(file.source.format in DOCUMENT_FORMATS for file in self.unread_files)

    @property
    def stamped(self) -> tuple[FileRecord, ...]:
        """The scans."""
        return tuple(file for file in self.package.files if file.kind == FileKind.STAMPED)

    def pages_of(self, section: Section) -> tuple[Page, ...]:
        """The pages of a section."""
        return tuple(page for page in self.package.pages if page.section is section)

    def read(self, key: str) -> Reading | None:
        """The paper's reading of a key."""
        return self.paper.get(key) if self.paper else None

    def mentions(self, key: str) -> Iterator[Mention]:
        """Every other place on paper where a key stands."""
        return (mention for mention in (self.paper.mentions if self.paper else ()) if mention.key == key)

    def spec(self, key: str) -> FieldSpec | None:
        """The form's box of a key."""
        return self.profile.field(key)


def _sections_written(document: Application) -> frozenset[Section]:
    """The sections that a document's values stand in; its cover is known by lines that each has another home."""
    promised = any(field.key.startswith(PROMISED) for field in document.fields)
    there = {
        Section.FORM: bool(document.fields),
        Section.INDICATORS: bool(document.indicators),
        Section.TASKBOOK: bool(document.taskbooks),
        Section.COMMITMENT: promised,
    }
    return frozenset(section for section, is_there in there.items() if is_there)


def place_of(page: Page) -> Place:
    """A whole page as a place."""
    return Place(file=page.file, page=page.page, bbox=WHOLE_PAGE)


class PackageSummary(Record):
    """What delivery and run rules need of a package: paper where read, else the filing."""

    identity: str
    delivery: str
    applicant: str = ""
    uscc: str = ""
    product: str = ""
    directions: tuple[int, ...] = ()
    filed_applicant: str = ""
    filed_uscc: str = ""
    recommender: str = ""
    product_summary: str = ""
    online_no: str | None = None
    stamped: tuple[str, ...] = ()
    """SHA-256 of its scans, in order of digest."""
    coloured: bool = False
    """Whether its scans show seals in colour."""
    readings: tuple[tuple[str, Reading], ...] = ()
    """The paper's readings of what a recommendation row repeats."""

    def reading(self, key: str) -> Reading | None:
        """The paper's reading of a key."""
        return next((reading for name, reading in self.readings if name == key), None)


ROW_KEYS = ("applicant", "product", "directions", "contact_name", "contact_mobile", "leader_name", "leader_mobile")
"""Keys a recommendation row repeats; its contact may be the leader or the contact."""


def summarise(case: Case) -> PackageSummary:
    """The slim summary of a package for the rules of its delivery and of the run."""
    paper, online = case.paper, case.online

    def text(key: str) -> str:
        return (paper.text(key) if paper else "") or (online.text(key) if online else "")

    directions = next((value for app in (paper, online) if app and (value := _numbers(app.get("directions")))), ())
    return PackageSummary(
        identity=case.identity,
        delivery=case.package.delivery,
        applicant=text("applicant"),
        uscc=text("uscc"),
        product=text("product"),
        directions=directions,
        filed_applicant=online.text("applicant") if online else "",
        filed_uscc=online.text("uscc") if online else "",
        recommender=text("recommender") or case.package.recommender,
        product_summary=text("product_summary"),
        online_no=online.number if online else None,
        stamped=tuple(sorted({file.source.sha256 for file in case.stamped})),
        coloured=any(seal.mark.colour is not Ink.BLACK for seal in case.package.seals),
        readings=tuple((key, reading) for key in ROW_KEYS if (reading := case.read(key)) is not None),
    )


def _numbers(reading: Reading | None) -> tuple[int, ...]:
    return reading.value if reading and isinstance(reading.value, tuple) else ()


@dataclass(frozen=True, slots=True)
class DeliveryCase:
    """A delivery with summaries of its packages."""

    delivery: Delivery
    profile: Profile
    packages: Sequence[PackageSummary] = ()

    @property
    def identity(self) -> str:
        """The delivery's name."""
        return self.delivery.name

    @property
    def withheld(self) -> tuple[WithheldFile, ...]:
        """Its own files with a secrecy mark."""
        return self.delivery.withheld


@dataclass(frozen=True, slots=True)
class RunCase:
    """All packages, the filings that found no package, and the earlier winners (None: no list was given)."""

    profile: Profile
    packages: Sequence[PackageSummary] = ()
    unmatched: Sequence[Application] = ()
    deliveries: Sequence[Delivery] = ()
    winners: Sequence[tuple[str, str]] | None = None
    """(unit, product) of earlier winners."""

    @property
    def identity(self) -> str:
        """The run has no name of its own."""
        return ""
