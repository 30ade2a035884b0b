"""Evidence: whose the documents are."""

from __future__ import annotations

from collections.abc import Iterator

from checks.case import Case
from checks.documents import named_documents, where_titled
from checks.ownership import Ownership, Whose, ownership
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.package import EvidenceItem

CODE = "E104"
UNREAD = "没有读出该材料属于哪个单位"
ALL_UNREAD = "证明材料都没有读出属于哪个单位，请核对"
NAMED = "单位为“{owner}”，申报材料中另有提到，请核实与申报单位的关系（曾用名、母公司、授权等）"
OPEN = "上有“{owner}”，没有找到申报单位的名称，请核对是否与申报单位有关"
DETAILS = {Whose.OWN: "", Whose.PARTNER: "属于参与单位"}


@rule(CODE)
def evidence_is_the_applicants(case: Case) -> Iterator[Ruling]:
    """Each document of evidence belongs to the applicant or a partner."""
    told = [
        (name, document, ownership(case, document))
        for name, document in named_documents(case.package.evidence)
        if document.item is not None
    ]
    if told and all(each.whose is Whose.UNREAD for _, _, each in told):
        yield undecided(CODE, "evidence", ALL_UNREAD)
        return
    for name, document, each in told:
        yield _ruling(case, name, document, each)


def _ruling(case: Case, name: str, document: EvidenceItem, told: Ownership) -> Ruling:
    owner = document.reading("owner")
    if owner is None or told.whose is Whose.UNREAD:
        return not_applicable(CODE, name, UNREAD, places=where_titled(document))
    if told.whose in DETAILS:
        return passed(CODE, name, detail=DETAILS[told.whose], found=owner.text, places=owner.places)
    if told.whose in (Whose.NAMED, Whose.OPEN):
        words = NAMED if told.whose is Whose.NAMED else OPEN
        return undecided(CODE, name, f"证明材料“{name}”{words.format(owner=owner.text)}", found=owner.text,
                         places=owner.places, grounds=told.grounds)  # fmt: skip
    applicant = case.read("applicant")
    places = owner.places + (applicant.places if applicant else ())
    return failed(CODE, name, found=owner.text, expected=applicant.text if applicant else None, places=places,
                  grounds=told.grounds)  # fmt: skip
