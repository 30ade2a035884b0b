"""The stamped copy as its pages were read: lines in their sections, seals, seam, signature, evidence documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from pipeline.model.document import Page, PageReading, PageSource, Section
from pipeline.model.evidence import Char, Place, Reading
from pipeline.model.geometry import BBox
from pipeline.model.package import EvidenceItem
from pipeline.model.seal import (
    Ink,
    PageRef,
    Purpose,
    Seal,
    SealMark,
    Seam,
    SeamState,
    Shape,
    Signature,
)
from pipeline.model.text import Layer, Line
from pipeline.notices.profile import Profile
from samples.applicants import halved
from samples.filing import Filing
from samples.marks import bureau_seal
from samples.printing.blocks import Block, Break, Heading, Para, Table, pieces
from samples.printing.copy import ORDER, copy_sections
from samples.printing.evidence import EvidenceDocument
from samples.printing.layout import Layout
from tests.accuracy.rules.witnesses import SCAN, SURE, on_page, seen

A4 = (1654, 2339)
WIDE = 38
"""Characters of a printed line."""
SEAL = 0.07
"""Half a seal's height as a share of the page's."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A page before it is read: its section, its lines, where its anchors are (line by name), its document."""

    section: Section
    lines: tuple[str, ...]
    anchors: dict[str, int] = field(default_factory=dict)
    evidence: int | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read of a stamped copy besides its values."""

    pages: tuple[Page, ...]
    seals: tuple[Seal, ...]
    seams: tuple[Seam, ...]
    signatures: tuple[Signature, ...]
    evidence: tuple[EvidenceItem, ...]

    @property
    def first(self) -> dict[Section, int]:
        """The first page of each section."""
        return {page.section: page.page for page in reversed(self.pages)}


def scan_of(
    filing: Filing,
    layout: Layout,
    documents: Sequence[EvidenceDocument],
    omitted: frozenset[str],
    profile: Profile,
    rng: Random,
) -> Scan:
    """A copy without faults but for the sections left out."""
    order = tuple(name for name in ORDER if name not in omitted)
    sections = copy_sections(filing, layout, profile, tuple(documents), order)
    printed = [
        page for section in sections for page in _printed(Section(section.name), section.blocks, section.evidence)
    ]
    numbered = rng.random() < 0.6
    pages = tuple(_read(number, page, numbered, profile) for number, page in enumerate(printed, 1))
    seals = tuple(_seals(printed, filing))
    return Scan(
        pages=pages,
        seals=seals,
        seams=(seam_of(pages, filing.show("applicant")),),
        signatures=tuple(_signatures(printed)),
        evidence=tuple(_evidence(printed, documents, profile)),
    )


def _printed(section: Section, blocks: Sequence[Block], evidence: int | None) -> Iterator[Printed]:
    """The pages of a section, one for what stands between two breaks."""
    lines: list[str] = []
    anchors: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Break):
            yield Printed(section, tuple(lines), anchors, evidence)
            lines, anchors = [], {}
        for text in _texts(block):
            plain = "".join(part for kind, part in pieces(text) if kind != "anchor")
            anchors |= {name: len(lines) for kind, name in pieces(text) if kind == "anchor"}
            lines += [plain[start : start + WIDE] for start in range(0, len(plain), WIDE)]
    yield Printed(section, tuple(lines), anchors, evidence)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Heading | Para):
        yield block.text
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell.text.split("\n")


def _read(number: int, page: Printed, numbered: bool, profile: Profile) -> Page:
    lines = tuple(
        Line(text=text, confidence=SURE, bbox=_row(index, len(page.lines)), layer=Layer.FULL)
        for index, text in enumerate(page.lines)
        if text.strip()
    )
    carries = numbered and number > 1 and page.section not in (Section.EVIDENCE, Section.COMMITMENT)
    printed = seen(f"- {number - 1} -", "text", profile, page=number) if carries else None
    return page_of(number, page.section, lines, printed)


def page_of(number: int, section: Section, lines: tuple[Line, ...] = (), printed: Reading | None = None) -> Page:
    """A page of the scan, in colour and upright."""
    reading = PageReading(
        page=number, rotation=0, width=A4[0], height=A4[1], dpi=200.0, source=PageSource.OCR, lines=lines
    )
    return Page(file=SCAN, sha256="0" * 64, reading=reading, section=section, printed=printed)


def _row(index: int, of: int) -> BBox:
    y = 0.08 + 0.84 * index / max(of, 1)
    return BBox(0.12, y, 0.88, y + 0.84 / max(of, 1))


def seal_on(page: int, owner: str, place: str | None, y: float = 0.5, **told: object) -> Seal:
    """A seal as found and read to the last letter; `told` are further properties of its mark."""
    text = halved(owner)
    mark = {
        "bbox": BBox(0.55, max(0.0, y - SEAL), 0.8, min(1.0, y + SEAL)), "shape": Shape.ROUND, "diameter_mm": 40.0,
        "colour": Ink.RED, "confidence": 0.99, "text": text, "text_confidence": SURE,
        "chars": tuple(Char(text=char, confidence=SURE) for char in text), "purpose": Purpose.OFFICIAL,
        "fingerprint": f"{page}/{place}/{y:.3f}",
    }  # fmt: skip
    return Seal(mark=SealMark.model_validate(mark | told), file=SCAN, page=page, place=place)


def _seals(printed: Sequence[Printed], filing: Filing) -> Iterator[Seal]:
    owners = {"cover.recommender": bureau_seal(filing.recommender).owner}
    for number, page in enumerate(printed, 1):
        for name, line in page.anchors.items():
            place = name.removeprefix("seal.")
            if name.startswith("seal.") and place != "issuer":
                box = _row(line, len(page.lines))
                yield seal_on(number, owners.get(place, filing.show("applicant")), place, box.center[1])


def seam_of(pages: Sequence[Page], owner: str) -> Seam:
    """A whole seam stamp through every sheet."""
    refs = tuple(PageRef(file=page.file, page=page.page) for page in pages)
    slices = tuple(Place(file=ref.file, page=ref.page, bbox=BBox(0.97, 0.45, 1.0, 0.6)) for ref in refs)
    text = halved(owner)
    chars = tuple(Char(text=char, confidence=SURE) for char in text)
    return Seam(
        state=SeamState.WHOLE, pages=refs, slices=slices, text=text, text_confidence=SURE, chars=chars, diameter_mm=40.0
    )


def _signatures(printed: Sequence[Printed]) -> Iterator[Signature]:
    for number, page in enumerate(printed, 1):
        if "sign" in page.anchors:
            yield Signature(role="legal_representative", present=True, place=on_page(number))


def _evidence(
    printed: Sequence[Printed], documents: Sequence[EvidenceDocument], profile: Profile
) -> Iterator[EvidenceItem]:
    for index, document in enumerate(documents):
        pages = tuple(number for number, page in enumerate(printed, 1) if page.evidence == index)
        yield document_on(pages, document, profile)


def document_on(pages: tuple[int, ...], document: EvidenceDocument, profile: Profile) -> EvidenceItem:
    """A document of evidence as it was told apart and read."""
    first = pages[0]
    said = {"title": document.title, "owner": halved(document.owner), **dict(document.amounts)}
    said |= {"year": f"{document.year}年度"} if document.year else {}
    said |= {"valid_until": document.valid_until} if document.valid_until else {}
    kinds = {key: "amount" for key, _ in document.amounts} | {"valid_until": "date"}
    places = tuple((key, seen(text, kinds.get(key, "text"), profile, page=first)) for key, text in said.items())
    return EvidenceItem(
        item=document.item, kind=document.kind, file=SCAN, pages=pages, title=document.title,
        owner=halved(document.owner), year=document.year, number=document.number, valid_until=document.valid_until,
        amounts=document.amounts, places=places,
    )  # fmt: skip
