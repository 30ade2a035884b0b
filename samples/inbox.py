"""Makes a whole sample inbox with its online filing and its truth."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pipeline.notices.profile import DEFAULT_NOTICE, Profile, load_profile
from samples.applicants import make_filing
from samples.banks import bank
from samples.defects import DefectSpec, drawn_specs, plant
from samples.delivery import DeliveryJob, delivery_document, make_delivery
from samples.online import Form, write_online
from samples.package import PackageJob, make_package, package_document
from samples.packing import Container, Split
from samples.printing import canvas, html, word
from samples.printing.blocks import Document
from samples.printing.copy import COMMITMENT_FIRST, ORDER
from samples.printing.evidence import Oddity, evidence_documents
from samples.printing.layout import Layout, choose_layout
from samples.printing.sheets import read_sheets
from samples.submission import Submission, clean_submission
from samples.truth import DeliveryTruth, InboxTruth, PackageTruth
from samples.wear.levels import LEVELS, Level

Printer = Callable[[Sequence[tuple[Document, Layout]], Path], tuple[Path, ...]]
PRINTERS: dict[str, Printer] = {
    "tuning": html.print_documents, "judging": word.print_documents, "reserve": canvas.print_documents,
    "calibration": html.print_documents,
}  # fmt: skip
BATCH = 6
"""Packages printed in one call: the printer's start costs seconds, and its file should stay small."""
PACKAGES_A_DELIVERY = 4
SPLITS: dict[str, tuple[Split, ...]] = {
    "phone": ("whole", "pictures", "pictures"), "scan": ("whole", "whole", "sections", "pictures"),
}  # fmt: skip
CONTAINERS: tuple[Container, ...] = ("folder", "folder", "folder", "zip", "gbk_zip", "7z", "nested")
Plan = DefectSpec | Sequence[DefectSpec]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for, besides how many packages and where to."""

    level: Level
    family: str
    seed: int
    size: str = "usual"
    packing: str = "varied"
    deliveries: int = 0
    notice: str = DEFAULT_NOTICE


def make_inbox(
    out: Path,
    packages: int,
    level: str = "office",
    family: str = "tuning",
    seed: int = 1,
    defects: Sequence[Plan] = (),
    share: float = 0.0,
    workers: int = 2,
    *,
    codes: Sequence[str] = ("X101",),
    size: str = "usual",
    packing: str = "varied",
    online: Form = "xlsx",
    deliveries: int = 0,
    notice: str = DEFAULT_NOTICE,
) -> Path:
    """Write OUT/inbox, OUT/online.* and OUT/truth.json; the same call makes the same content.

    Args:
        out: Folder to make; an inbox that stands there already is replaced.
        packages: How many applications.
        level: office, phone or grey.
        family: tuning, judging, reserve or calibration.
        seed: Everything is drawn from it.
        defects: The k-th defect (or group of defects) goes into the k-th package, going round.
        share: Share of the packages that get one to three defects of `codes` on top.
        workers: Processes.
        codes: What `share` draws from.
        size: usual, or short for quick reading.
        packing: varied, or plain (one PDF and the docx in a folder).
        online: xlsx, csv, gbk (CSV in GB18030) or json.
        deliveries: How many recommending units; 0: one for every four packages.
        notice: The notice under which all apply, by name or path.

    Raises:
        ValueError: The level, the family or a defect is not known.
    """
    if level not in LEVELS or family not in PRINTERS:
        raise ValueError(f"levels: {', '.join(LEVELS)}; families: {', '.join(PRINTERS)}")
    profile = load_profile(notice)
    order = Order(next(known for known in LEVELS if known == level), family, seed, size, packing, deliveries, notice)
    submissions = _submissions(packages, order, profile, defects, share, codes)
    jobs = tuple(_job(index, submission, order, profile) for index, submission in enumerate(submissions))
    inbox = _emptied(out / "inbox")
    made = _made_packages(jobs, inbox, workers, notice)
    units = _made_deliveries(jobs, order, inbox, profile)
    write_online([job.submission.online for job in jobs if job.submission.online], profile, out, online)
    _write_truth(InboxTruth(family=family, level=level, seed=seed, packages=made, deliveries=units), out)
    return inbox


def _write_truth(truth: InboxTruth, out: Path) -> None:
    (out / "truth.json").write_text(truth.model_dump_json(indent=1), encoding="utf-8")


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _submissions(
    packages: int, order: Order, profile: Profile, defects: Sequence[Plan], share: float, codes: Sequence[str]
) -> list[Submission]:
    cities = [city for city in bank("cities") if city["region"].startswith(profile.province_code)]
    units = order.deliveries or -(-packages // PACKAGES_A_DELIVERY)
    made = []
    for index in range(packages):
        rng = Random(f"{order.seed}/{index}/filing/{order.family}")
        city = cities[(order.seed + index % units) % len(cities)]
        filing = make_filing(index, city, profile, rng, order.size, rephrase=order.family == "judging")
        submission = clean_submission(filing)
        for spec in _specs(index, packages, defects, share, codes, rng):
            submission = plant(submission, spec, rng)
        made.append(submission)
    return made


def _specs(
    index: int, packages: int, defects: Sequence[Plan], share: float, codes: Sequence[str], rng: Random
) -> list[DefectSpec]:
    specs: list[DefectSpec] = []
    for plan in defects[index::packages]:
        specs += [plan] if isinstance(plan, DefectSpec) else list(plan)
    return specs + (list(drawn_specs(rng, codes)) if rng.random() < share else [])


def _job(index: int, submission: Submission, order: Order, profile: Profile) -> PackageJob:
    rng = Random(f"{order.seed}/{index}/job/{order.family}")
    paper = submission.paper
    drawn, oddity = Random(f"{order.seed}/{index}/evidence"), Oddity(submission.evidence, submission.aged)
    evidence = evidence_documents(paper, drawn, order.family, order.size == "short", oddity)
    evidence = tuple(document for document in evidence if document.item in profile.evidence_items)
    phone, plain = order.level == "phone", order.packing == "plain"
    split: Split = rng.choice(SPLITS["phone" if phone else "scan"])
    container: Container = rng.choice(CONTAINERS)
    duplex = rng.random() < 0.2
    return PackageJob(
        index=index,
        delivery=paper.city,
        name=paper.show("applicant"),
        submission=submission,
        layout=choose_layout(order.family, index, rng),
        evidence=evidence,
        order=COMMITMENT_FIRST if rng.random() < 0.3 else ORDER,
        level=order.level,
        black=order.level == "grey" and index % 2 == 1,
        dpi=300 if order.level == "office" and order.size == "usual" and rng.random() < 0.2 else 200,
        split="whole" if plain else split,
        container="folder" if plain else container,
        duplex=duplex,
        backs=0 if duplex or order.size == "short" or rng.random() < 0.7 else rng.randint(1, 2),
        seed=order.seed,
    )


def _made_packages(jobs: Sequence[PackageJob], inbox: Path, workers: int, notice: str) -> tuple[PackageTruth, ...]:
    size = max(1, min(BATCH, -(-len(jobs) // max(1, workers))))
    batches = [tuple(jobs[start : start + size]) for start in range(0, len(jobs), size)]
    if workers <= 1 or len(batches) == 1:
        return tuple(truth for batch in batches for truth in make_batch(batch, inbox, notice))
    with ProcessPoolExecutor(max_workers=workers) as pool:
        made = pool.map(make_batch, batches, [inbox] * len(batches), [notice] * len(batches))
        return tuple(truth for batch in made for truth in batch)


def make_batch(jobs: Sequence[PackageJob], inbox: Path, notice: str) -> tuple[PackageTruth, ...]:
    """Print some packages in one call, then make each."""
    profile = load_profile(notice)
    with tempfile.TemporaryDirectory() as work:
        documents = [(package_document(job, profile), job.layout) for job in jobs]
        sheets = read_sheets(PRINTERS[jobs[0].layout.family](documents, Path(work)))
        return tuple(make_package(job, sheets[number], profile, inbox) for number, job in enumerate(jobs))


def _made_deliveries(
    jobs: Sequence[PackageJob], order: Order, inbox: Path, profile: Profile
) -> tuple[DeliveryTruth, ...]:
    units: dict[str, list[PackageJob]] = {}
    for job in jobs:
        units.setdefault(job.delivery, []).append(job)
    deliveries = [
        DeliveryJob(
            index=1000 + number,
            name=name,
            filings=tuple(job.submission.paper for job in members),
            layout=members[0].layout,
            level=order.level,
            black=members[0].black,
            seed=order.seed,
            seal=next((change for job in members if (change := job.submission.seals.get("recommendation"))), None),
        )
        for number, (name, members) in enumerate(units.items())
    ]
    with tempfile.TemporaryDirectory() as work:
        documents = [(delivery_document(job, profile), job.layout) for job in deliveries]
        sheets = read_sheets(PRINTERS[order.family](documents, Path(work)))
        return tuple(
            make_delivery(job, sheets[number], profile, inbox) for number, job in enumerate(deliveries)
        )  # fmt: skip
