"""Sample packages read and looked at again in this process, everything that has a truth beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import extractors.imaging.cutter
import extractors.imaging.line_course
import extractors.second_look
from checks.disputes import Dispute, readings_of
from flows.steps.assembling import package_of
from flows.steps.inputs import Call, Material, read_filed, take_in
from flows.steps.reading import PageJob, count_pages, page_key, read_page_job
from flows.steps.second_look import TICKED, kind_of, looker
from flows.steps.versions import fingerprint, reading_version
from pipeline.model.geometry import BBox
from pipeline.model.package import Package, PackageFiles
from pipeline.model.record import Record
from pipeline.notices.profile import Profile
from pipeline.settings import settings
from pipeline.store import Store
from pipeline.values import normalise
from samples.truth import PackageTruth, SealTruth
from tests.calibration import answers
from tests.calibration.answers import Answer, of_looks, of_page, of_seal

SECTIONS = ("cover", "form", "indicators", "commitment")
"""Pages whose values have a truth; the others are not read."""
SAME_SEAL = 0.5
"""Intersection over union from which a seal found is the one that stands there."""


class Answers(Record):
    """What was asked of a package's readings."""

    level: str
    answers: tuple[Answer, ...]


def answers_key(identity: str) -> str:
    """Where a package's answers are kept: named by readers, second look (without its threshold) and what is asked."""
    made_by = (extractors.second_look, extractors.imaging.cutter, extractors.imaging.line_course, answers)
    asked = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in made_by]
    return f"calibration/{fingerprint(reading_version(), asked)}/{fingerprint(identity)}"


@contextmanager
def rendered_at(dpi: int | None) -> Iterator[None]:
    """Pages rendered at so many pixels an inch while it lasts; None: as ever."""
    if dpi is None:
        yield
        return
    os.environ["HEYAN_DPI"] = str(dpi)
    _forget_settings()
    try:
        yield
    finally:
        del os.environ["HEYAN_DPI"]
        _forget_settings()


def _forget_settings() -> None:
    settings.cache_clear()
    reading_version.cache_clear()


def material_of(folder: Path) -> tuple[Material, Store]:
    """A sample folder taken in as a run would."""
    call = Call(folder / "inbox", folder / "online.xlsx", folder / "out")
    return take_in(call, read_filed(call)), Store(call.workspace)


def measure(files: PackageFiles, truth: PackageTruth, level: str, store: Store, profile: Profile) -> Answers:
    """Read a package's pages that have a truth, look again at all of it, and hold both against the truth."""
    _keep_pages(files, truth, store, profile)
    package = package_of(files, (), store, profile)
    told = (*_of_readings(package, files, truth, profile), *_of_seals(package, truth))
    return Answers(level=level, answers=told)


def _keep_pages(files: PackageFiles, truth: PackageTruth, store: Store, profile: Profile) -> None:
    by_path = {file.path: file for file in files.files}
    for file in files.files:
        if file.media and not file.problem:
            count_pages(file.location, file.sha256, str(store.root))
    for page in truth.pages:
        file = by_path[page.file]
        if page.section in SECTIONS and not store.has(page_key(file.sha256, page.page, profile)):
            read_page_job(PageJob(file.location, file.sha256, page.page, str(store.root), str(profile.id)))


def _of_readings(package: Package, files: PackageFiles, truth: PackageTruth, profile: Profile) -> Iterator[Answer]:
    asked = [
        (Dispute(path=path, reading=reading), due)
        for path, reading in readings_of(package)
        if reading.from_pixels and (due := _due(path, package, truth)) is not None
    ]
    asked = [pair for pair in asked if kind_of(pair[0].path, package.paper, profile) not in TICKED]
    looked = looker(files.files, package.pages, package.paper, profile)([dispute for dispute, _ in asked])
    for dispute, due in asked:
        kind = kind_of(dispute.path, package.paper, profile)
        subject = dispute.path.rpartition("/")[2]
        yield from of_page(dispute.reading, due, kind, subject)
        yield from of_looks(looked[dispute.path], due, kind, subject)


def _due(path: str, package: Package, truth: PackageTruth) -> str | None:
    """What is printed at a reading's path; None where the truth does not say."""
    head, *rest = path.split("/")
    if head == "fields":
        value = truth.fields.get(rest[0])
        return value if isinstance(value, str) else None
    if head == "indicators" and package.paper and len(package.paper.indicators) == len(truth.indicators):
        return str(normalise("text", getattr(truth.indicators[int(rest[0])], rest[1])))
    return None


def _of_seals(package: Package, truth: PackageTruth) -> Iterator[Answer]:
    for seal in package.seals:
        due = next((each for each in truth.seals if _is_same(each, seal.file, seal.page, seal.mark.bbox)), None)
        if due is not None:
            yield from of_seal(seal.mark, due.text, seal.mark.shape)


def _is_same(truth: SealTruth, file: str, page: int, box: BBox) -> bool:
    return (truth.file, truth.page) == (file, page) and BBox(*truth.bbox).iou(box) >= SAME_SEAL
