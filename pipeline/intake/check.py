"""A look at inbox and filings before the night: seconds, without reading a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.intake.inbox import read_inbox
from pipeline.intake.online import read_online
from pipeline.model.application import Application
from pipeline.model.finding import Fault
from pipeline.model.package import DeliveryFiles, PackageFiles
from pipeline.model.record import Record
from pipeline.notices.profile import Profile
from pipeline.values import fold

COMPANY_TAIL = ("有限责任公司", "股份有限公司", "有限公司", "公司")


class PackageCheck(Record):
    """A package: how many files, which can't be read (path and sentence), and the unit its name suggests."""

    identity: str
    files: int
    problems: tuple[Fault, ...] = ()
    filing: str | None = None
    """The unit of the filing that its folder's name points to; None where none does (which proves nothing)."""


class DeliveryCheck(Record):
    """A delivery."""

    name: str
    packages: tuple[PackageCheck, ...]
    problems: tuple[Fault, ...] = ()
    receipts: int = 0


class InboxCheck(Record):
    """The whole inbox. `unmatched` are filings whose unit no folder is named after, as number and unit."""

    deliveries: tuple[DeliveryCheck, ...]
    filings: int
    unmatched: tuple[str, ...]
    problems: tuple[Fault, ...]


def check_inbox(inbox: Path, online: Path, profile: Profile) -> InboxCheck:
    """What a run would find by names and by opening files: deliveries, packages, damaged and encrypted files.

    Archives are unpacked into a temporary folder; old documents are not converted.

    Raises:
        UsageProblem: The inbox can't be listed.
    """
    filings, sentences = read_online(online, profile)
    with TemporaryDirectory(prefix="heyan-") as unpacked:
        found = read_inbox(inbox, Path(unpacked), profile, convert=False)
    deliveries = tuple(_delivery(delivery, filings) for delivery in found.deliveries)
    named = {package.filing for delivery in deliveries for package in delivery.packages}
    unmatched = tuple(
        f"{filing.number or '（无编号）'} {filing.text('applicant')}"
        for filing in filings
        if filing.text("applicant") not in named
    )
    problems = (*found.problems, *(Fault(stage="网上数据", subject=online.name, message=text) for text in sentences))
    return InboxCheck(deliveries=deliveries, filings=len(filings), unmatched=unmatched, problems=problems)


def _delivery(delivery: DeliveryFiles, filings: Sequence[Application]) -> DeliveryCheck:
    problems = tuple(
        Fault(stage="收件", subject=file.path, message=file.problem) for file in delivery.files if file.problem
    )
    packages = tuple(_package(package, filings) for package in delivery.packages)
    return DeliveryCheck(name=delivery.name, packages=packages, problems=problems, receipts=len(delivery.receipts))


def _package(package: PackageFiles, filings: Sequence[Application]) -> PackageCheck:
    problems = [Fault(stage="收件", subject=file.path, message=file.problem) for file in package.files if file.problem]
    if not package.files:
        problems.append(Fault(stage="收件", subject=package.identity, message="文件夹是空的"))
    return PackageCheck(
        identity=package.identity,
        files=len(package.files),
        problems=tuple(problems),
        filing=_named_filing(package, filings),
    )


def _named_filing(package: PackageFiles, filings: Sequence[Application]) -> str | None:
    """The unit that a package's folder, or one of its files, is named after."""
    names = fold("\n".join([package.identity, *(file.path for file in package.files)]))
    units = sorted({filing.text("applicant") for filing in filings} - {""}, key=len, reverse=True)
    return next((unit for unit in units if fold(unit) in names or _short(fold(unit)) in names), None)


def _short(unit: str) -> str:
    """The name without its legal form, where enough is left to tell units apart."""
    tail = next((tail for tail in COMPANY_TAIL if unit.endswith(tail)), "")
    short = unit.removesuffix(tail)
    return short if len(short) >= 4 else unit
