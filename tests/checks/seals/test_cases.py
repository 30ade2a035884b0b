"""Every seal rule on cases a clerk can read: what was found on paper, and what the rule must say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from checks.case import Case, DeliveryCase, PackageSummary
from checks.documents import sealed_documents, seals_on_documents
from checks.engine import judge
from checks.rule import all_rules
from pipeline.model.application import Application, Field
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Char, Place, Reading, Source
from pipeline.model.finding import Verdict
from pipeline.model.geometry import BBox
from pipeline.model.package import Delivery, EvidenceItem, Package
from pipeline.model.seal import (
    Alike,
    DigitalSignature,
    Ink,
    Likeness,
    PageRef,
    Purpose,
    Seal,
    SealMark,
    Seam,
    SeamState,
    Shape,
    Signature,
)  # fmt: skip
from pipeline.model.text import Line
from pipeline.notices.profile import load_profile
from tests.bare_pages import bare_page

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
UNIT, BUREAU = "成都甲乙科技有限公司", "成都市经济和信息化局"
SECTIONS = ("cover", "commitment", "evidence")
SCAN = "盖章件.pdf"
COVER_SEAL = Place(file=SCAN, page=1, bbox=BBox(0.4, 0.55, 0.6, 0.65))


def chars(text: str, said: Mapping[str, Any]) -> tuple[Char, ...]:
    candidates = said.get("candidates", {})
    return tuple(
        Char(text=char, confidence=_confidence(at, said), candidates=candidates.get(at, ""))
        for at, char in enumerate(text)
    )


def _confidence(at: int, said: Mapping[str, Any]) -> float:
    if at in said.get("faint", ()):
        return 0.3
    if at in said.get("likely", ()):
        return 0.8
    return 0.5 if at in said.get("unsure", ()) else 0.999


def seal(said: Mapping[str, Any], page: int, place: str | None) -> Seal:
    text = said.get("text", UNIT)
    spelt = chars(text, said)
    y = said.get("y", 0.60)
    mark = SealMark(
        bbox=COVER_SEAL.bbox if y == 0.60 else BBox(0.4, y - 0.05, 0.6, y + 0.05),
        shape=Shape.ROUND,
        diameter_mm=40.0,
        colour=Ink(said.get("colour", "red")),
        confidence=1.0,
        text=text,
        text_confidence=0.3 if said.get("lost") else min((char.confidence for char in spelt), default=0.0),
        lost=said.get("lost", False),
        chars=spelt,
        inner=said.get("inner"),
        inner_unsure=said.get("line", False),
        purpose=Purpose(said.get("purpose", "official")),
        fingerprint=said.get("same", f"{page}{place}"),
    )
    return Seal(
        mark=mark, file=SCAN, page=page, place=place, resembles=said.get("resembles", ""),
        like=(alike(said["like"]),) if "like" in said else (),
    )  # fmt: skip


def alike(letters: str) -> Likeness:
    """To the commitment's seal: which letters of that agree as pictures (1) and which don't (0)."""
    place = COVER_SEAL.model_copy(update={"page": 1 + SECTIONS.index("commitment")})
    return Likeness(place=place, letters=tuple(0.9 if each == "1" else 0.2 for each in letters))


def page(number: int, section: str, case: Mapping[str, Any]) -> Page:
    label = Line(text="公司（企业盖章）", confidence=1.0, bbox=BBox(0.5, 0.6, 0.8, 0.62))
    unreadable = "看不清" if case.get("unreadable") else ""
    reading = bare_page(
        number, lines=(label,), colourless=case.get("grey", False), grey=case.get("stored_grey", False),
        unreadable=unreadable,
    )  # fmt: skip
    return Page(file=SCAN, sha256="", reading=reading, section=Section(section))


def named(value: str, key: str) -> Field:
    return Field(key=key, reading=Reading(value=value, raw=value, source=Source.PAPER))


def seam(said: Mapping[str, Any]) -> Seam:
    state = SeamState(said["state"])
    text = said.get("text", UNIT)
    spelt = chars(text, said)
    count = 0 if state is SeamState.ABSENT else said.get("slices", 3)
    slices = tuple(Place(file=SCAN, page=number, bbox=BBox(0.9, 0.4, 1.0, 0.6)) for number in range(1, count + 1))
    return Seam(
        state=state, pages=tuple(PageRef(file=SCAN, page=number) for number in (1, 2, 3)), slices=slices, text=text,
        missing=tuple(PageRef(file=SCAN, page=number) for number in said.get("missing", ())), chars=spelt,
        text_confidence=min((char.confidence for char in spelt), default=0.0), reason="看不清" if not slices else "",
        discontinuous=tuple(PageRef(file=SCAN, page=number) for number in said.get("astray", ())),
        unplaced=tuple(PageRef(file=SCAN, page=number) for number in said.get("unplaced", ())),
        alike=tuple(Alike(place=COVER_SEAL, mean=each[0], pieces=tuple(each)) for each in said.get("alike", ())),
    )  # fmt: skip


def _copied_table(case: Mapping[str, Any]) -> tuple[Page, ...]:
    """A photocopy of the recommendation table that somebody put into the package."""
    return (page(4, "recommendation", {"grey": True}),) if case.get("copied_table") else ()


def package_case(case: Mapping[str, Any]) -> Case:
    sections = case.get("sections", SECTIONS)
    applicant = case.get("applicant", UNIT)
    seals = [seal(said, 1 + SECTIONS.index(place.split(".")[0]), place)
             for place, said in case.get("seals", {}).items()]  # fmt: skip
    if case.get("evidence"):
        seals.append(seal(case["evidence"], 3, "evidence"))
    package = Package(
        identity="成都市/甲", delivery="成都市", recommender=BUREAU,
        pages=(*(page(1 + SECTIONS.index(name), name, case) for name in sections), *_copied_table(case)),
        paper=Application(source=Source.PAPER, fields=(named(applicant, "applicant"), named(BUREAU, "recommender"))),
        seals=(*seals, *(seal({"colour": "black"}, each.page, "recommendation") for each in _copied_table(case))),
        seams=(seam(case["seam"]),) if "seam" in case else (),
        signatures=(Signature(role="legal_representative", present=case["signed"]),) if "signed" in case else (),
        evidence=(EvidenceItem(item=1, title="审计报告", file=SCAN, pages=(3,)),) if "evidence" in case else (),
        digital=(DigitalSignature(file="a.pdf", **case["digital"]),) if "digital" in case else (),
    )  # fmt: skip
    return Case(package, load_profile())


def delivery_case(case: Mapping[str, Any]) -> DeliveryCase:
    seals = (seal(case["table"], 1, "recommendation"),) if case["table"] else ()
    delivery = Delivery(name="成都市", recommender=BUREAU, pages=(page(1, "recommendation", case),), seals=seals)
    packages = tuple(
        PackageSummary(identity=f"成都市/{number}", delivery="成都市", coloured=coloured)
        for number, coloured in enumerate(case.get("packages_in_colour", ()))
    )
    return DeliveryCase(delivery, load_profile(), packages)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}-{case['what']}" for case in CASES])
def test_case(case: Mapping[str, Any]) -> None:
    made = delivery_case(case) if "table" in case else package_case(case)
    rules = [rule for rule in all_rules() if case["rule"] in rule.codes]
    verdicts = judge(made, rules).verdicts
    outcomes = {
        verdict.outcome.value
        for verdict in verdicts
        if (verdict.code, verdict.subject) == (case["rule"], case["subject"])
    }
    assert outcomes == (set() if case["outcome"] == "none" else {case["outcome"]})
    assert not any("{" in verdict.message for verdict in verdicts)


def test_each_seal_code_has_a_passing_and_a_failing_case() -> None:
    told = {(case["rule"], case["outcome"]) for case in CASES}
    codes = {code for rule in all_rules() for code in rule.codes if code.startswith("S")}
    assert {code for code in codes if (code, "failed") not in told} == set()
    assert {code for code in codes if not {(code, "passed"), (code, "not_applicable")} & told} == set()


@pytest.mark.parametrize(
    ("sealed", "outcome"), [((3, 4), "passed"), ((3,), "not_applicable"), ((), "failed")], ids=["all", "some", "none"]
)
def test_evidence_that_was_not_told_apart_is_judged_together(sealed: tuple[int, ...], outcome: str) -> None:
    made = package_case({"sections": ("cover", "commitment")}).package
    pages = (*made.pages, *(page(number, "evidence", {}) for number in (3, 4)))
    seals = tuple(seal({}, number, "evidence") for number in sealed)
    case = Case(made.model_copy(update={"pages": pages, "seals": seals}), load_profile())
    (verdict,) = judge(case, [rule for rule in all_rules() if "S131" in rule.codes]).verdicts
    assert (verdict.subject, verdict.outcome.value) == ("evidence", outcome)
    assert [place.page for place in verdict.places] == {"passed": [3, 4], "not_applicable": [4], "failed": [3]}[outcome]


def test_without_evidence_pages_their_seal_does_not_arise() -> None:
    case = package_case({"sections": ("cover", "commitment")})
    (verdict,) = judge(case, [rule for rule in all_rules() if "S131" in rule.codes]).verdicts
    assert verdict.outcome.value == "not_applicable"


def documents_case(*items: EvidenceItem, seals: tuple[Seal, ...] = ()) -> Case:
    made = package_case({"sections": ("cover", "commitment")}).package
    pages = (*made.pages, *(page(number, "evidence", {}) for number in (3, 4, 5)))
    return Case(made.model_copy(update={"pages": pages, "seals": seals, "evidence": items}), load_profile())


def ruled(case: Case) -> dict[str, str]:
    return {verdict.subject: verdict.outcome.value for verdict in s131(case)}


def s131(case: Case) -> tuple[Verdict, ...]:
    return judge(case, [rule for rule in all_rules() if "S131" in rule.codes]).verdicts


def test_a_seal_on_any_page_of_a_document_will_do() -> None:
    report = EvidenceItem(item=1, kind="审计报告", title="审计报告", file=SCAN, pages=(3, 4))
    patent = EvidenceItem(item=3, kind="专利证书", title="发明专利证书", file=SCAN, pages=(5,))
    case = documents_case(report, patent, seals=(seal({}, 4, "evidence"),))
    assert ruled(case) == {"1 审计报告": "passed", "3 专利证书": "failed"}
    assert [item.sealed for item in sealed_documents(case, s131(case))] == [True, False]


def test_pages_in_further_files_are_the_documents_too() -> None:
    item = EvidenceItem(item=1, kind="审计报告", title="审计报告", file="图1.jpg", pages=(1,),
                        also=(PageRef(file=SCAN, page=3),))  # fmt: skip
    assert ruled(documents_case(item, seals=(seal({}, 3, "evidence"),))) == {"1 审计报告": "passed"}


def test_a_document_without_heading_may_be_part_of_another() -> None:
    item = EvidenceItem(item=None, kind="其他", file=SCAN, pages=(3,))
    case = documents_case(item)
    assert ruled(case) == {"其他": "undecided"}
    assert [item.sealed for item in sealed_documents(case, s131(case))] == [None]


def test_an_issuers_seal_answers_no_place() -> None:
    item = EvidenceItem(item=5, kind="测试报告", title="测试报告", file=SCAN, pages=(3,))
    own, issuer, unread = (
        seal({}, 3, None),
        seal({"text": "四川正则会计师事务所"}, 3, "evidence"),
        seal({"text": ""}, 3, None),
    )
    elsewhere = seal({}, 1, "cover.applicant")
    told = seals_on_documents(documents_case(item), (own, issuer, unread, elsewhere))
    assert [each.place for each in told] == ["evidence", None, "evidence", "cover.applicant"]


def printed_on_table(text: str, covered: tuple[int, ...]) -> Reading:
    """The unit named on the recommendation table, as looked at again, some letters under the seal."""
    spelt = tuple(Char(text=char, confidence=0.99, covered=at in covered) for at, char in enumerate(text))
    certain = tuple(at not in covered for at in range(len(text)))
    return Reading(value=text, raw=text, source=Source.PAPER, chars=spelt, certain=certain, looks=2)


@pytest.mark.parametrize(
    ("printed", "covered", "stamped", "outcome"),
    [
        ("成都市经济和信息化周", (9,), {"text": BUREAU, "colour": "black"}, "passed"),
        ("成都市经济和信息化", (8,), {"text": BUREAU, "colour": "black"}, "passed"),
        ("成都市经济和信息化周", (9,), {"text": "绵阳市科学技术局", "colour": "black"}, "undecided"),
        ("成都市经济和信息化周", (9,), {"text": "", "colour": "black"}, "undecided"),
        ("绵阳市经济和信息化周", (9,), {"text": BUREAU, "colour": "black"}, "undecided"),
    ],
    ids=["under-the-seal", "last-letter-lost", "anothers-seal", "unread-seal", "sure-letters-differ"],
)
def test_what_the_tables_seal_hides_of_its_unit_it_says_itself(
    printed: str, covered: tuple[int, ...], stamped: Mapping[str, Any], outcome: str
) -> None:
    table = Delivery(
        name="成都市", recommender=printed, recommender_reading=printed_on_table(printed, covered),
        pages=(page(1, "recommendation", {"grey": True}),), seals=(seal(stamped, 1, "recommendation"),),
    )  # fmt: skip
    case = Case(package_case({}).package, load_profile(), delivery=table)
    verdicts = judge(case, [rule for rule in all_rules() if "R111" in rule.codes]).verdicts
    assert [each.outcome.value for each in verdicts if each.subject == "recommender@recommendation"] == [outcome]
