"""Makes one package: printed sheets stamped, worn, filed and packed, with its truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np

from pipeline.notices.profile import Profile
from samples.applicants import halved, normal
from samples.filing import Filing
from samples.marks import Mark, SeamPlan, Stamped, applicant_seal, plan_seams, stamp_seam, stamp_sheet
from samples.packing import Container, PackedFile, ScannedPage, Split, nested, scan_files, write_package
from samples.printing.blocks import Document
from samples.printing.copy import copy_sections
from samples.printing.evidence import EvidenceDocument
from samples.printing.layout import Layout
from samples.printing.sheets import Sheet
from samples.printing.word import docx_bytes
from samples.submission import Submission
from samples.truth import (
    Box,
    EvidenceTruth,
    IndicatorTruth,
    MentionTruth,
    PackageTruth,
    PageRef,
    PageTruth,
    PlaceTruth,
    SealTruth,
    SeamTruth,
    SignatureTruth,
    Value,
)
from samples.wear.blur import illegible
from samples.wear.levels import Level, Scan, worn

COMMITMENT_KEYS = ("commitment_product", "commitment_contact", "commitment_phone", "commitment_date")
COVER_KEYS = ("recommender", "filing_date")
DOCX_NAMES = ("申报材料.docx", "{unit}申报材料（可编辑版）.docx", "揭榜挂帅申报书最终版.docx")


@dataclass(frozen=True, slots=True)
class PackageJob:
    """All that is decided about a package before it is printed."""

    index: int
    delivery: str
    name: str
    submission: Submission
    layout: Layout
    evidence: tuple[EvidenceDocument, ...]
    order: tuple[str, ...]
    level: Level
    black: bool
    dpi: int
    split: Split
    container: Container
    duplex: bool
    backs: int
    seed: int

    @property
    def identity(self) -> str:
        """The package's identity: its path below the inbox."""
        return f"{self.delivery}/{self.name}"

    @property
    def kept_evidence(self) -> tuple[EvidenceDocument, ...]:
        """The evidence without what was left out."""
        return tuple(doc for doc in self.evidence if f"evidence.{doc.item}" not in self.submission.omitted)


def package_document(job: PackageJob, profile: Profile) -> Document:
    """What is printed for the stamped copy."""
    order = tuple(name for name in job.order if name not in job.submission.omitted)
    sections = copy_sections(job.submission.paper, job.layout, profile, job.kept_evidence, order)
    return Document(job.identity, sections)


def make_package(job: PackageJob, sheets: Sequence[Sheet], profile: Profile, inbox: Path) -> PackageTruth:
    """Stamp, wear, pack and write a package; its truth."""
    rng, pixels = Random(f"{job.seed}/{job.index}/package"), np.random.default_rng([job.seed, job.index])
    own = applicant_seal(job.submission.paper, rng)
    pages, faces = _stamped(job, sheets, own, pixels)
    seams = plan_seams(job.submission, own, faces, rng) if profile.required_seal("seam") else ()
    by_index = dict(enumerate(pages))
    for seam in seams:
        by_index = stamp_seam(by_index, seam, job.dpi, pixels)
    pages = [by_index[index] for index in range(len(pages))]
    ordered = _with_backs(job, pages, rng)
    scans = [
        worn(_picture(page, pages), job.level, job.black, pixels, blank=page is None) for page, _ in ordered
    ]  # fmt: skip
    names = [sheets[number].section if number is not None else "blank" for _, number in ordered]
    scanned = [ScannedPage(scan, name) for scan, name in zip(scans, names, strict=True)]
    files = scan_files(scanned, job.split, job.submission.paper.short, job.dpi, rng) + _editable(job, profile, rng)
    files = nested(files, rng) if job.container == "nested" else files
    write_package(files, inbox / job.delivery, job.name, job.container)
    placed = _Placed(job, sheets, ordered, scans, files)
    return placed.truth(own_seams=seams, faces=faces, profile=profile)


def _stamped(
    job: PackageJob, sheets: Sequence[Sheet], own: object, pixels: np.random.Generator
) -> tuple[list[Stamped], list[int]]:
    pages = []
    for sheet in sheets:
        document = job.kept_evidence[sheet.evidence] if sheet.evidence is not None else None
        item, issuer = (document.item, document.issuer) if document else (None, "")
        page = stamp_sheet(sheet, job.submission, own, item, issuer, job.dpi, pixels)  # type: ignore[arg-type]
        blurred = sheet.section in job.submission.blurred
        pages.append(replace(page, image=illegible(page.image, job.dpi)) if blurred else page)
    return pages, list(range(0, len(pages), 2 if job.duplex else 1))


def _with_backs(job: PackageJob, pages: Sequence[Stamped], rng: Random) -> list[tuple[Stamped | None, int | None]]:
    """The pages in scanning order with the blank backs that the scanner took along."""
    behind = set(rng.sample(range(len(pages)), min(job.backs, len(pages)))) if not job.duplex else set()
    if job.duplex and len(pages) % 2:
        behind = {len(pages) - 1}
    ordered: list[tuple[Stamped | None, int | None]] = []
    for number, page in enumerate(pages):
        ordered.append((page, number))
        if number in behind:
            ordered.append((None, None))
    return ordered


def _picture(page: Stamped | None, pages: Sequence[Stamped]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full_like(pages[0].image, 255) if page is None else page.image


def _editable(job: PackageJob, profile: Profile, rng: Random) -> tuple[PackedFile, ...]:
    filing = job.submission.editable
    if filing is None:
        return ()
    order = tuple(name for name in job.order if name != "evidence")
    # Ticks made by hand are on paper only; in the file they are set as signs.
    layout = replace(job.layout, tick="ballot") if job.layout.tick == "hand" else job.layout
    document = Document(job.identity, copy_sections(filing, layout, profile, (), order))
    name = rng.choice(DOCX_NAMES).format(unit=filing.short)
    return (PackedFile(name, docx_bytes(document, layout, 0, anchors=False)),)


class _Placed:
    """Says where things ended up: file and page of every page, and boxes on the stored pages."""

    def __init__(
        self,
        job: PackageJob,
        sheets: Sequence[Sheet],
        ordered: Sequence[tuple[Stamped | None, int | None]],
        scans: Sequence[Scan],
        files: Sequence[PackedFile],
    ) -> None:
        self._job, self._sheets, self._ordered, self._scans = job, sheets, ordered, scans
        self._where = {
            index: PageRef(file=file.path, page=number) for file in files for number, index in enumerate(file.pages, 1)
        }
        self._scan_of = {number: index for index, (_, number) in enumerate(ordered) if number is not None}

    def ref(self, number: int) -> PageRef:
        """Where a printed page is stored."""
        return self._where[self._scan_of[number]]

    def truth(self, own_seams: Sequence[SeamPlan], faces: Sequence[int], profile: Profile) -> PackageTruth:
        """The package's whole truth."""
        job, submission = self._job, self._job.submission
        paper = submission.paper
        return PackageTruth(
            identity=job.identity,
            delivery=job.delivery,
            level=job.level,
            family=job.layout.family,
            recommender=paper.recommender,
            online_no=submission.online.number if submission.online else None,
            fields=paper_fields(paper, submission.omitted, profile),
            mentions=_mentions(job),
            indicators=_indicators(paper) if "indicators" not in submission.omitted else (),
            taskbook=dict(paper.taskbook) if "taskbook" not in submission.omitted else {},
            pages=self._pages(),
            seals=self._seals(),
            seams=self._seams(own_seams, faces),
            signatures=self._signatures(),
            evidence=self._evidence(),
            planted=submission.planted,
            clean=not submission.planted,
        )

    def _pages(self) -> tuple[PageTruth, ...]:
        return tuple(
            PageTruth(
                file=self._where[index].file,
                page=self._where[index].page,
                section=self._sheets[number].section if number is not None else "blank",
                rotation=self._scans[index].rotation,
            )
            for index, (_, number) in enumerate(self._ordered)
        )

    def _marks(self, kind: str) -> list[tuple[int, Mark]]:
        return [
            (index, mark)
            for index, (page, _) in enumerate(self._ordered)
            if page is not None
            for mark in page.marks
            if mark.kind == kind
        ]

    def _seals(self) -> tuple[SealTruth, ...]:
        return tuple(
            seal_truth(mark, self._where[index], self._scans[index], self._job.level)
            for index, mark in self._marks("seal")
        )

    def _seams(self, plans: Sequence[SeamPlan], faces: Sequence[int]) -> tuple[SeamTruth, ...]:
        if not plans:
            pages = tuple(self.ref(face) for face in faces)
            return (SeamTruth(state="absent", pages=pages, missing=pages),)
        slices = dict(self._marks("slice"))
        made = []
        for plan in plans:
            stored = [(face, self._scan_of[face]) for face in plan.faces if self._scan_of[face] in slices]
            made.append(
                SeamTruth(
                    state="broken" if plan.missing else "whole",
                    pages=tuple(self.ref(face) for face in plan.faces),
                    missing=tuple(self.ref(face) for face in plan.missing),
                    text=halved(plan.spec.owner),
                    slices=tuple(
                        PlaceTruth(**self.ref(face).model_dump(), bbox=stored_box(slices[index], self._scans[index]))
                        for face, index in stored
                    ),
                )
            )
        return tuple(made)

    def _signatures(self) -> tuple[SignatureTruth, ...]:
        found = self._marks("signature")
        if not found:
            return (SignatureTruth(role="legal_representative", present=False),)
        index, mark = found[0]
        box = stored_box(mark, self._scans[index])
        return (SignatureTruth(role="legal_representative", present=True, **self._where[index].model_dump(), bbox=box),)

    def _evidence(self) -> tuple[EvidenceTruth, ...]:
        return tuple(
            EvidenceTruth(
                item=document.item,
                kind=document.kind,
                title=document.title,
                owner=document.owner,
                pages=tuple(self.ref(n) for n, sheet in enumerate(self._sheets) if sheet.evidence == position),
                year=document.year,
                number=document.number,
                valid_until=document.valid_until,
                sealed=self._job.submission.seals.get(f"evidence.{document.item}") != "missing",
                amounts=dict(document.amounts),
            )
            for position, document in enumerate(self._job.kept_evidence)
        )


def stored_box(mark: Mark, scan: Scan) -> Box:
    """A mark's box in fractions of the stored page turned upright."""
    moved = scan.move(mark.points) / np.array(scan.upright)
    low, high = np.clip(moved.min(axis=0), 0, 1), np.clip(moved.max(axis=0), 0, 1)
    return round(float(low[0]), 5), round(float(low[1]), 5), round(float(high[0]), 5), round(float(high[1]), 5)


def seal_truth(mark: Mark, where: PageRef, scan: Scan, level: str) -> SealTruth:
    """The truth of a stamped seal."""
    spec = mark.spec
    if spec is None:
        raise ValueError("a seal's mark carries its seal")
    return SealTruth(
        **where.model_dump(),
        bbox=stored_box(mark, scan),
        shape=spec.shape,
        diameter_mm=spec.diameter_mm,
        purpose=spec.purpose,
        colour="black" if level == "grey" else spec.colour,
        text=halved(spec.owner),
        inner=spec.inner or None,
        serial=spec.serial or None,
        place=mark.place,
    )


def paper_fields(paper: Filing, omitted: frozenset[str], profile: Profile) -> dict[str, Value]:
    """The fields that a reader should find on paper."""
    fields: dict[str, Value] = {}
    if "form" not in omitted:
        fields |= {spec.key: paper.values[spec.key] for spec in profile.fields if spec.key != "directions"}
        fields["directions"] = paper.directions
    if "cover" not in omitted:
        fields |= {"recommender": paper.recommender, "filing_date": paper.values["filing_date"]}
    if "commitment" not in omitted:
        fields |= {key: paper.values[key] for key in COMMITMENT_KEYS}
    return fields


def _mentions(job: PackageJob) -> tuple[MentionTruth, ...]:
    paper, omitted = job.submission.paper, job.submission.omitted
    found = []
    if "cover" not in omitted:
        found += [("applicant", "cover", paper.values["applicant"]), ("directions", "cover", paper.directions)]
    if "indicators" not in omitted:
        found += [("product", "indicators", paper.values["product"]), ("directions", "indicators", paper.directions)]
    if "commitment" not in omitted and job.layout.named_commitment:
        found.append(("applicant", "commitment", paper.values["applicant"]))
    return tuple(MentionTruth(key=key, section=section, value=value) for key, section, value in found)


def _indicators(paper: Filing) -> tuple[IndicatorTruth, ...]:
    return tuple(
        IndicatorTruth(
            direction=paper.directions[0],
            product=paper.values["product"],
            name=normal(row.name),
            current=normal(row.current),
            target=normal(row.target),
            note=normal(row.note),
        )
        for row in paper.rows
    )
