"""Evidence: whether each item of the notice's list is borne out by a document."""

from __future__ import annotations

from collections.abc import Iterator

from checks.case import Case, place_of
from checks.documents import bears_out, where_titled
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.codes import EVIDENCE_CODES
from pipeline.model.document import Section
from pipeline.model.evidence import Place
from pipeline.model.package import EvidenceItem

UNREAD = "没有找到，但有页面或文件未能识别，可能在其中"
UNTOLD = "没有找到，但有证明材料未能判明种类，可能就是这一项，请核对"
UNREAD_STATEMENT = "没有单独的证明材料，报表中的数额未能读出，不知是否载明，请核对"
NOT_ASKED = "通知不要求这一项证明材料"
DECLARED = "申报单位书面说明“无”，请经办人认定"


@rule(*EVIDENCE_CODES.values())
def evidence_is_there(case: Case) -> Iterator[Ruling]:
    """Each item of the notice's list of evidence is borne out by a document, or declared to be none.

    P121, P122, P123, P124, P125: the items in the list's order.
    """
    for item, code in EVIDENCE_CODES.items():
        if item in case.profile.evidence_items:
            yield _item(case, code, item)
        else:
            yield not_applicable(code, f"evidence.{item}", NOT_ASKED)


def _item(case: Case, code: str, item: int) -> Ruling:
    subject = f"evidence.{item}"
    bearing = [each for each in case.package.evidence if bears_out(each, item, case.profile)]
    if bearing:
        return passed(code, subject, places=where_titled(bearing[0]))
    declared = next((reading for number, reading in case.package.declared if number == item), None)
    if declared is not None:
        return undecided(code, subject, DECLARED, places=declared.places)
    if case.may_hide_pages:
        return undecided(code, subject, UNREAD)
    untold = _untold(case)
    if untold:
        return undecided(code, subject, UNTOLD, places=untold)
    asked = case.profile.evidence_items[item].amount
    statements = [each for each in case.package.evidence if asked and _may_show(case, each, item)]
    if statements:
        return undecided(code, subject, UNREAD_STATEMENT, places=where_titled(statements[0]))
    return failed(code, subject)


def _may_show(case: Case, document: EvidenceItem, item: int) -> bool:
    """Whether a statement may hold the item's amount: of a kind that can, and none of its amounts could be read."""
    able = any(kind.kind == document.kind and item in kind.items for kind in case.profile.evidence_kinds)
    return able and not document.amounts


def _untold(case: Case) -> tuple[Place, ...]:
    """Documents whose kind is not told, and pages that belong to nothing known."""
    unknown = [each for each in case.package.evidence if each.item is None and not each.title]
    known = {sheet for each in case.package.evidence for sheet in each.sheets}
    pages = (page for page in case.pages_of(Section.OTHER) if (page.file, page.page) not in known)
    astray = (place_of(page) for page in pages)
    return (*(place for each in unknown for place in where_titled(each)), *astray)
