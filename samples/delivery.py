"""Makes what a recommending unit adds to its packages: the stamped recommendation table and the clerk's log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import numpy as np

from pipeline.notices.profile import Profile
from samples.banks import bank
from samples.filing import Filing
from samples.marks import STRANGE_BUREAU, Stamped, bureau_seal, stamp_seal
from samples.online import workbook_bytes
from samples.package import seal_truth
from samples.printing.blocks import Document
from samples.printing.copy import recommendation
from samples.printing.layout import Layout
from samples.printing.sheets import Sheet
from samples.scanfile import scan_pdf
from samples.submission import SealChange
from samples.truth import DeliveryTruth, PageRef, PageTruth, ReceiptTruth, RowTruth
from samples.wear.levels import Level, encoded, worn

RECEIPT_HEADS = ("申报主体", "揭榜产品名称", "收到时间", "纸质份数", "收件环节")


@dataclass(frozen=True, slots=True)
class DeliveryJob:
    """A delivery before it is printed."""

    index: int
    name: str
    filings: tuple[Filing, ...]
    layout: Layout
    level: Level
    black: bool
    seed: int
    seal: SealChange | None = None
    """What happened to the table's seal."""


def recommendation_rows(job: DeliveryJob, profile: Profile) -> tuple[RowTruth, ...]:
    """A row an application, in order of preference."""
    rng = Random(f"{job.seed}/{job.index}/rows")
    names = {direction.number: direction.name for direction in profile.directions}
    return tuple(
        RowTruth(
            no=str(number),
            applicant=filing.values["applicant"],
            direction=names[filing.directions[0]],
            product=filing.values["product"],
            reason=rng.choice(bank("sentences")["reasons"]),
            contact=filing.values["contact_name"],
            mobile=filing.values["contact_mobile"],
        )
        for number, filing in enumerate(job.filings, 1)
    )


def delivery_document(job: DeliveryJob, profile: Profile) -> Document:
    """The recommendation table to print."""
    told = [row.model_dump() | {"city": job.name} for row in recommendation_rows(job, profile)]
    rows = tuple(tuple(row[column] for column in profile.recommendation_columns) for row in told)
    return Document(job.name, (recommendation(job.filings[0].recommender, rows, profile),))


def make_delivery(job: DeliveryJob, sheets: Sequence[Sheet], profile: Profile, inbox: Path) -> DeliveryTruth:
    """Stamp, wear and write the table and the log; the delivery's truth."""
    pixels = np.random.default_rng([job.seed, job.index, 1])
    rng = Random(f"{job.seed}/{job.index}/delivery")
    dpi = 200
    scans, marks = [], []
    for sheet in sheets:
        page = Stamped(sheet.picture(dpi), ())
        anchor = sheet.anchor("seal.recommendation")
        if anchor and profile.required_seal("recommendation") and job.seal != "missing":
            owner = STRANGE_BUREAU if job.seal == "stranger" else job.filings[0].recommender
            page = stamp_seal(page, bureau_seal(owner), "recommendation", anchor, dpi, pixels)
        scans.append(worn(page.image, job.level, job.black, pixels))
        marks.append(page.marks)
    picture = len(scans) == 1 and (job.level == "phone" or rng.random() < 0.3)
    name = "推荐表.jpg" if picture else "推荐表.pdf"
    folder = inbox / job.name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(encoded(scans[0]) if picture else scan_pdf(scans, dpi))
    receipts = _receipts(job, profile, rng)
    heads: list[list[object]] = [list(RECEIPT_HEADS)]
    heads += [[one.applicant, one.product, one.received_at, one.copies, one.stage] for one in receipts]
    (folder / "收件登记.xlsx").write_bytes(workbook_bytes({"收件登记": heads}))
    seals = tuple(
        seal_truth(mark, PageRef(file=name, page=number), scan, job.level)
        for number, (scan, page_marks) in enumerate(zip(scans, marks, strict=True), 1)
        for mark in page_marks
    )
    pages = tuple(
        PageTruth(file=name, page=number, section="recommendation", rotation=scan.rotation)
        for number, scan in enumerate(scans, 1)
    )
    return DeliveryTruth(
        name=job.name,
        recommender=job.filings[0].recommender,
        rows=recommendation_rows(job, profile),
        receipts=receipts,
        pages=pages,
        seals=seals,
    )


def _receipts(job: DeliveryJob, profile: Profile, rng: Random) -> tuple[ReceiptTruth, ...]:
    hop = profile.own_hop
    last = hop.deadline or profile.deadlines.online
    return tuple(
        ReceiptTruth(
            applicant=filing.show("applicant"),
            product=filing.values["product"],
            received_at=f"{last.date() - timedelta(days=19 - rng.randint(15, 18))} "
            f"{rng.randint(9, 16):02d}:{rng.randint(0, 59):02d}:00",
            copies=hop.copies or 1,
            stage=hop.name,
        )
        for filing in job.filings
    )
