"""A package (all files of one application and all that was read of them), a delivery, and what rules see of them."""

from __future__ import annotations

from pipeline.model.application import Application
from pipeline.model.care import ReleasedMark, WithheldFile
from pipeline.model.document import Page, SourceFile
from pipeline.model.evidence import Reading
from pipeline.model.finding import Fault, Finding, Outcome, Severity, Verdict
from pipeline.model.recommendation import Receipt, RecommendationRow
from pipeline.model.record import Record
from pipeline.model.seal import DigitalSignature, PageRef, Seal, Seam, Signature


class PackageFiles(Record):
    """A package as intake found it: identity and files (of every kind, unreadable ones with their problem)."""

    identity: str
    delivery: str
    files: tuple[SourceFile, ...] = ()


class DeliveryFiles(Record):
    """A delivery as intake found it."""

    name: str
    packages: tuple[PackageFiles, ...] = ()
    files: tuple[SourceFile, ...] = ()
    """Its own files: recommendation tables, the log, others."""
    receipts: tuple[Receipt, ...] = ()


class Inbox(Record):
    """The whole inbox. `problems` are Chinese sentences about what could not be taken in."""

    root: str
    deliveries: tuple[DeliveryFiles, ...] = ()
    problems: tuple[Fault, ...] = ()


class EvidenceItem(Record):
    """One evidence document; `file` and `pages` where it begins, `also` its pages in further files (pictures).

    `amounts` in 万元 by key; `x_main_revenue` beside `revenue` where a statement names both. `sealed`: one of its pages
    bears a seal that may be the applicant's; None = can't be told.
    """

    item: int | None
    kind: str = ""
    file: str
    pages: tuple[int, ...] = ()
    also: tuple[PageRef, ...] = ()
    title: str = ""
    owner: str = ""
    year: int | None = None
    number: str = ""
    valid_until: str = ""
    amounts: tuple[tuple[str, str], ...] = ()
    sealed: bool | None = None
    places: tuple[tuple[str, Reading], ...] = ()

    @property
    def sheets(self) -> frozenset[tuple[str, int]]:
        """All its pages, as (file, page)."""
        return frozenset({*((self.file, page) for page in self.pages), *((ref.file, ref.page) for ref in self.also)})

    def reading(self, key: str) -> Reading | None:
        """What was read for a key: owner, year, number, valid_until, or an amount's."""
        return next((reading for name, reading in self.places if name == key), None)


class FileRecord(Record):
    """A file with its final kind and page count; `lost` where it was the program that did not get to read it."""

    source: SourceFile
    kind: str
    pages: int = 0
    lost: bool = False


class Package(Record):
    """Everything read of one application, before judging."""

    identity: str
    delivery: str
    recommender: str = ""
    files: tuple[FileRecord, ...] = ()
    pages: tuple[Page, ...] = ()
    paper: Application | None = None
    editable: tuple[Application, ...] = ()
    seals: tuple[Seal, ...] = ()
    seams: tuple[Seam, ...] = ()
    signatures: tuple[Signature, ...] = ()
    digital: tuple[DigitalSignature, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    declared: tuple[tuple[int, Reading], ...] = ()
    """Items of evidence for which the unit declares that it has nothing to show, with the words."""
    corrections: tuple[str, ...] = ()
    """Keys a person has put right."""
    withheld: tuple[WithheldFile, ...] = ()
    """Files with a secrecy mark: they stop the package, of which nothing else is known then."""
    released: tuple[ReleasedMark, ...] = ()
    """Marks that stop nothing, for a person found them to be none."""
    faults: tuple[Fault, ...] = ()


class Delivery(Record):
    """Everything read of one delivery."""

    name: str
    recommender: str = ""
    recommender_reading: Reading | None = None
    """Its name as read off the recommendation table, with its characters."""
    rows: tuple[RecommendationRow, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    pages: tuple[Page, ...] = ()
    seals: tuple[Seal, ...] = ()
    files: tuple[FileRecord, ...] = ()
    withheld: tuple[WithheldFile, ...] = ()
    released: tuple[ReleasedMark, ...] = ()
    faults: tuple[Fault, ...] = ()


class Result(Record):
    """A package judged."""

    package: Package
    online: Application | None = None
    verdicts: tuple[Verdict, ...] = ()
    findings: tuple[Finding, ...] = ()
    conclusion: str
    error: str = ""
    faults: tuple[Fault, ...] = ()
    """The package's and the rules' faults together."""

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(1 for finding in self.findings if finding.severity is severity)

    @property
    def undecided(self) -> int:
        """How many verdicts could not be judged, whether a finding of doubt says so or not.

        A stopped package, of which nothing was, counts one: a hundred would tell nothing and drown the sums.
        """
        if self.package.withheld:
            return 1
        return sum(1 for verdict in self.verdicts if verdict.outcome is Outcome.UNDECIDED)


class DeliveryResult(Record):
    """A delivery judged."""

    delivery: Delivery
    verdicts: tuple[Verdict, ...] = ()
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()
