"""Seals and signatures in their places: there, whose, of which kind; the commitment, the evidence, the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.case import Case, DeliveryCase, place_of
from checks.certainty import whole
from checks.documents import PLACE, may_be_own, named_documents, unread_seal
from checks.owners import SAME, Match, match
from checks.rule import DELIVERY, Ruling, failed, not_applicable, passed, rule, undecided
from checks.stamps import (
    DOUBT,
    GREY,
    HIDDEN,
    NO_NAME,
    NO_PAGE,
    NOT_ASKED,
    UNREAD_PAGE,
    match_owner,
    place_of_seal,
    places_of,
    units_named,
)  # fmt: skip
from pipeline.model.codes import ANY_SEAL_CODES, SEAL_CODES, SIGNATURE_CODE
from pipeline.model.document import Page, Section
from pipeline.model.evidence import Place, Reading
from pipeline.model.finding import Outcome
from pipeline.model.geometry import BBox
from pipeline.model.package import EvidenceItem
from pipeline.model.seal import Purpose, Seal
from pipeline.notices.profile import RequiredSeal
from pipeline.reports.wording import PURPOSES
from pipeline.values import fold

PLACES = ("cover.applicant", "cover.recommender", "commitment")
MISSING = {place: SEAL_CODES[place][0] for place in PLACES}
STRANGER = {place: SEAL_CODES[place][1] for place in PLACES}
RECOMMENDATION = "recommendation"
ASKED = {place: (*SEAL_CODES[place], "S151") for place in PLACES} | {RECOMMENDATION: SEAL_CODES[RECOMMENDATION]}
"""What is asked of the seal in a place: that it is there first, then whose, and of which kind."""
FAR_MM = 75.0
"""A seal this far from its label's line is not where it belongs: two seals' diameters, a third of the page's width."""
PAGE_MM = 297.0
UNSURE_LINE = "章内似有一行字未能读清，不能确定是公章还是专用章、部门章，请对照原件"
UNTOLD = "没有申报单位的章，但未能判明是否单独一份证明材料，请核对"


@rule(*MISSING.values(), *STRANGER.values(), *ANY_SEAL_CODES)
def required_seals(case: Case) -> Iterator[Ruling]:
    """Each place that needs a seal bears the official seal of the unit named, and bears it where it belongs.

    Missing: S101 and S102 on the cover, S111 on the commitment. Of someone else: S103, S104, S112.
    """
    for place, code in MISSING.items():
        required = case.profile.required_seal(place)
        if required is None:
            yield not_applicable(code, place, NOT_ASKED)
        else:
            yield from _place(case, required)


def _place(case: Case, required: RequiredSeal) -> Iterator[Ruling]:
    missing, place = MISSING[required.place], required.place
    pages = case.pages_of(Section(required.section))
    if not pages:
        yield from _unseen(place, HIDDEN) if case.may_hide_pages else (not_applicable(missing, place, NO_PAGE),)
        return
    seals = [seal for seal in case.package.seals if seal.place == place and seal.mark.purpose is not Purpose.PERSONAL]
    if not seals:
        yield from _without(place, pages)
        return
    yield passed(missing, place, places=places_of(seals))
    yield from _judged(case, required, seals[0], pages)


def _without(place: str, pages: Sequence[Page], *, in_colour: bool = False) -> Iterator[Ruling]:
    """No seal: missing, unless the page could not show one; `in_colour`: known to, though it shows no coloured ink."""
    where = tuple(place_of(page) for page in pages)
    if any(page.reading.unreadable for page in pages):
        yield from _unseen(place, UNREAD_PAGE, where)
    elif not in_colour and all(page.reading.colourless for page in pages):
        yield from _unseen(place, GREY, where)
    else:
        yield failed(ASKED[place][0], place, places=where[:1])


def _unseen(place: str, why: str, where: tuple[Place, ...] = ()) -> Iterator[Ruling]:
    """Whether a seal is there, whose, and of which kind, all stay open where it could not be seen."""
    for code in ASKED[place]:
        yield undecided(code, place, why, places=where)


def _judged(case: Case, required: RequiredSeal, seal: Seal, pages: Sequence[Page]) -> Iterator[Ruling]:
    """Whose the seal is, of which kind, and where it stands."""
    code, place, where = STRANGER[required.place], required.place, (place_of_seal(seal),)
    units = units_named(case, required.owner)
    result = _vouched(case, seal, match_owner(case, seal, units, required.owner), units, required.owner)
    if _special(seal, result):
        found = f"{seal.mark.text}{seal.mark.inner or ''}"
        owner = units[0] if units and result in SAME else seal.mark.text
        detail = PURPOSES[seal.mark.purpose.value] + (f"（印文“{owner}”）" if owner else "")
        yield failed("S151", place, expected=units[0] if units else None, found=found, detail=detail, places=where)
        return
    yield _purpose(seal, place)
    yield from _owner(code, place, seal, result, units, case.read(required.owner))
    yield _position(place, seal, required, pages)


def _vouched(case: Case, seal: Seal, result: Match, units: Sequence[str], owner: str) -> Match:
    """A name but for one lost character the unit's own is the unit's, where another impression says the same."""
    if result is not Match.NEAR:
        return result
    others = [*case.package.seals, *(case.delivery.seals if case.delivery else ())]
    alike = (*SAME, Match.NEAR)
    if any(other is not seal and match_owner(case, other, units, owner) in alike for other in others):
        return Match.EQUAL
    seams = case.package.seams if owner == "applicant" else ()
    read = any(match(seam, units) in alike for seam in seams)
    return Match.EQUAL if read else Match.NEAR


def _special(seal: Seal, result: Match) -> bool:
    """Whether a seal is of a kind that does not stand for the unit; a unit may itself be called 分公司 or 中心."""
    if seal.mark.purpose is Purpose.BRANCH and result in SAME and not seal.mark.inner:
        return False
    return seal.mark.purpose not in (Purpose.OFFICIAL, Purpose.PERSONAL)


def _purpose(seal: Seal, place: str) -> Ruling:
    """Official as far as was read; a line inside the seal that was not surely read may say otherwise."""
    where = (place_of_seal(seal),)
    if seal.mark.inner_unsure:
        return undecided("S151", place, UNSURE_LINE, found=seal.mark.inner, places=where, doubt=True)
    return passed("S151", place, places=where)


def _owner(
    code: str, place: str, seal: Seal, result: Match, units: Sequence[str], named: Reading | None
) -> Iterator[Ruling]:
    where, found = (place_of_seal(seal),), seal.mark.text or None
    expected = units[0] if units else None
    if result is Match.UNREADABLE:
        yield failed("S171", place, places=where)
        return
    yield passed("S171", place, places=where)
    if not units:
        yield undecided(code, place, NO_NAME, found=found, places=where)
    elif result in SAME:
        yield passed(code, place, expected=expected, found=found, places=where)
    elif result in (Match.NEAR, Match.DOUBTFUL):
        message = DOUBT.format(found=found, expected=expected)
        yield undecided(code, place, message, expected=expected, found=found, places=where, doubt=True)
    else:
        grounds = (whole(named),) if named is not None and named.raw else ()
        yield failed(code, place, expected=expected, found=found, places=where, grounds=grounds)


def _position(place: str, seal: Seal, required: RequiredSeal, pages: Sequence[Page]) -> Ruling:
    """Whether the seal stands at its label."""
    page = next((page for page in pages if (page.file, page.page) == (seal.file, seal.page)), None)
    away = _away_mm(seal.mark.bbox, required.label, page) if page else 0.0
    where = (place_of_seal(seal),)
    return failed("S164", place, places=where) if away > FAR_MM else passed("S164", place, places=where)


def _away_mm(box: BBox, label: str, page: Page) -> float:
    """Up and down, from a seal's middle to its label's line, in mm; 0 where the label was not read."""
    wanted = fold(label)
    lines = [line.bbox for line in page.reading.lines if wanted and wanted in fold(line.text)]
    scale = PAGE_MM / max(page.reading.width, page.reading.height)
    return min((abs(box.center[1] - line.center[1]) * page.reading.height * scale for line in lines), default=0.0)


@rule(SIGNATURE_CODE)
def commitment_is_signed(case: Case) -> Iterator[Ruling]:
    """The legal representative has signed the commitment by hand.

    S113: no signature there.
    """
    for required in case.profile.required_signatures:
        signature = next((each for each in case.package.signatures if each.role == required.role), None)
        places = (signature.place,) if signature and signature.place else ()
        if not case.pages_of(Section(required.section)):
            missing = undecided if case.may_hide_pages else not_applicable
            yield missing(SIGNATURE_CODE, required.role, HIDDEN if case.may_hide_pages else NO_PAGE)
        elif signature is None or signature.present is None:
            reason = signature.reason if signature and signature.reason else "看不出是否签字，请核对纸质件"
            yield undecided(SIGNATURE_CODE, required.role, reason, places=places)
        elif signature.present:
            yield passed(SIGNATURE_CODE, required.role, places=places)
        else:
            yield failed(SIGNATURE_CODE, required.role, places=places)


@rule("S131")
def evidence_is_sealed(case: Case) -> Iterator[Ruling]:
    """Each evidence document bears the applicant's seal on one of its pages.

    Where the documents were not told apart all their pages are judged together: no seal at all is none on any of them,
    and one on every page is one on each; anything between can't be judged, and says so.
    """
    required = case.profile.required_seal(PLACE)
    if required is None:
        yield not_applicable("S131", PLACE, NOT_ASKED)
        return
    units = units_named(case, required.owner)
    if not case.package.evidence:
        yield _evidence_together(case, units)
    for subject, item in named_documents(case.package.evidence):
        yield _document(case, subject, item, units)


def _document(case: Case, subject: str, item: EvidenceItem, units: Sequence[str]) -> Ruling:
    """One document; without a heading it may be part of another, so that it can't be said to lack a seal."""
    pages = [page for page in case.package.pages if (page.file, page.page) in item.sheets]
    seals = [seal for seal in case.package.seals if (seal.file, seal.page) in item.sheets]
    ruling = _evidence(subject, seals, pages, units)
    if ruling.outcome is Outcome.FAILED and not item.title:
        return undecided("S131", subject, UNTOLD, places=ruling.places)
    return ruling


def _evidence_together(case: Case, units: Sequence[str]) -> Ruling:
    subject, pages = "evidence", case.pages_of(Section.EVIDENCE)
    if not pages:
        return not_applicable("S131", subject, "没有识别到证明材料页")
    seals: dict[tuple[str, int], list[Seal]] = {(page.file, page.page): [] for page in pages}
    for seal in case.package.seals:
        if (seal.file, seal.page) in seals and may_be_own(seal, units):
            seals[seal.file, seal.page].append(seal)
    bare = [page for page in pages if not seals[page.file, page.page]]
    if bare and len(bare) < len(pages):
        message = f"证明材料未能逐份区分，有{len(bare)}页没有申报单位的章，请核对是否每份都已盖章"
        return not_applicable("S131", subject, message, places=tuple(place_of(page) for page in bare))
    return _evidence(subject, [seal for seal in case.package.seals if (seal.file, seal.page) in seals], pages, units)


def _evidence(subject: str, seals: Sequence[Seal], pages: Sequence[Page], units: Sequence[str]) -> Ruling:
    own = [seal for seal in seals if may_be_own(seal, units)]
    if own:
        return passed("S131", subject, places=places_of(own))
    where = tuple(place_of(page) for page in pages[:1])
    unreadable = [seal for seal in seals if unread_seal(seal)]
    if unreadable:
        return undecided("S131", subject, "有印章，但印文无法辨认，不知是否申报单位的章", places=places_of(unreadable))
    if any(page.reading.unreadable for page in pages):
        return undecided("S131", subject, UNREAD_PAGE, places=where)
    if any(page.reading.colourless for page in pages):
        return undecided("S131", subject, GREY, places=where)
    found = "、".join(seal.mark.text for seal in seals) or None
    return failed("S131", subject, expected=units[0] if units else None, found=found, places=where)


@rule("S141", "S142", scope=DELIVERY)
def recommendation_is_sealed(case: DeliveryCase) -> Iterator[Ruling]:
    """The recommendation table bears the recommending unit's seal."""
    pages = [page for page in case.delivery.pages if page.section is Section.RECOMMENDATION]
    if case.profile.required_seal(RECOMMENDATION) is None:
        yield not_applicable("S141", RECOMMENDATION, NOT_ASKED)
        return
    if not pages:
        yield not_applicable("S141", RECOMMENDATION, "没有推荐表的扫描件")
        return
    shown = {(page.file, page.page) for page in pages}
    seals = [seal for seal in case.delivery.seals if (seal.file, seal.page) in shown]
    seals = [seal for seal in seals if seal.mark.purpose is not Purpose.PERSONAL]
    if not seals:
        yield from _without(RECOMMENDATION, pages, in_colour=_scanned_in_colour(case, pages))
        return
    yield passed("S141", RECOMMENDATION, places=places_of(seals))
    yield _recommender(case, seals)


def _scanned_in_colour(case: DeliveryCase, pages: Sequence[Page]) -> bool:
    """Whether a table without any coloured ink was scanned in colour: stored so, as most packages that came with it."""
    coloured = sum(package.coloured for package in case.packages)
    return 2 * coloured > len(case.packages) and not any(page.reading.grey for page in pages)


def _recommender(case: DeliveryCase, seals: Sequence[Seal]) -> Ruling:
    units = [case.delivery.recommender] if fold(case.delivery.recommender) else []
    results = {seal: match_owner(case, seal, units, "recommender") for seal in seals}
    best = min(results, key=lambda seal: list(Match).index(results[seal]))
    details = {
        "expected": units[0] if units else None,
        "found": best.mark.text or None,
        "places": (place_of_seal(best),),
    }
    if not units:
        return undecided("S142", RECOMMENDATION, NO_NAME, **details)
    if results[best] in SAME:
        return passed("S142", RECOMMENDATION, **details)
    if results[best] is Match.OTHER:
        return failed("S142", RECOMMENDATION, **details)
    return undecided("S142", RECOMMENDATION, DOUBT.format(**details), doubt=True, **details)
