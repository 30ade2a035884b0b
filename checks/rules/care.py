"""What is handled with care: secrecy marks, and personal data beyond what the form asks."""

from __future__ import annotations

from collections.abc import Iterator

from checks.case import WHOLE_PAGE, Case, DeliveryCase
from checks.rule import DELIVERY, Ruling, failed, passed, rule, undecided
from pipeline.model.care import ReleasedMark, WithheldFile
from pipeline.model.evidence import Place

PAGES = "care"
"""The subject of what is said of all pages together."""


@rule("Z101")
def no_secrecy_marks(case: Case) -> Iterator[Ruling]:
    """No file carries a secrecy mark; one that does stops the package."""
    yield from (_stopped(each, case) for each in case.withheld)
    if case.withheld:
        return
    yield from (_released(each) for each in case.package.released)
    if _is_unread(case):
        yield undecided("Z101", PAGES, "有页面或文件未能识别，其上有无密级标志请人工查看")
    else:
        yield passed("Z101", PAGES)


@rule("Z101", scope=DELIVERY)
def no_secrecy_marks_on_the_recommendation(case: DeliveryCase) -> Iterator[Ruling]:
    """No file of the delivery itself carries a secrecy mark."""
    yield from (_stopped(each, case) for each in case.withheld)
    if not case.withheld:
        yield from (_released(each) for each in case.delivery.released)
        yield passed("Z101", PAGES)


def _is_unread(case: Case) -> bool:
    """Whether a page or file could not be read; a blank picture was."""
    return bool(case.unread_pages) or any(file.source.problem for file in case.package.files)


def _released(mark: ReleasedMark) -> Ruling:
    where = f"第{mark.page}页" if mark.page else ""
    return passed("Z101", mark.file, detail=f"{where}疑似密级标志，{mark.who}确认不是（{mark.why}）")


def _stopped(file: WithheldFile, case: Case | DeliveryCase) -> Ruling:
    where = f"第{file.page}页" if file.page else ""
    detail = f"{where}疑有密级标志，已停止处理，读出的内容不予保留；请勿复制、转发，交{case.profile.care.officer}处置"
    places = (Place(file=file.file, page=file.page, bbox=WHOLE_PAGE),) if file.page else ()
    return failed("Z101", file.file, detail=detail, places=places)


@rule("Z102")
def no_identity_numbers(case: Case) -> Iterator[Ruling]:
    """No page shows identity card numbers: the form asks for none."""
    pages = [page for page in case.package.pages if page.reading.personal]
    for page in pages:
        places = tuple(Place(file=page.file, page=page.page, bbox=box) for box in page.reading.personal)
        yield failed("Z102", f"{page.file}#{page.page}", detail=f"文件“{page.file}”第{page.page}页", places=places)
    if pages:
        return
    if _is_unread(case):
        yield undecided("Z102", PAGES, "有页面或文件未能识别，其上有无身份证号码请人工查看")
    else:
        yield passed("Z102", PAGES)
