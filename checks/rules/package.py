"""What a package must hold: readable files, a stamped copy with its sections, an editable copy."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from checks.case import Case, PackageSummary, RunCase, place_of
from checks.rule import RUN, Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.codes import SECTION_CODES


@rule("P001")
def files_can_be_read(case: Case) -> Iterator[Ruling]:
    """Every file of the package opens: not damaged, not encrypted, of a known format."""
    for file in case.package.files:
        subject = file.source.path
        if file.lost:
            yield undecided("P001", subject, file.source.problem)
        elif file.source.problem:
            yield failed("P001", subject, detail=file.source.problem.rstrip("。"))
        else:
            yield passed("P001", subject)


@rule("P101")
def stamped_copy_is_there(case: Case) -> Iterator[Ruling]:
    """There is a scan of the stamped copy; an export that was never printed and stamped is none."""
    if case.stamped:
        yield passed("P101", "stamped")
    elif case.may_hide_pages:
        yield undecided("P101", "stamped", "没有找到盖章扫描件，但有文件未能打开，扫描件可能在其中")
    else:
        yield failed("P101", "stamped")


@rule("P102")
def editable_copy_is_there(case: Case) -> Iterator[Ruling]:
    """There is an editable copy that holds the form."""
    if case.package.editable:
        yield passed("P102", "editable")
    elif case.may_hide_document:
        yield undecided("P102", "editable", "没有找到可编辑版，但有文件未能打开，可编辑版可能在其中")
    else:
        yield failed("P102", "editable")


@rule(*SECTION_CODES.values())
def sections_are_there(case: Case) -> Iterator[Ruling]:
    """The stamped copy holds the parts that the notice asks for: cover, form, indicators, task book, commitment."""
    for section, code in SECTION_CODES.items():
        if section not in case.profile.required_sections:
            yield not_applicable(code, section, "通知不要求这一部分")
        elif section in case.sections:
            yield passed(code, section, places=tuple(place_of(page) for page in case.pages_of(section)[:1]))
        elif case.may_hide_pages:
            yield undecided(code, section, "没有找到，但有页面或文件未能识别，可能在其中")
        else:
            yield failed(code, section)


@rule("P131")
def filing_is_there(case: Case) -> Iterator[Ruling]:
    """The package has an online filing."""
    if case.online is not None:
        yield passed("P131", "online", found=case.online.number)
    elif case.holder:
        yield not_applicable("P131", "online", f"这项网上填报已与“{case.holder}”对应，重复收到另行提出")
    elif case.paper is None or not case.paper.fields:
        yield undecided("P131", "online", f"{case.medium.whole}中未能识别出单位和产品，无法对应网上填报")
    else:
        yield failed("P131", "online", found=case.paper.text("applicant"))


@rule("P132", scope=RUN)
def filings_have_packages(case: RunCase) -> Iterator[Ruling]:
    """Every online filing has its package; a draft that was never submitted needs none."""
    nameless = any(not package.applicant and package.online_no is None for package in case.packages)
    for filing in case.unmatched:
        subject = filing.number or filing.text("applicant")
        if filing.status in case.profile.online.draft:
            yield not_applicable("P132", subject, "网上为草稿，未提交")
        elif nameless:
            yield undecided("P132", subject, "没有对应的材料包，但有的包未能识别出单位，可能就是这一项")
        else:
            detail = f"{filing.text('applicant')}《{filing.text('product')}》"
            yield failed("P132", subject, detail=detail, expected=filing.number)


@rule("P141", scope=RUN)
def received_once(case: RunCase) -> Iterator[Ruling]:
    """No application comes in two packages: the same scan, or the same unit and product."""
    holders: dict[Hashable, set[str]] = {}
    for package in case.packages:
        for mark in _marks(package):
            holders.setdefault(mark, set()).add(package.identity)
    for package in case.packages:
        twins = {other for mark in _marks(package) for other in holders[mark]} - {package.identity}
        if twins:
            found = "、".join(sorted(twins))
            yield failed("P141", package.identity, detail=found, packages=(package.identity,))
        else:
            yield passed("P141", package.identity, packages=(package.identity,), own=False)


def _marks(package: PackageSummary) -> tuple[Hashable, ...]:
    """What two packages of one application share, one at least: a scan, or unit and product."""
    named = ((package.uscc, package.product),) if package.uscc and package.product else ()
    return (*package.stamped, *named)
