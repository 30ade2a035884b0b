"""What a sample inbox really holds: the truth that readings and findings are measured against.

Values are normalised as the contract says; every box is in fractions of the stored page turned upright.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from pipeline.model.record import Record

Box = tuple[float, float, float, float]
Value = str | tuple[int, ...]


class PageTruth(Record):
    """A page of a PDF or a picture; `rotation` the degrees clockwise that turn it upright."""

    file: str
    page: int
    section: str
    rotation: int = 0


class SealTruth(Record):
    """A seal on a page; `place` the required place it answers: cover.applicant, commitment, evidence, ..., or None."""

    file: str
    page: int
    bbox: Box
    shape: str
    diameter_mm: float
    purpose: str
    colour: str
    text: str
    inner: str | None = None
    serial: str | None = None
    place: str | None = None


class PlaceTruth(Record):
    """A box on a page."""

    file: str
    page: int
    bbox: Box


class PageRef(Record):
    """A page of a file."""

    file: str
    page: int


class SeamTruth(Record):
    """One seam impression: the pages that must carry a slice, and those that do not."""

    state: str
    pages: tuple[PageRef, ...]
    missing: tuple[PageRef, ...] = ()
    text: str = ""
    slices: tuple[PlaceTruth, ...] = ()


class SignatureTruth(Record):
    """Whether a role signed, and where."""

    role: str
    present: bool
    file: str = ""
    page: int = 0
    bbox: Box | None = None


class MentionTruth(Record):
    """Another place on paper where a key stands."""

    key: str
    section: str
    value: Value


class IndicatorTruth(Record):
    """A row of the indicator table on paper."""

    direction: int
    product: str
    name: str
    current: str
    target: str
    note: str


class EvidenceTruth(Record):
    """A document of evidence; amounts in 万元."""

    item: int
    kind: str
    title: str
    owner: str
    pages: tuple[PageRef, ...]
    year: int | None = None
    number: str = ""
    valid_until: str = ""
    sealed: bool = True
    amounts: dict[str, str] = Field(default_factory=dict)


class Planted(Record):
    """A defect put in on purpose: the finding that is expected, and which witness was changed."""

    code: str
    field: str | None = None
    witness: str = "paper"
    expected: str = ""
    found: str = ""


class PackageTruth(Record):
    """One application."""

    identity: str
    delivery: str
    level: str
    family: str
    recommender: str
    online_no: str | None
    fields: dict[str, Value]
    mentions: tuple[MentionTruth, ...] = ()
    indicators: tuple[IndicatorTruth, ...] = ()
    taskbook: dict[str, str] = Field(default_factory=dict)
    pages: tuple[PageTruth, ...] = ()
    seals: tuple[SealTruth, ...] = ()
    seams: tuple[SeamTruth, ...] = ()
    signatures: tuple[SignatureTruth, ...] = ()
    evidence: tuple[EvidenceTruth, ...] = ()
    planted: tuple[Planted, ...] = ()
    clean: bool = True


class RowTruth(Record):
    """A row of a recommendation table."""

    no: str
    applicant: str
    direction: str
    product: str
    reason: str
    contact: str
    mobile: str


class ReceiptTruth(Record):
    """A line of the clerk's log."""

    applicant: str
    product: str
    received_at: str
    copies: int
    stage: str


class DeliveryTruth(Record):
    """What one recommending unit handed in."""

    name: str
    recommender: str
    rows: tuple[RowTruth, ...] = ()
    receipts: tuple[ReceiptTruth, ...] = ()
    pages: tuple[PageTruth, ...] = ()
    seals: tuple[SealTruth, ...] = ()


class InboxTruth(Record):
    """A whole sample inbox."""

    family: str
    level: str
    seed: int
    packages: tuple[PackageTruth, ...] = ()
    deliveries: tuple[DeliveryTruth, ...] = ()

    def package(self, identity: str) -> PackageTruth | None:
        """The package of an identity; None where there is none."""
        return next((package for package in self.packages if package.identity == identity), None)


def load_truth(path: Path) -> InboxTruth:
    """The truth beside an inbox (`truth.json`, or the folder that holds it)."""
    file = path / "truth.json" if path.is_dir() else path
    return InboxTruth.model_validate_json(file.read_text(encoding="utf-8"))
